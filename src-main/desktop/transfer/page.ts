import { Parser } from 'htmlparser2';
import type { PageHead, PageRequest } from '../../ports';
import type { Trust } from '../http';
import { getFile } from './get-file';

/** What a page says of itself stands before this. */
const HEAD_BYTES = 256 * 1024;
const TIME_MS = 10_000;
/** A head has no more; the parser takes ever longer over what is nested deeper. */
const MOST_ELEMENTS = 1_000;
/** So much at a time is parsed before it is looked whether that is enough. */
const SLICE = 4_096;
const MAX_TITLE = 200;
const MAX_TEXT = 300;
const MAX_ADDRESS = 4_096;
/** HTML: a declaration of another encoding stands in the first kilobyte. */
const DECLARED_WITHIN = 1_024;

/** Names of what is looked for, the better one first. */
const TITLES = ['og:title', 'twitter:title'];
const TEXTS = ['og:description', 'twitter:description', 'description'];
const PICTURES = ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src'];

/** In one line, without what is not seen. */
const inLine = (text: string, most: number): string | null => {
  const seen = text.replace(/[\p{Cf}\p{Co}\p{Cn}\p{Surrogate}]/gu, '').replace(/[\p{Cc}\s]+/gu, ' ');
  const signs = [...seen.trim()];
  if (signs.length === 0) return null;
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : signs.join('');
};

const textOf = (bytes: Uint8Array): string => {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, DECLARED_WITHIN));
  const [, declared = 'utf-8'] = /<meta[^>]+charset\s*=\s*["']?\s*([\w:-]+)/i.exec(start) ?? [];
  try {
    return new TextDecoder(declared).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
};

/**
 * Title, description and picture from the head of a page: Open Graph's, else what HTML itself has. Null: it has no title.
 *
 * @param address of the page, to which that of the picture may be relative
 */
export const readPageHead = (bytes: Uint8Array, address: string): PageHead | null => {
  const found = new Map<string, string>();
  const titles: string[] = [];
  let inTitle = false;
  const seen = { elements: 0, over: false };
  const parser = new Parser({
    onopentag(name, { property, name: called, content }) {
      if (name === 'body' || ++seen.elements > MOST_ELEMENTS) seen.over = true;
      if (seen.over) return;
      if (name === 'title') inTitle = titles.push('') === 1;
      else if (name === 'meta' && content !== undefined) {
        const key = (property ?? called ?? '').toLowerCase();
        if (!found.has(key)) found.set(key, content);
      }
    },
    ontext(text) {
      if (inTitle) titles[0] = `${titles[0] ?? ''}${text}`;
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false;
      else if (name === 'head') seen.over = true;
    },
  });
  const html = textOf(bytes);
  for (let at = 0; at < html.length && !seen.over; at += SLICE) parser.write(html.slice(at, at + SLICE));
  if (!seen.over) parser.end();
  const first = (names: readonly string[]): string =>
    names.map((name) => found.get(name) ?? '').find((text) => text.trim() !== '') ?? '';
  const called = inLine(first(TITLES), MAX_TITLE) ?? inLine(titles[0] ?? '', MAX_TITLE);
  if (called === null) return null;
  const picture = first(PICTURES).trim();
  const there = picture !== '' && picture.length <= MAX_ADDRESS && URL.canParse(picture, address);
  return {
    title: called,
    text: inLine(first(TEXTS), MAX_TEXT),
    picture: there ? new URL(picture, address).href : null,
  };
};

/** RFC 9110 §15.6, RFC 6585 §4: it says nothing of the page, and may say something else in a while. */
const isBusy = (status: number): boolean => status === 429 || status >= 500;

/** T17: asks for a page and reads no more of it than its head, for so long at most. */
export const getPage = async (
  { url, reach }: PageRequest,
  trust: Trust,
  signal: AbortSignal,
): Promise<PageHead | null | 'no-line'> => {
  const enough = new AbortController();
  const pieces: Uint8Array[] = [];
  let got = 0;
  let address = url;
  const write = (piece: Uint8Array, _: number | null, from: string): void => {
    address = from;
    pieces.push(piece);
    got += piece.length;
    const isPage = /^[\s\ufeff\xef\xbb\xbf]*</.test(Buffer.from(pieces[0] ?? piece).toString('latin1'));
    if (!isPage || got >= HEAD_BYTES || Buffer.from(piece).includes('</head')) enough.abort();
  };
  const request = { url, reach, maxBytes: Number.MAX_SAFE_INTEGER, write };
  const until = AbortSignal.any([signal, enough.signal, AbortSignal.timeout(TIME_MS)]);
  const outcome = await getFile(request, trust, until);
  if (outcome.is === 'done' || enough.signal.aborted)
    return readPageHead(Buffer.concat(pieces).subarray(0, HEAD_BYTES), address);
  const isLater = outcome.is === 'answer' && isBusy(outcome.status);
  return outcome.is === 'network' || outcome.is === 'stopped' || isLater ? 'no-line' : null;
};
