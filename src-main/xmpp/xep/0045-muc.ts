/** Multi-user chat, XEP-0045: going into rooms and out, who is there, what a moderator does. */
import { affiliations, roles, type Affiliation, type Role } from '../../../src-shared/model/room';
import type { PresenceKind, ShownPresence } from '../../../src-shared/model/presence';
import { parseJid } from '../../../src-shared/model/jid';
import { attr, child, childText, children, CLIENT, xml, type Element } from '../element';
import type { StanzaError } from '../link';
import { originId } from './0359-stanza-ids';
import { parseHats } from './0317-hats';
import { HINTS, storeHint } from './0334-hints';
import { parseOccupantId } from './0421-occupant-ids';
import { parseError } from './6120-stanza-error';
import { availablePresence, parsePresence } from './6121-presence';

export const MUC = 'http://jabber.org/protocol/muc';
export const MUC_USER = `${MUC}#user`;
const MUC_ADMIN = `${MUC}#admin`;
const MUC_OWNER = `${MUC}#owner`;
const FORM = 'jabber:x:data';

/** §7.2.13: what of the room's own history comes along. */
export type JoinHistory =
  | { readonly is: 'none' }
  | { readonly is: 'last'; readonly count: number }
  /** Epoch milliseconds. */
  | { readonly is: 'since'; readonly at: number };

const historyOf = (history: JoinHistory): Element => {
  switch (history.is) {
    case 'none':
      return xml('history', { maxstanzas: '0' });
    case 'last':
      return xml('history', { maxstanzas: String(history.count) });
    case 'since':
      return xml('history', { since: new Date(history.at).toISOString().replace(/\.\d+Z$/, 'Z') });
  }
};

/** How others see us, as every presence of ours says it. */
export interface Look {
  readonly shown: ShownPresence;
  readonly phoneStatus: string;
  readonly caps: Element;
}

/** §7.1: asks to be let in under a nick. */
export const joinPresence = (
  room: string,
  nick: string,
  password: string | null,
  history: JoinHistory,
  { shown, phoneStatus, caps }: Look,
): Element => {
  const presence = availablePresence(shown, 0, phoneStatus, caps, `${room}/${nick}`);
  const x = xml(
    'x',
    { xmlns: MUC },
    password === null ? null : xml('password', {}, password),
    historyOf(history),
  );
  presence.append(x);
  return presence;
};

/** §7.7, §7.6: another presence, or another nick, in a room that we are in. */
export const roomPresence = (room: string, nick: string, { shown, phoneStatus, caps }: Look): Element =>
  availablePresence(shown, 0, phoneStatus, caps, `${room}/${nick}`);

/** §7.14. */
export const leavePresence = (room: string, nick: string): Element =>
  xml('presence', { type: 'unavailable', to: `${room}/${nick}` });

/** What a presence of a room says of one occupant. */
export interface RoomPresence {
  readonly room: string;
  readonly nick: string;
  readonly type: 'available' | 'unavailable' | 'error';
  readonly kind: PresenceKind;
  readonly status: string | null;
  readonly role: Role;
  readonly affiliation: Affiliation;
  /** Bare JID where the room shows it. */
  readonly jid: string | null;
  /** XEP-0421; counts only where the room says that it gives them. */
  readonly occupantId: string | null;
  /** XEP-0317; those count that are in the form that the room gives them in. */
  readonly hats: ReturnType<typeof parseHats>;
  /** §15.6.2: 110 is ourselves, 303 goes on under another nick … */
  readonly codes: ReadonlySet<number>;
  /** §7.6: the nick that this occupant has from now on. */
  readonly nextNick: string | null;
  readonly actor: string | null;
  readonly reason: string | null;
  /** §10.9. */
  readonly destroyed: { readonly instead: string | null; readonly reason: string | null } | null;
  readonly error: StanzaError | null;
}

const codesOf = (x: Element | undefined): ReadonlySet<number> =>
  new Set((x ? children(x, 'status', MUC_USER) : []).map((status) => Number(attr(status, 'code'))));

const textIn = (element: Element | undefined, name: string): string | null =>
  (element && childText(element, name, MUC_USER)) || null;

/** Reads a presence from a room's address; null when it is from the room as a whole, or none that tells of an occupant. */
export const parseRoomPresence = (stanza: Element): RoomPresence | null => {
  const from = parseJid(attr(stanza, 'from') ?? '');
  const written = attr(stanza, 'type');
  const type = written ?? 'available';
  if (!from || (type !== 'available' && type !== 'unavailable' && type !== 'error')) return null;
  if (from.resource === null && type !== 'error') return null;
  const x = child(stanza, 'x', MUC_USER);
  const item = x && child(x, 'item', MUC_USER);
  const destroy = x && child(x, 'destroy', MUC_USER);
  const actor = item && child(item, 'actor', MUC_USER);
  const presence = parsePresence(stanza);
  return {
    room: from.bare,
    nick: from.resource ?? '',
    type,
    kind: presence.type === 'available' ? presence.kind : 'offline',
    status: 'status' in presence ? presence.status : null,
    role: roles.find((role) => role === (item && attr(item, 'role'))) ?? 'none',
    affiliation: affiliations.find((one) => one === (item && attr(item, 'affiliation'))) ?? 'none',
    jid: parseJid((item && attr(item, 'jid')) ?? '')?.bare ?? null,
    occupantId: parseOccupantId(stanza),
    hats: parseHats(stanza),
    codes: codesOf(x),
    nextNick: (item && attr(item, 'nick')) ?? null,
    actor: (actor && (attr(actor, 'nick') ?? attr(actor, 'jid'))) ?? null,
    reason: textIn(item, 'reason'),
    destroyed: destroy
      ? { instead: parseJid(attr(destroy, 'jid') ?? '')?.bare ?? null, reason: textIn(destroy, 'reason') }
      : null,
    error: type === 'error' ? parseError(stanza) : null,
  };
};

/**
 * §7.4: a message to everybody in a room, under its one identity. What went before carries no stamp: that would name the
 * account, which rooms may hide.
 */
export const roomMessage = (room: string, id: string, body: string, more: readonly Element[] = []): Element =>
  xml('message', { to: room, id, type: 'groupchat' }, xml('body', {}, body), ...more, originId(id));

/** §7.5: the same, or what is said of such a message, to one occupant alone, whose address it has; archives are to keep it. */
export const privately = (message: Element): Element => {
  message.attrs['type'] = 'chat';
  message.append(xml('x', { xmlns: MUC_USER }));
  if (!child(message, 'store', HINTS)) message.append(storeHint());
  return message;
};

/** §8.1. */
export const subjectMessage = (room: string, id: string, subject: string): Element =>
  xml('message', { to: room, id, type: 'groupchat' }, xml('subject', {}, subject));

/** §8.1: a subject and no body; null: the message is none of these. '' takes the subject away. */
export const parseRoomSubject = (message: Element): string | null =>
  child(message, 'body', CLIENT) || child(message, 'thread', CLIENT)
    ? null
    : childText(message, 'subject', CLIENT);

/** Status codes of a message from the room itself (§10.2.1: its configuration has changed). */
export const parseRoomCodes = (message: Element): ReadonlySet<number> =>
  codesOf(child(message, 'x', MUC_USER));

/** Real address of the sender that some archives keep (§7.2.14, XEP-0313 §6.1.2); null: none, or more than one. */
export const parseSenderJid = (message: Element): string | null => {
  const items = children(message, 'x', MUC_USER).flatMap((x) => children(x, 'item', MUC_USER));
  const [item] = items;
  return item && items.length === 1 ? (parseJid(attr(item, 'jid') ?? '')?.bare ?? null) : null;
};

/** §10.1.2: the room as it is when nobody wants it otherwise. */
export const instantRoom = (): Element =>
  xml('query', { xmlns: MUC_OWNER }, xml('x', { xmlns: FORM, type: 'submit' }));
/** §10.2: the form of everything that an owner can set. */
export const configGet = (): Element => xml('query', { xmlns: MUC_OWNER });
export const configSet = (form: Element): Element => xml('query', { xmlns: MUC_OWNER }, form);
export const configForm = (iq: Element): Element | undefined => {
  const query = child(iq, 'query', MUC_OWNER);
  return query && child(query, 'x', FORM);
};
/** §10.1.3: whoever was making a room gives it up; one that is open already stays as it is. */
export const configCancel = (): Element => configSet(xml('x', { xmlns: FORM, type: 'cancel' }));
/** §10.9. */
export const destroyRoom = (reason: string | null): Element =>
  xml('query', { xmlns: MUC_OWNER }, xml('destroy', {}, reason ? xml('reason', {}, reason) : null));

/** §8.2: kicks (`none`), gives or takes voice, makes a moderator. */
export const setRole = (nick: string, role: Role, reason: string | null): Element =>
  xml('query', { xmlns: MUC_ADMIN }, xml('item', { nick, role }, reason ? xml('reason', {}, reason) : null));
/** §9: bans (`outcast`), makes a member, an admin, an owner. */
export const setAffiliation = (jid: string, affiliation: Affiliation, reason: string | null): Element =>
  xml(
    'query',
    { xmlns: MUC_ADMIN },
    xml('item', { jid, affiliation }, reason ? xml('reason', {}, reason) : null),
  );
