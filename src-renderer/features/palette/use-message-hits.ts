import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { call } from '../../bridge/bridge';
import type { SearchHit } from '../../../src-shared/model/history';
import { isSearchable } from '../../stores/search-filters';
import { useSession } from '../../stores/session';

const debounceMs = 60;
const few = 5;

/** The newest messages with the query's words; answers that are overtaken are dropped. */
export const useMessageHits = (query: Ref<string>): ShallowRef<readonly SearchHit[]> => {
  const session = useSession();
  const hits = shallowRef<readonly SearchHit[]>([]);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async (text: string): Promise<void> => {
    const mine = ++turn;
    if (!isSearchable(text) || session.id === null) {
      hits.value = [];
      return;
    }
    const answer = await call('history.search', {
      account: session.id,
      text,
      peer: null,
      direction: null,
      nick: null,
      has: null,
      from: null,
      to: null,
      limit: few,
      after: null,
    });
    if (mine === turn) hits.value = answer.ok ? answer.value.value.hits : [];
  };
  watch(query, (text) => {
    clearTimeout(timer);
    turn += 1;
    timer = setTimeout(() => void ask(text.trim()), debounceMs);
  });
  onScopeDispose(() => clearTimeout(timer));
  return hits;
};
