import { escapeXMLText } from '@xmpp/xml';

/**
 * Takes out what XML 1.0 §2.2 forbids (control characters, lone surrogates, U+FFFE and U+FFFF): sent as it is, it would end
 * the stream. Line ends become U+000A as any XML parser makes them.
 */
export const xmlText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // eslint-disable-next-line no-control-regex -- these are the characters to take out
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '');

/** How many bytes a text takes as it is written into a stanza. */
export const writtenBytes = (text: string): number => Buffer.byteLength(escapeXMLText(text));
