import type { Link, StanzaError } from '../../xmpp/link';
import { infoGet, parseInfo, type DiscoInfo } from '../../xmpp/xep/0030-disco';
import { changeSubjectIn, descriptionIn } from '../../xmpp/xep/0045-config';
import { MUC } from '../../xmpp/xep/0045-muc';
import { MAM } from '../../xmpp/xep/0313-archive';
import { VCARD } from '../../xmpp/xep/0054-vcard';
import { hatsForm, type HatsForm } from '../../xmpp/xep/0317-hats';
import { SID } from '../../xmpp/xep/0359-stanza-ids';
import { roomPhotoHash } from '../../xmpp/xep/0486-room-avatars';
import { OCCUPANT_ID } from '../../xmpp/xep/0421-occupant-ids';
import { MODERATE, OLD_MODERATE, type ModerationForm } from '../../xmpp/xep/0425-moderation';

/** What a room says of itself (XEP-0045 §6.4). */
export interface RoomInfo {
  readonly name: string | null;
  /** It keeps what was said (XEP-0313). */
  readonly archive: boolean;
  /** It puts its ids on messages and takes forged ones away (XEP-0359): what is archived by `mam:2` has them. */
  readonly stanzaIds: boolean;
  readonly occupantIds: boolean;
  /** It gives hats (XEP-0317), in this form; null: what a presence has of them is not the room's. */
  readonly hats: HatsForm | null;
  /** Everybody sees real addresses. */
  readonly open: boolean;
  readonly membersOnly: boolean;
  readonly description: string | null;
  /** Whether others than its moderators may say what it is about (§8.1); null where it does not say. */
  readonly changeSubject: boolean | null;
  /** XEP-0425, in the form that it takes; null: it takes none. */
  readonly moderation: ModerationForm | null;
  /** It has a card, and so can have a picture (XEP-0486). */
  readonly card: boolean;
  /** Which picture; null where it does not say. */
  readonly photo: { readonly hash: string } | 'none' | null;
}

/** Nothing is known, so nothing is trusted. */
export const unknownInfo: RoomInfo = {
  name: null,
  archive: false,
  stanzaIds: false,
  occupantIds: false,
  hats: null,
  open: false,
  membersOnly: false,
  description: null,
  changeSubject: null,
  moderation: null,
  card: false,
  photo: null,
};

export const roomInfoOf = ({ identities, features, forms }: DiscoInfo): RoomInfo => {
  const has = (feature: string): boolean => features.includes(feature);
  return {
    name: identities.find(({ category }) => category === 'conference')?.name || null,
    archive: has(MAM),
    stanzaIds: has(SID) || has(MAM),
    occupantIds: has(OCCUPANT_ID),
    hats: hatsForm(features),
    open: has('muc_nonanonymous'),
    membersOnly: has('muc_membersonly'),
    description: descriptionIn(forms),
    changeSubject: changeSubjectIn(forms),
    moderation: has(MODERATE) ? 'now' : has(OLD_MODERATE) ? 'old' : null,
    card: has(VCARD),
    photo: roomPhotoHash(forms),
  };
};

const ASK_MS = 10_000;
/** What was just closed may be made anew: a room that ends takes what it is asked with it (ejabberd), and is asked once more. */
const ENDING_MS = 2_000;
const refuse = (condition: string): StanzaError => ({ condition, type: 'cancel', text: null });

/**
 * Asks a room what it is; the error of a join where there is none, or where nothing at its address has rooms.
 *
 * @param mayEnd one of that name may just be going away
 */
export const askRoom = async (link: Link, jid: string, mayEnd = false): Promise<RoomInfo | StanzaError> => {
  const ask = (timeoutMs: number) => link.iq('get', infoGet(), { to: jid, timeoutMs });
  let answer = await ask(mayEnd ? ENDING_MS : ASK_MS);
  if (mayEnd && !answer.ok && answer.error.condition === 'timeout') answer = await ask(ASK_MS);
  const info = answer.ok ? parseInfo(answer.iq) : null;
  if (info?.features.includes(MUC) || info?.identities.some(({ category }) => category === 'conference'))
    return roomInfoOf(info);
  if (!answer.ok && ['timeout', 'lost'].includes(answer.error.condition)) return answer.error;
  // A room may tell strangers nothing; then its service says what it is.
  const domain = jid.slice(jid.indexOf('@') + 1);
  const service = await link.iq('get', infoGet(), { to: domain, timeoutMs: ASK_MS });
  const hasRooms = service.ok && (parseInfo(service.iq)?.features.includes(MUC) ?? false);
  if (!hasRooms) return refuse('remote-server-not-found');
  return !answer.ok && answer.error.condition === 'item-not-found' ? refuse('item-not-found') : unknownInfo;
};
