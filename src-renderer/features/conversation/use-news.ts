import { shallowRef, watch, type ShallowRef } from 'vue';
import { saidBy, wordsOf } from '../../../src-shared/i18n/words-of';
import type { Message } from '../../../src-shared/model/conversation';
import { useI18n } from '../../stores/i18n';
import { failedWords } from './failed-words';

/** Of more at once only the number is said. */
const most = 3;

/** Words that are new each time, even if they are the same words. */
export interface News {
  readonly key: number;
  readonly words: string;
}

/**
 * What is read out while a chat is open: messages that come in, and that one of ours was not sent. Not those that one scrolls to, nor
 * older ones that fill a gap: the log itself is no live region, for it draws only what is seen.
 * @param shown the messages in their order, and whether there are newer ones beyond the last
 */
export const useNews = (
  shown: () => { readonly messages: readonly Message[]; readonly newer: boolean },
  nameOf: (message: Message) => string,
): ShallowRef<News> => {
  const { t } = useI18n();
  const news = shallowRef<News>({ key: 0, words: '' });
  let last: number | null = null;
  /** Those that were there, and whether they had failed. */
  let known: ReadonlyMap<number, boolean> = new Map();

  const cameWords = (came: readonly Message[]): readonly string[] =>
    came.length > most
      ? [t('conversation.new-messages', { count: came.length })]
      : came.map((one) => saidBy(t, nameOf(one), wordsOf(t, one)));
  const came = (messages: readonly Message[], newer: boolean): readonly Message[] => {
    const from = last === null ? -1 : messages.findIndex(({ id }) => id === last);
    last = newer ? null : (messages.at(-1)?.id ?? null);
    if (from === -1 || newer) return [];
    return messages.slice(from + 1).filter(({ direction, retracted }) => direction === 'in' && !retracted);
  };
  const failed = (messages: readonly Message[]): readonly string[] => {
    const before = known;
    known = new Map(messages.map((one) => [one.id, failedWords(one, t) !== null]));
    return messages.flatMap((one) => {
      const failure = before.get(one.id) === false ? failedWords(one, t) : null;
      return failure === null ? [] : t('conversation.news-failed', { failure, text: wordsOf(t, one) });
    });
  };
  watch(
    shown,
    ({ messages, newer }) => {
      const lines = [...failed(messages), ...cameWords(came(messages, newer))];
      if (lines.length > 0) news.value = { key: news.value.key + 1, words: lines.join('\n') };
    },
    { immediate: true },
  );
  return news;
};
