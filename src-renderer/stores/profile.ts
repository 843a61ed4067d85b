import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { call } from '../bridge/bridge';
import type { CallError } from '../../src-shared/ipc/errors';
import { emptyProfile, sameProfile, type Profile } from '../../src-shared/model/profile';

/** What the account says of itself, and what is being made of it: kept while one looks at other pages. */
export const useProfile = defineStore('profile', () => {
  let account = '';
  const state = ref<'idle' | 'loading' | 'ready' | 'error'>('idle');
  const error = shallowRef<CallError | null>(null);
  /** As it was read. */
  const base = shallowRef<Profile>(emptyProfile);
  const draft = shallowRef<Profile>(emptyProfile);
  const saving = ref(false);
  const saveError = shallowRef<CallError | null>(null);
  const changed = computed(() => !sameProfile(base.value, draft.value));

  const put = (profile: Profile): void => {
    base.value = profile;
    draft.value = profile;
    saveError.value = null;
    state.value = 'ready';
  };
  const useAccount = (id: string | null): void => {
    account = id ?? '';
    put(emptyProfile);
    error.value = null;
    state.value = 'idle';
  };
  /** Asks anew; what was changed here is gone. */
  const load = async (): Promise<void> => {
    const asked = account;
    state.value = 'loading';
    const answer = await call('profile.read', { account });
    if (asked !== account) return;
    if (answer.ok) put(answer.value);
    else {
      error.value = answer.error;
      state.value = 'error';
    }
  };
  const set = (patch: Partial<Profile>): void => {
    draft.value = { ...draft.value, ...patch };
  };
  const plain = (profile: Profile) => ({
    ...profile,
    phones: profile.phones.map((one) => ({ ...one })),
    mails: profile.mails.map((one) => ({ ...one })),
    address: { ...profile.address },
  });
  /** True once it is saved. */
  const save = async (): Promise<boolean> => {
    const asked = account;
    saving.value = true;
    saveError.value = null;
    const answer = await call('profile.save', { account, base: plain(base.value), next: plain(draft.value) });
    saving.value = false;
    if (asked !== account) return false;
    if (answer.ok) put(answer.value);
    else saveError.value = answer.error;
    return answer.ok;
  };
  const undo = (): void => {
    draft.value = base.value;
    saveError.value = null;
  };
  return { state, error, base, draft, saving, saveError, changed, useAccount, load, set, save, undo };
});
