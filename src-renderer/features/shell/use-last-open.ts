import { computed, shallowRef, watch, type ComputedRef } from 'vue';
import { call } from '../../bridge/bridge';
import type { AccountId } from '../../../src-shared/model/account';
import { useApp } from '../../stores/app';
import { useSession } from '../../stores/session';
import { useUi } from '../../stores/ui';

/**
 * The main window opens the conversation that was open last, unless the user was faster; from then on it tells which one is open.
 *
 * @param isReady what is kept of the account is here
 * @returns whether it is known which one that was: until then nobody knows that none is to be open
 */
export const useLastOpen = (isReady: () => boolean): ComputedRef<boolean> => {
  const app = useApp();
  const session = useSession();
  const ui = useUi();
  if (ui.own) return computed(() => true);
  /** The account of which that is known. */
  const known = shallowRef<AccountId | null>(null);
  /** Of which main has said it, or that it cannot. */
  const told = shallowRef<AccountId | null>(null);

  watch(
    () => (isReady() ? session.id : null),
    async (account) => {
      if (account === null || account === known.value) return;
      const answer = await call('chats.lastOpen', { account });
      if (session.id !== account) return;
      told.value = account;
      if (!answer.ok) return;
      const { value: peer } = answer.value;
      if (peer !== null && !app.chatWindows.includes(peer)) ui.peer ??= peer;
      known.value = account;
    },
    { immediate: true },
  );
  watch([known, () => ui.peer] as const, ([account, peer]) => {
    if (account !== null && account === session.id) void call('chats.keepOpen', { account, peer });
  });
  watch(
    () => session.id,
    (account) => {
      if (account !== known.value) known.value = null;
    },
  );
  return computed(() => told.value !== null && told.value === session.id);
};
