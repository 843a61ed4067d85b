/** What a room tells those who are not in it, XEP-0045 §6.4. */
import type { RoomAbout } from '../../../src-shared/model/room-list';
import type { DiscoInfo } from './0030-disco';

const ROOM_INFO = 'http://jabber.org/protocol/muc#roominfo';
const MAX_NAME = 200;
const MAX_DESCRIPTION = 1_000;
const countIn = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null;

export const aboutOf = ({ identities, features, forms }: DiscoInfo): RoomAbout => {
  const form = forms.find((one) => one.get('FORM_TYPE')?.[0] === ROOM_INFO);
  const field = (name: string): string | undefined => form?.get(`muc#roominfo_${name}`)?.[0];
  const name = identities.find(({ category }) => category === 'conference')?.name.trim();
  return {
    name: name?.slice(0, MAX_NAME) || null,
    description: field('description')?.trim().slice(0, MAX_DESCRIPTION) || null,
    occupants: countIn(field('occupants')),
    membersOnly: features.includes('muc_membersonly'),
    password: features.includes('muc_passwordprotected'),
  };
};
