import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { call } from '../bridge/bridge';
import type { CallError } from '../../src-shared/ipc/errors';
import type { SearchHit } from '../../src-shared/model/history';
import { dateRange, isSearchable, noFilters, whereAndWho, withChange, type Filters } from './search-filters';
import { useUi } from './ui';

const debounceMs = 60;
const pageSize = 30;

/** The search field, and what it finds in the messages. Typing never waits: answers that are overtaken are dropped. */
export const useSearch = defineStore('search', () => {
  let account = '';
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The one conversation of this window: nothing else is searched. */
  const bound = useUi().own?.peer ?? null;
  const unfiltered: Filters = { ...noFilters, peer: bound };
  const query = ref('');
  const filters = shallowRef<Filters>(unfiltered);
  const hits = shallowRef<readonly SearchHit[]>([]);
  const more = ref(false);
  const state = ref<'idle' | 'loading' | 'ready' | 'error'>('idle');
  const loadingMore = ref(false);
  const error = shallowRef<CallError | null>(null);
  /** The field is to take the focus; it says so no more once it has. */
  const wanted = ref(false);

  const text = computed(() => query.value.trim());
  /** Whether what is typed is long enough to look for it in messages. */
  const active = computed(() => isSearchable(text.value));
  const filtered = computed(() => filters.value !== unfiltered);

  const ask = (after: number | null) => {
    const { has, date } = filters.value;
    const range = dateRange(date, Date.now());
    return call('history.search', {
      account,
      text: text.value,
      ...whereAndWho(filters.value),
      has,
      ...range,
      limit: pageSize,
      after,
    });
  };
  const run = async (): Promise<void> => {
    const mine = ++turn;
    loadingMore.value = false;
    if (!active.value || account === '') {
      hits.value = [];
      more.value = false;
      state.value = 'idle';
      return;
    }
    state.value = 'loading';
    const answer = await ask(null);
    if (mine !== turn) return;
    error.value = answer.ok ? null : answer.error;
    hits.value = answer.ok ? answer.value.value.hits : [];
    more.value = answer.ok && answer.value.value.more;
    state.value = answer.ok ? 'ready' : 'error';
  };
  const loadMore = async (): Promise<void> => {
    const last = hits.value.at(-1);
    if (!more.value || loadingMore.value || state.value !== 'ready' || !last) return;
    const mine = turn;
    loadingMore.value = true;
    const answer = await ask(last.message.id);
    if (mine !== turn) return;
    loadingMore.value = false;
    if (!answer.ok) {
      more.value = false;
      return;
    }
    hits.value = [...hits.value, ...answer.value.value.hits];
    more.value = answer.value.value.more;
  };
  watch([text, filters], () => {
    clearTimeout(timer);
    // What is shown answers another question from now on.
    turn += 1;
    if (active.value) state.value = hits.value.length > 0 ? state.value : 'loading';
    timer = setTimeout(() => void run(), active.value ? debounceMs : 0);
  });

  const change = (part: Partial<Filters>): void => {
    filters.value = withChange(filters.value, part, unfiltered);
  };
  return {
    bound,
    query,
    text,
    active,
    filters,
    filtered,
    hits,
    more,
    state,
    loadingMore,
    error,
    wanted,
    loadMore,
    again: run,
    change,
    /** Asks for the field: everywhere, or in one conversation. */
    focus: (peer: string | null): void => {
      if (peer !== null || filters.value.peer !== null) change({ peer });
      wanted.value = true;
    },
    clear: (): void => {
      query.value = '';
      filters.value = unfiltered;
    },
    clearFilters: (): void => {
      filters.value = unfiltered;
    },
    /** Searches in another account; null in none. */
    open: (id: string | null): void => {
      account = id ?? '';
      query.value = '';
      filters.value = unfiltered;
    },
  };
});
