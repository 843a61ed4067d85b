import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { call } from '../../bridge/bridge';
import type { AppEvent } from '../../../src-shared/ipc/events';
import type { CallError } from '../../../src-shared/ipc/errors';
import type { XmlEntry } from '../../../src-shared/model/connection';
import { useSession } from '../../stores/session';
import { openFeed, type Feed } from '../../stores/stream';
import { filterEntries, keptEntries, type ConsoleFilter } from './entries';

export interface XmlConsole {
  readonly state: Ref<'none' | 'loading' | 'ready' | 'error'>;
  readonly error: Ref<CallError | null>;
  readonly filter: Ref<ConsoleFilter>;
  readonly paused: Ref<boolean>;
  /** How many came while paused. */
  readonly missed: ComputedRef<number>;
  /** All since the view was cleared, and those that the filter lets through. */
  readonly all: ComputedRef<readonly XmlEntry[]>;
  readonly shown: ComputedRef<XmlEntry[]>;
  readonly clear: () => void;
  readonly reload: () => Promise<void>;
}

/** The live stream of the shown account, while something shows it. */
export const useConsole = (): XmlConsole => {
  const session = useSession();
  const state = ref<'none' | 'loading' | 'ready' | 'error'>('none');
  const error = shallowRef<CallError | null>(null);
  const entries = shallowRef<readonly XmlEntry[]>([]);
  const filter = ref<ConsoleFilter>({ text: '', kind: 'all', direction: 'both' });
  const paused = ref(false);
  /** Entries up to this id were cleared away. */
  const clearedTo = ref(-1);
  /** While paused nothing after this id shows. */
  const pausedAt = ref(Infinity);
  let feed: Feed | null = null;

  const lastId = (): number => entries.value.at(-1)?.id ?? -1;
  const open = (account: string | null): void => {
    feed?.close();
    feed = null;
    entries.value = [];
    clearedTo.value = -1;
    paused.value = false;
    state.value = account === null ? 'none' : 'loading';
    if (account === null) return;
    const opened = openFeed({
      topics: ['console'],
      load: () => call('console.entries', { account }),
      put: (value: readonly XmlEntry[]) => {
        entries.value = value;
        error.value = null;
        state.value = 'ready';
      },
      apply: (events: readonly AppEvent[]) => {
        const news = events.flatMap((event) =>
          event.topic === 'console' && event.account === account ? [event.entry] : [],
        );
        entries.value = [...entries.value, ...news].slice(-keptEntries);
      },
      fail: (problem) => {
        error.value = problem;
        state.value = 'error';
      },
    });
    feed = opened.feed;
  };
  watch(() => session.id, open, { immediate: true });
  watch(paused, (on) => {
    pausedAt.value = on ? lastId() : Infinity;
  });
  onScopeDispose(() => feed?.close());

  const all = computed(() => entries.value.filter(({ id }) => id > clearedTo.value && id <= pausedAt.value));
  return {
    state,
    error,
    filter,
    paused,
    missed: computed(() => (paused.value ? entries.value.filter(({ id }) => id > pausedAt.value).length : 0)),
    all,
    shown: computed(() => filterEntries(all.value, filter.value)),
    clear: () => {
      clearedTo.value = all.value.at(-1)?.id ?? clearedTo.value;
    },
    reload: async () => {
      state.value = 'loading';
      await feed?.reload();
    },
  };
};
