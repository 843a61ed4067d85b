const letter = /[\p{L}\p{N}_]/u;
/** Scripts that are written without spaces between words: there a name may stand between any two signs. */
const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase();
const first = (text: string): string => [...text.slice(0, 2)][0] ?? '';
const last = (text: string): string => [...text.slice(-2)].at(-1) ?? '';

/** Whether a word may end between these two signs. */
const border = (outside: string, inside: string): boolean =>
  !letter.test(outside) || spaceless.test(outside) || spaceless.test(inside) || !letter.test(inside);

/** From `start` to before `end`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Where `name` stands in `text` as a word of its own; both as they are. */
function* wordsIn(text: string, name: string): Generator<TextRange, void> {
  if (name === '') return;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const end = at + name.length;
    if (border(last(text.slice(0, at)), first(name)) && border(first(text.slice(end)), last(name)))
      yield { start: at, end };
  }
}

/** Nobody is called further in: what is longer is no word to somebody, and must not hold up the rest (T15). */
const MOST_READ = 20_000;

/** Whether a text names a nick: as a word of its own, in whatever case, with an @ or without. */
export const mentions = (body: string, nick: string): boolean =>
  wordsIn(fold(body.slice(0, MOST_READ)), fold(nick)).next().done === false;

const signs = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where a text names a nick, with the @ before it; in UTF-16 units of the text as it is. */
export const mentionRanges = (whole: string, nick: string): readonly TextRange[] => {
  const body = whole.slice(0, MOST_READ);
  const name = fold(nick);
  if (!fold(body).includes(name)) return [];
  // Of each unit of the folded text: where its sign begins in the text itself.
  const places: number[] = [];
  let folded = '';
  for (const { segment, index } of signs.segment(body)) {
    const part = fold(segment);
    folded += part;
    for (let n = 0; n < part.length; n += 1) places.push(index);
  }
  places.push(body.length);
  return [...wordsIn(folded, name)].map(({ start, end }) => {
    const from = places[start] ?? 0;
    return { start: body[from - 1] === '@' ? from - 1 : from, end: places[end] ?? body.length };
  });
};

/** More are no mentions but a list. */
const MOST = 20;

/**
 * Whom a text calls: by an @ before a nick, or by a nick in front of all with a comma or colon behind it, written as it is.
 * Of nicks that begin alike the longest counts.
 */
export const calledIn = (
  body: string,
  nicks: ReadonlySet<string>,
): readonly (TextRange & { readonly nick: string })[] => {
  const longest = Math.min(100, Math.max(0, ...[...nicks].map((nick) => nick.length)));
  /** The longest nick that stands at `from`, as far as what comes behind it lets it end there. */
  const nickAt = (from: number, ends: (after: string, nick: string) => boolean): string | null => {
    for (let length = Math.min(longest, body.length - from); length > 0; length -= 1) {
      const nick = body.slice(from, from + length);
      if (nicks.has(nick) && ends(first(body.slice(from + length)), nick)) return nick;
    }
    return null;
  };
  const found: (TextRange & { readonly nick: string })[] = [];
  const addressed = nickAt(0, (after) => /[:,：，]/u.test(after));
  if (addressed !== null) found.push({ nick: addressed, start: 0, end: addressed.length });
  for (let at = body.indexOf('@'); at !== -1 && found.length < MOST; at = body.indexOf('@', at + 1)) {
    // An address has something before its @.
    if (!border(last(body.slice(0, at)), '@') || /\w/u.test(last(body.slice(0, at)))) continue;
    const nick = nickAt(at + 1, (after, name) => border(after, last(name)));
    if (nick !== null) found.push({ nick, start: at, end: at + 1 + nick.length });
  }
  return found;
};
