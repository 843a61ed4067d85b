import { computed, type ComputedRef, type Ref } from 'vue';
import { fold, wordsOf } from '../../components/fold';
import type { Conversation } from '../../../src-shared/model/conversation';
import { useChats } from '../../stores/chats';
import { useRoster } from '../../stores/roster';

/** Chats that are shown before "Show more"; unread ones always are. */
const fewChats = 6;

export interface ChatRow extends Conversation {
  readonly key: string;
  readonly name: string;
}

/** The conversations of the sidebar, filtered by the search field; `all` shows every one. */
export const useChatRows = (
  query: Ref<string>,
  all: Ref<boolean>,
): { readonly rows: ComputedRef<readonly ChatRow[]>; readonly hidden: ComputedRef<number> } => {
  const chats = useChats();
  const roster = useRoster();
  const found = computed(() => {
    const words = wordsOf(query.value);
    const named = chats.sorted.map((chat) => ({ ...chat, key: chat.peer, name: roster.nameOf(chat.peer) }));
    if (words.length === 0) return named;
    return named.filter((row) => {
      const text = fold(`${row.name} ${row.peer}`);
      return words.every((word) => text.includes(word));
    });
  });
  const limit = computed(() => {
    if (all.value || query.value.trim() !== '') return found.value.length;
    const unread = found.value.findIndex((row) => row.unread === 0);
    return Math.max(fewChats, unread < 0 ? found.value.length : unread);
  });
  return {
    rows: computed(() => found.value.slice(0, limit.value)),
    hidden: computed(() => Math.max(0, found.value.length - limit.value)),
  };
};
