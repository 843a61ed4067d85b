import type { Translate } from '../../src-shared/i18n';
import { spoilerWords } from '../../src-shared/i18n/spoiler';
import { deedIn, deedOf } from '../../src-shared/i18n/words-of';
import type { SearchHit, Snippet } from '../../src-shared/model/history';
import { plainName } from './names';

/** What is seen of a hit: the words round it, or of a spoiler what is seen of it everywhere. @param who does what `/me` tells of */
export const shownSnippet = (t: Translate, { message, snippet }: SearchHit, who: string): Snippet =>
  message.spoiler === undefined
    ? nearHit(withDoer(t, who, snippet))
    : { text: spoilerWords(t, plainName(message.spoiler)), marks: [] };

/** Whether it tells what its author does, with the name in it. */
export const isDeed = ({ message, snippet }: SearchHit): boolean =>
  message.spoiler === undefined && deedIn(snippet.text) !== null;

/** The name in place of `/me`; what was found in that has no place any more. */
const withDoer = (t: Translate, who: string, { text, marks }: Snippet): Snippet => {
  const [deed, done] = [deedOf(t, who, text), deedIn(text)];
  if (deed === null || done === null) return { text, marks };
  const start = text.length - done.length;
  const by = deed.lastIndexOf(done) - start;
  return {
    text: deed,
    marks: marks.flatMap(([from, to]) =>
      to <= start ? [] : [[Math.max(from, start) + by, to + by] as const],
    ),
  };
};

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
  // The dots stay with what they stand for, where that is one long word: else they have the first line alone.
  const lead = '…\u2060';
  const by = lead.length - start;
  return { text: lead + text.slice(start), marks: marks.map(([from, to]) => [from + by, to + by]) };
};
