import type { Translate } from '../../src-shared/i18n';
import { spoilerWords } from '../../src-shared/i18n/spoiler';
import type { SearchHit, Snippet } from '../../src-shared/model/history';
import { plainName } from './names';

/** What is seen of a hit: the words round it, or of a spoiler what is seen of it everywhere. */
export const shownSnippet = (t: Translate, { message, snippet }: SearchHit): Snippet =>
  message.spoiler === undefined
    ? nearHit(snippet)
    : { text: spoilerWords(t, plainName(message.spoiler)), marks: [] };

/** So much stands before the first hit; the cut moves so far on to fall behind a space or a slash. */
const before = 24;
const reach = 12;

/** In a row of two short lines a hit behind a long address would be out of sight. */
const nearHit = ({ text, marks }: Snippet): Snippet => {
  const first = Math.min(...marks.map(([from]) => from));
  if (marks.length === 0 || first <= before + reach) return { text, marks };
  const wanted = first - before;
  const parted = text.slice(wanted, wanted + reach).search(/[\s/]/);
  let start = parted === -1 ? wanted : wanted + parted + 1;
  while (/^[\udc00-\udfff\p{M}\u200d]/u.test(text.slice(start))) start += 1;
  return {
    text: `…${text.slice(start)}`,
    marks: marks.map(([from, to]) => [from - start + 1, to - start + 1]),
  };
};
