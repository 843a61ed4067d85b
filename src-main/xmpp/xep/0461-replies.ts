/** Message replies, XEP-0461. */
import type { ReplyTo } from '../../../src-shared/model/quoted';
import { attr, child, xml, type Element } from '../element';
import { readId } from './0359-stanza-ids';
import { fallbackRange, withoutFallback } from './0428-fallback';

export const REPLY = 'urn:xmpp:reply:0';

/** A quote tells what is meant, and is no second copy of a long message. */
const MAX_WORDS = 200;
const MAX_LINES = 4;
const MAX_ADDRESS = 3_071;

/** The beginning of what is answered, as it is quoted. */
export const quotedWords = (text: string): string => {
  const lines = text.trim().split('\n');
  const points = [...lines.slice(0, MAX_LINES).join('\n')];
  const cut = lines.length > MAX_LINES || points.length > MAX_WORDS;
  return `${points.slice(0, MAX_WORDS).join('').trimEnd()}${cut ? '…' : ''}`;
};

/** Which message it answers, the text without the quote for old clients (§4), and that quote. */
export const parseReply = (
  message: Element,
  body: string,
): { readonly body: string; readonly reply?: ReplyTo } => {
  const reply = child(message, 'reply', REPLY);
  const id = readId(reply);
  if (!reply || id === null) return { body };
  const to = attr(reply, 'to')?.slice(0, MAX_ADDRESS) ?? null;
  const { body: text, fallback } = withoutFallback(message, body, REPLY);
  const words = fallback?.replace(/^>[^\S\n]?/gmu, '') ?? '';
  return { body: text, reply: { id, to, words: quotedWords(words) || null } };
};

/** What is answered, in front of the answer, as every client shows it (XEP-0393 §5.1.3). */
export const quoteOf = (words: string): string => `${words.replace(/^/gmu, '> ')}\n`;

/** An answer: the text with the quote in front of it for old clients, and what says so (§4). */
export const replyParts = (
  reply: ReplyTo | undefined,
  text: string,
): { readonly body: string; readonly quote: string; readonly more: readonly Element[] } => {
  if (!reply) return { body: text, quote: '', more: [] };
  const { id, to, words } = reply;
  const quote = words === null ? '' : quoteOf(words);
  return {
    body: quote + text,
    quote,
    more: [
      xml('reply', { xmlns: REPLY, to, id }),
      ...(quote === '' ? [] : [fallbackRange(REPLY, 0, [...quote].length)]),
    ],
  };
};
