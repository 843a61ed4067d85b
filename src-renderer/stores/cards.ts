import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { call } from '../bridge/bridge';
import type { CallError } from '../../src-shared/ipc/errors';
import type { Card } from '../../src-shared/model/card';

/** `card` stays while it is asked for again. */
export interface CardState {
  readonly state: 'loading' | 'ready' | 'error';
  readonly card: Card | null;
  readonly error: CallError | null;
}

/** What contacts tell of themselves, as far as it was looked at in this run. */
export const useCards = defineStore('cards', () => {
  let account = '';
  const cards = shallowReactive(new Map<string, CardState>());
  /** Epoch milliseconds; null: nobody says. */
  const lastSeen = shallowReactive(new Map<string, number | null>());

  const useAccount = (id: string | null): void => {
    account = id ?? '';
    cards.clear();
    lastSeen.clear();
  };
  const load = async (peer: string): Promise<void> => {
    const asked = account;
    const known = cards.get(peer)?.card ?? null;
    cards.set(peer, { state: 'loading', card: known, error: null });
    const answer = await call('contact.card', { account, peer });
    if (asked !== account) return;
    cards.set(
      peer,
      answer.ok
        ? { state: 'ready', card: answer.value, error: null }
        : { state: 'error', card: known, error: answer.error },
    );
  };
  const askLastSeen = async (peer: string): Promise<void> => {
    const asked = account;
    const answer = await call('contact.lastSeen', { account, peer });
    if (asked === account) lastSeen.set(peer, answer.ok ? answer.value : null);
  };
  return { cards, lastSeen, useAccount, load, askLastSeen };
});
