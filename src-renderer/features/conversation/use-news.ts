import { shallowRef, watch, type ShallowRef } from 'vue';
import { saidBy, wordsOf } from '../../../src-shared/i18n/words-of';
import type { Message } from '../../../src-shared/model/conversation';
import { useI18n } from '../../stores/i18n';

/** Of more at once only the number is said. */
const most = 3;

/** Words that are new each time, even if they are the same words. */
export interface News {
  readonly key: number;
  readonly words: string;
}

/**
 * What is read out of messages that come in while their chat is open. Not of those that one scrolls to, nor of older
 * ones that fill a gap: the log itself is no live region, for it draws only what is seen.
 * @param shown the messages in their order, and whether there are newer ones beyond the last
 */
export const useNews = (
  shown: () => { readonly messages: readonly Message[]; readonly newer: boolean },
  nameOf: (message: Message) => string,
): ShallowRef<News> => {
  const { t } = useI18n();
  const news = shallowRef<News>({ key: 0, words: '' });
  let last: number | null = null;
  watch(
    shown,
    ({ messages, newer }) => {
      const from = last === null ? -1 : messages.findIndex(({ id }) => id === last);
      last = newer ? null : (messages.at(-1)?.id ?? null);
      if (from === -1 || newer) return;
      const came = messages
        .slice(from + 1)
        .filter(({ direction, retracted }) => direction === 'in' && !retracted);
      if (came.length === 0) return;
      const words =
        came.length > most
          ? t('conversation.new-messages', { count: came.length })
          : came.map((one) => saidBy(t, nameOf(one), wordsOf(t, one))).join('\n');
      news.value = { key: news.value.key + 1, words };
    },
    { immediate: true },
  );
  return news;
};
