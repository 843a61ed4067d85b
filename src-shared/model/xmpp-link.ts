/** Links to people and rooms, RFC 5122 with the actions of XEP-0147: read strictly, for anybody can write one (T22). */
import { parseJid } from './jid';

export type XmppLink =
  | { readonly is: 'chat'; readonly jid: string }
  /** The text is for the composer, and for nothing else. */
  | { readonly is: 'message'; readonly jid: string; readonly body: string }
  | { readonly is: 'join'; readonly jid: string };

const MAX_LENGTH = 4_096;
const MAX_BODY = 2_000;
/** RFC 3986 §2: what else is in it was not written by a program that knows links. */
const WRITTEN = /^[\w.~!$&'()*+,;=:@/?%-]+$/;
/** Controls but line ends and tabs, and what turns the text that follows. */
const HIDDEN = /(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u;

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/**
 * Reads `xmpp:` links to a chat, to a room (`?join`) and with a text (`?message;body=`). Null: it is none, or wants something
 * that a link may not.
 */
export const parseXmppLink = (text: string): XmppLink | null => {
  const rest = /^xmpp:(?!\/)(.*)$/i.exec(text)?.[1];
  if (rest === undefined || text.length > MAX_LENGTH || !WRITTEN.test(rest)) return null;
  const [path = '', query, ...more] = rest.split('?');
  const address = decoded(path);
  const jid = address === null || HIDDEN.test(address) ? null : parseJid(address);
  if (!jid || jid.local === null || more.length > 0) return null;
  if (query === undefined) return { is: 'chat', jid: jid.bare };
  const [action = '', ...pairs] = query.split(';');
  const values = new Map<string, string>();
  for (const pair of pairs) {
    const [key = '', value = '', ...others] = pair.split('=');
    const said = decoded(value);
    // The same thing twice means two things to two readers.
    if (said === null || others.length > 0 || values.has(key)) return null;
    values.set(key, said);
  }
  switch (action) {
    case '':
      return pairs.length === 0 ? { is: 'chat', jid: jid.bare } : null;
    case 'join':
      return { is: 'join', jid: jid.bare };
    case 'message': {
      const body = (values.get('body') ?? '').replace(/\r\n?/g, '\n');
      if (HIDDEN.test(body) || body.length > MAX_BODY) return null;
      return body.trim() === '' ? { is: 'chat', jid: jid.bare } : { is: 'message', jid: jid.bare, body };
    }
    // Whoever is to be added, removed, registered or sent a file is so by hand.
    default:
      return null;
  }
};
