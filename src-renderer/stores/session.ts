import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { call } from '../bridge/bridge';
import type { Outcome } from '../../src-shared/ipc/errors';
import type { AccountId, AccountOptions, HistoryState } from '../../src-shared/model/account';
import { noConnection, type Connection } from '../../src-shared/model/connection';
import type { ArchiveState } from '../../src-shared/model/history';
import type {
  ClearAfter,
  OwnPresence,
  PresenceKind,
  ResourcePresence,
} from '../../src-shared/model/presence';
import { useApp } from './app';

/** The single account that is shown, its connection and own presence. */
export const useSession = defineStore('session', () => {
  const app = useApp();
  const current = computed(() => app.accounts[0] ?? null);
  const account = computed(() => current.value?.account ?? null);
  const id = computed<AccountId | null>(() => account.value?.id ?? null);
  const jid = computed(() => account.value?.jid ?? '');
  const connection = computed<Connection>(() => current.value?.connection ?? noConnection);
  const chosen = computed<OwnPresence>(() => current.value?.presence ?? { kind: 'offline', status: null });
  const history = computed<HistoryState>(() => current.value?.history ?? 'kept');
  const archive = computed<ArchiveState>(() => current.value?.archive ?? { is: 'unknown' });
  const online = computed(() => connection.value.phase === 'online');
  /** What others see now: whatever was chosen, without a connection it is offline. */
  const shown = computed<PresenceKind>(() =>
    online.value ? (current.value?.absence ?? chosen.value.kind) : 'offline',
  );
  /** Other clients of the account that are there. */
  const devices = computed<readonly ResourcePresence[]>(() => current.value?.devices ?? []);

  const secondsLeft = ref<number | null>(null);
  let timer: ReturnType<typeof setInterval> | undefined;
  watch(
    connection,
    ({ phase, retryIn }) => {
      clearInterval(timer);
      secondsLeft.value = null;
      if (phase !== 'waiting' || retryIn === null) return;
      const due = performance.now() + retryIn;
      const count = (): void => {
        secondsLeft.value = Math.max(0, Math.ceil((due - performance.now()) / 1000));
      };
      count();
      timer = setInterval(count, 1000);
    },
    { immediate: true },
  );

  const own = (): { account: string } => ({ account: id.value ?? '' });
  /** Without a status only the kind changes: a text of one's own stays. Without `clearAfter` it goes when it was to go before. */
  const setPresence = (
    kind: PresenceKind,
    words: {
      readonly status?: string | null;
      readonly clearAfter?: ClearAfter;
    } = {},
  ): Promise<Outcome<null>> => call('presence.set', { ...own(), kind, ...words });
  const retry = (): Promise<Outcome<null>> => call('account.retry', own());
  const newHistory = (): Promise<Outcome<null>> => call('account.newHistory', own());
  const cancel = (): Promise<Outcome<null>> => call('account.cancel', own());
  const configure = (options: AccountOptions): Promise<Outcome<null>> =>
    call('account.configure', { ...own(), options });
  const signOut = (): Promise<Outcome<null>> => call('account.signOut', own());
  const changePassword = (now: string, next: string): Promise<Outcome<null>> =>
    call('account.changePassword', { ...own(), current: now, next });

  return {
    account,
    id,
    jid,
    connection,
    presence: chosen,
    history,
    archive,
    online,
    shown,
    devices,
    secondsLeft,
    setPresence,
    retry,
    newHistory,
    cancel,
    configure,
    signOut,
    changePassword,
  };
});
