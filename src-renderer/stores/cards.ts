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

  /** By full address, minutes east of UTC; null: it does not say. */
  const timeZones = shallowReactive(new Map<string, number | null>());

  const useAccount = (id: string | null): void => {
    account = id ?? '';
    cards.clear();
    lastSeen.clear();
    timeZones.clear();
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
  /** Asked once: for a look at somebody what was told in this run will do. */
  const know = async (peer: string): Promise<void> => {
    const known = cards.get(peer);
    if (!known || known.state === 'error') await load(peer);
  };
  const askLastSeen = async (peer: string): Promise<void> => {
    const asked = account;
    const answer = await call('contact.lastSeen', { account, peer });
    if (asked === account) lastSeen.set(peer, answer.ok ? answer.value : null);
  };
  /** Asked once of each client: nobody moves from zone to zone while he is signed in. */
  const askTimeZone = async (peer: string, resource: string): Promise<void> => {
    const full = `${peer}/${resource}`;
    if (timeZones.has(full)) return;
    const asked = account;
    timeZones.set(full, null);
    const answer = await call('contact.timeZone', { account, peer, resource });
    if (asked !== account) return;
    if (answer.ok) timeZones.set(full, answer.value);
    else timeZones.delete(full);
  };
  return { cards, lastSeen, timeZones, useAccount, load, know, askLastSeen, askTimeZone };
});
