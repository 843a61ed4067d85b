import type { Translate } from '../../src-shared/i18n';
import { spoilerWords } from '../../src-shared/i18n/spoiler';
import type { SearchHit, Snippet } from '../../src-shared/model/history';
import { plainName } from './names';

/** What is seen of a hit: the words round it, or of a spoiler what is seen of it everywhere. */
export const shownSnippet = (t: Translate, { message, snippet }: SearchHit): Snippet =>
  message.spoiler === undefined ? snippet : { text: spoilerWords(t, plainName(message.spoiler)), marks: [] };
