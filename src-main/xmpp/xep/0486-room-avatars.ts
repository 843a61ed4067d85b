/** Pictures of rooms, XEP-0486: in the room's card, their hash in what it says of itself and in a presence of its own. */
import { avatarHash } from './0084-avatar';

/** §3: what the room's information says; `none` where it has no picture, null where it does not say. */
export const roomPhotoHash = (
  forms: readonly ReadonlyMap<string, readonly string[]>[],
): { readonly hash: string } | 'none' | null => {
  const info = forms.find((form) => form.get('FORM_TYPE')?.[0] === 'http://jabber.org/protocol/muc#roominfo');
  // One for each form that the picture comes in; of those all are the same picture.
  const said = info?.get('muc#roominfo_avatarhash');
  if (!said) return null;
  const [first = ''] = said;
  if (first.trim() === '') return 'none';
  const hash = avatarHash(first);
  return hash === null ? null : { hash };
};
