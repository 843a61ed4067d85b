import { tokens, type Token } from './tokens';

/** What was typed between two spaces: its words stand in a text one after the other, the last of them may go on there. */
export interface Term {
  readonly words: readonly string[];
  /** The last one is a beginning: false where it is a character by itself. */
  readonly open: boolean;
}

/** So many terms are more than anybody types; the rest would only cost time. */
const mostTerms = 32;

/**
 * Reads what was typed as plain words: whatever means something to a search engine (quotes, operators, brackets) is
 * punctuation here. Every term may be a beginning, so that "meet tom" finds "meeting tomorrow".
 */
export function termsOf(text: string): readonly Term[] {
  const terms = new Map<string, Term>();
  for (const part of text.split(/\s+/u)) {
    const words = tokens(part);
    const last = words.at(-1);
    if (!last) continue;
    const term = { words: words.map((word) => word.text), open: !last.single };
    terms.set(fullTextOf(term), term);
  }
  return [...terms.values()].slice(0, mostTerms);
}

/** A term as a phrase of FTS5: between quotes nothing is syntax, and a word holds no quote. */
export const fullTextOf = ({ words, open }: Term): string => `"${words.join(' ')}"${open ? ' *' : ''}`;

export interface Found {
  /** Which of the terms. */
  readonly term: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds terms in a text as the full-text table finds them.
 * @returns every place of every term by its start, in UTF-16 units of the text
 */
export function placesOf(terms: readonly Term[], text: string): readonly Found[] {
  const all = tokens(text);
  return all.flatMap((first, at) =>
    terms.flatMap(({ words, open }, term) => {
      const last = all[at + words.length - 1];
      const tail = words.at(-1);
      if (!last || tail === undefined) return [];
      const fits = words.every((word, n) => {
        const said = all[at + n]?.text;
        return open && n === words.length - 1 ? said?.startsWith(word) : said === word;
      });
      return fits ? [{ term, start: first.start, end: open ? beginningOf(text, last, tail) : last.end }] : [];
    }),
  );
}

/** Where the part of a word ends that was typed, with the accents of its last letter. */
function beginningOf(text: string, word: Token, typed: string): number {
  if (word.text === typed) return word.end;
  const letters = text.slice(word.start, word.end).match(/.\p{M}*/gsu) ?? [];
  let end = word.start;
  let length = 0;
  for (const letter of letters) {
    if (length >= typed.length) break;
    end += letter.length;
    length += tokens(letter)[0]?.text.length ?? 0;
  }
  return end;
}
