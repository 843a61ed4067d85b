import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import type { HistoryState, KeyringState } from '../../src-shared/model/account';
import { useSession } from './session';

/** What stood in a banner that the user closed: it stays closed, wherever he goes in the window, until it is something else. */
export const useSeen = defineStore('seen', () => {
  const session = useSession();
  const keyring = ref<KeyringState | null>(null);
  const history = ref<HistoryState | null>(null);
  /** The condition with which the archive failed. */
  const archive = ref<string | null>(null);
  // Another account has another history, and another archive.
  watch(
    () => session.id,
    () => (history.value = archive.value = null),
  );
  return { keyring, history, archive };
});
