import { find, registerCustomProtocol } from 'linkifyjs';
import { trueHost } from './hosts';

/** Plain text is one of two things. Line breaks stay in the text; the style sheet keeps them. */
export type TextToken =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'link';
      /** As it was written. */
      readonly text: string;
      /** Where it goes: http, https, mailto or xmpp (T23). */
      readonly href: string;
      /** The host it really names, when the text can deceive (T16). */
      readonly host: string | null;
    };

registerCustomProtocol('xmpp', true);

/** Where a link ends though it would be a legal part of one: East Asian punctuation, quotation marks, bidi controls. */
const breaks =
  /([\u3000-\u303F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65“”‘’«»\u202A-\u202E\u2066-\u2069]+)/u;
const schemes = /^(?:https?:\/\/|mailto:|xmpp:)/i;

/** The link's target, or null when the text must stay text. */
const target = (type: string, value: string, href: string): string | null => {
  const url =
    type === 'email' ? href : schemes.test(value) ? value : /^www\./i.test(value) ? `https://${value}` : null;
  if (url === null || !schemes.test(url)) return null;
  return URL.canParse(url) ? url : null;
};

const append = (tokens: TextToken[], text: string): void => {
  const last = tokens.at(-1);
  if (text === '') return;
  if (last?.type === 'text') tokens[tokens.length - 1] = { type: 'text', text: last.text + text };
  else tokens.push({ type: 'text', text });
};

/**
 * Splits message text into plain text and links. A link is an address with the scheme http, https, mailto or xmpp,
 * an e-mail address, or what begins with `www.`; everything else, markup included, is text (T13).
 */
export const tokenize = (body: string): readonly TextToken[] => {
  const tokens: TextToken[] = [];
  for (const [index, part] of body.split(breaks).entries()) {
    if (index % 2 === 1) {
      append(tokens, part);
      continue;
    }
    let end = 0;
    for (const found of find(part)) {
      const href = target(found.type, found.value, found.href);
      if (href === null) continue;
      append(tokens, part.slice(end, found.start));
      tokens.push({ type: 'link', text: found.value, href, host: trueHost(found.value, href) });
      end = found.end;
    }
    append(tokens, part.slice(end));
  }
  return tokens;
};
