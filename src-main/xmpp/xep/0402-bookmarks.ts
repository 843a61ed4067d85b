/** Bookmarks of rooms, XEP-0402: each an item of one's own node, its id the room's address. */
import { parseJid } from '../../../src-shared/model/jid';
import { attr, childText, copyOf, xml, type Element } from '../element';
import type { PubsubItem } from './0060-pubsub';

export const BOOKMARKS = 'urn:xmpp:bookmarks:1';
/** The server keeps older forms (XEP-0048) the same as these, both ways. */
export const BOOKMARKS_COMPAT = `${BOOKMARKS}#compat`;

export interface Bookmark {
  /** Bare JID of the room. */
  readonly jid: string;
  readonly name: string | null;
  readonly autojoin: boolean;
  readonly nick: string | null;
  readonly password: string | null;
}
/** As it was read: whatever else is in it is written back as it was. */
export interface KeptBookmark extends Bookmark {
  readonly kept: Element | null;
}

const MAX_NAME = 200;
const MAX_SECRET = 4_096;
const short = (text: string | null | undefined, max: number): string | null =>
  text && text.length <= max ? text : null;

/** Reads a `<conference/>` of either form; null where its address is none of a room. */
export const parseConference = (conference: Element, address: string): KeptBookmark | null => {
  const jid = parseJid(address);
  const namespace = conference.getNS() ?? '';
  if (!jid || jid.local === null || jid.resource !== null) return null;
  const text = (name: string): string | null => childText(conference, name, namespace);
  return {
    jid: jid.bare,
    name: attr(conference, 'name')?.trim().slice(0, MAX_NAME) || null,
    autojoin: ['true', '1'].includes(attr(conference, 'autojoin') ?? ''),
    nick: short(text('nick'), 1_023),
    password: short(text('password'), MAX_SECRET),
    kept: conference,
  };
};

/** A `<conference/>` with what a bookmark says; all else is as it was in the one before. */
export const conference = (
  { name, autojoin, nick, password }: Bookmark,
  kept: Element | null,
  namespace: string,
  around?: string,
): Element => {
  const before = kept && copyOf(kept, around);
  const rest = (before?.getChildElements() ?? []).filter(
    (one) => one.attrs['xmlns'] !== undefined || !['nick', 'password'].includes(one.getName()),
  );
  return xml(
    'conference',
    {
      ...before?.attrs,
      xmlns: namespace === around ? undefined : namespace,
      name,
      autojoin: autojoin ? 'true' : 'false',
    },
    nick === null ? null : xml('nick', {}, nick),
    password === null ? null : xml('password', {}, password),
    ...rest,
  );
};

export const parseBookmark = ({ id, payload }: PubsubItem): KeptBookmark | null =>
  payload?.is('conference', BOOKMARKS) ? parseConference(payload, id) : null;

/** §3.2: the payload of the item whose id is the room's address. */
export const bookmark = (one: KeptBookmark): Element => conference(one, one.kept, BOOKMARKS);
