import { computed, type ComputedRef, type Ref } from 'vue';
import { wordsOf } from '../../components/fold';
import { scoreOf } from '../../components/match';
import type { Conversation } from '../../../src-shared/model/conversation';
import { isToDo, useChats } from '../../stores/chats';
import { useRoster } from '../../stores/roster';
import { personWords } from '../person/person-words';

/** Chats that are shown before "Show more"; those pinned, unread or with a draft always are. */
const fewChats = 6;

export interface ChatRow extends Conversation {
  readonly key: string;
  readonly name: string;
}

/** As each was drawn last: the row of a conversation that has not changed is the same object, and is not drawn again. */
const drawn = new WeakMap<Conversation, ChatRow>();
const rowOf = (chat: Conversation, name: string): ChatRow => {
  const known = drawn.get(chat);
  if (known?.name === name) return known;
  const row = { ...chat, key: chat.peer, name };
  drawn.set(chat, row);
  return row;
};

/** The conversations of the sidebar, filtered by the search field; `all` shows every one. */
export const useChatRows = (
  query: Readonly<Ref<string>>,
  all: Ref<boolean>,
): {
  readonly rows: ComputedRef<readonly ChatRow[]>;
  readonly hidden: ComputedRef<number>;
  readonly archived: ComputedRef<readonly ChatRow[]>;
} => {
  const chats = useChats();
  const roster = useRoster();
  const named = (list: readonly Conversation[]): readonly ChatRow[] => {
    const nameOf = roster.namer;
    return list.map((chat) => rowOf(chat, nameOf(chat.peer)));
  };
  const listed = computed(() => named(chats.sorted));
  const archived = computed(() => named(chats.archived));
  /** A search finds what is archived too. */
  const found = computed(() => {
    const words = wordsOf(query.value);
    if (words.length === 0) return listed.value;
    return [...listed.value, ...archived.value].filter(
      ({ peer, name }) => scoreOf(personWords(peer, name).whole, words, { fuzzy: false }) > 0,
    );
  });
  const limit = computed(() => {
    if (all.value || query.value.trim() !== '') return found.value.length;
    const rest = found.value.findIndex((row) => !row.marks.pinned && !isToDo(row));
    return Math.max(fewChats, rest < 0 ? found.value.length : rest);
  });
  return {
    rows: computed(() => found.value.slice(0, limit.value)),
    archived,
    hidden: computed(() => Math.max(0, found.value.length - limit.value)),
  };
};
