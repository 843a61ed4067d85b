import { computed, type ComputedRef, type Ref } from 'vue';
import { fold, wordsOf } from '../../components/fold';
import type { Conversation } from '../../../src-shared/model/conversation';
import { calls, useChats } from '../../stores/chats';
import { useRoster } from '../../stores/roster';

/** Chats that are shown before "Show more"; those pinned or unread always are. */
const fewChats = 6;

export interface ChatRow extends Conversation {
  readonly key: string;
  readonly name: string;
}

/** The conversations of the sidebar, filtered by the search field; `all` shows every one. */
export const useChatRows = (
  query: Ref<string>,
  all: Ref<boolean>,
): {
  readonly rows: ComputedRef<readonly ChatRow[]>;
  readonly hidden: ComputedRef<number>;
  readonly archived: ComputedRef<readonly ChatRow[]>;
} => {
  const chats = useChats();
  const roster = useRoster();
  const named = (chat: Conversation): ChatRow => ({
    ...chat,
    key: chat.peer,
    name: roster.nameOf(chat.peer),
  });
  const archived = computed(() => chats.archived.map(named));
  /** A search finds what is archived too. */
  const found = computed(() => {
    const words = wordsOf(query.value);
    const rows = chats.sorted.map(named);
    if (words.length === 0) return rows;
    return [...rows, ...archived.value].filter((row) => {
      const text = fold(`${row.name} ${row.peer}`);
      return words.every((word) => text.includes(word));
    });
  });
  const limit = computed(() => {
    if (all.value || query.value.trim() !== '') return found.value.length;
    const rest = found.value.findIndex((row) => !row.marks.pinned && !calls(row));
    return Math.max(fewChats, rest < 0 ? found.value.length : rest);
  });
  return {
    rows: computed(() => found.value.slice(0, limit.value)),
    archived,
    hidden: computed(() => Math.max(0, found.value.length - limit.value)),
  };
};
