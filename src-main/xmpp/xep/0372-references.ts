/** References, XEP-0372: who is mentioned in a text. */
import { parseJid } from '../../../src-shared/model/jid';
import { attr, children, xml, type Element } from '../element';

export const REFERENCES = 'urn:xmpp:reference:0';

/** Somebody who is mentioned: where in the body, in code points, and the address. */
export interface Mention {
  readonly begin: number;
  readonly end: number;
  readonly jid: string;
}

const scheme = 'xmpp:';

/** RFC 5122 §2.2: what is no part of a path there is written in octets. */
const uriOf = (jid: string): string => scheme + jid.split('/').map(encodePart).join('/');
const encodePart = (part: string): string => encodeURIComponent(part).replaceAll('%40', '@');

export const mentionElements = (mentions: readonly Mention[]): readonly Element[] =>
  mentions.map(({ begin, end, jid }) =>
    xml('reference', {
      xmlns: REFERENCES,
      type: 'mention',
      begin: String(begin),
      end: String(end),
      uri: uriOf(jid),
    }),
  );

/** More in one message are nobody's. */
const MAX_MENTIONS = 50;
const MAX_URI = 8_192;

const addressIn = (uri: string): string | null => {
  if (!uri.toLowerCase().startsWith(scheme) || uri.length > MAX_URI) return null;
  const path = uri.slice(scheme.length).split(/[?#]/u, 1)[0] ?? '';
  try {
    const jid = parseJid(decodeURIComponent(path));
    return jid && (jid.resource === null ? jid.bare : `${jid.bare}/${jid.resource}`);
  } catch {
    // Octets that are no text.
    return null;
  }
};

/** The addresses that a message says it mentions. */
export const parseMentions = (message: Element): readonly string[] =>
  children(message, 'reference', REFERENCES)
    .filter((one) => attr(one, 'type') === 'mention')
    .slice(0, MAX_MENTIONS)
    .flatMap((one) => addressIn(attr(one, 'uri') ?? '') ?? []);
