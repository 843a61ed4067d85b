import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { call } from '../bridge/bridge';
import type { AppEvent } from '../../src-shared/ipc/events';
import type { CallError, Outcome } from '../../src-shared/ipc/errors';
import { openFeed, type Feed } from './stream';

/** Whom the shown account does not hear (XEP-0191, or a privacy list). */
export const useBlocked = defineStore('blocked', () => {
  let account = '';
  let feed: Feed | null = null;
  const jids = shallowRef<readonly string[]>([]);
  const error = shallowRef<CallError | null>(null);

  const put = (value: readonly string[]): void => {
    jids.value = value;
    error.value = null;
  };
  const apply = (events: readonly AppEvent[]): void => {
    for (const event of events)
      if (event.topic === 'account' && event.type === 'blocked' && event.account === account) put(event.jids);
  };
  /** Shows the list of another account; null shows none. */
  const open = async (id: string | null): Promise<void> => {
    feed?.close();
    feed = null;
    account = id ?? '';
    put([]);
    if (!id) return;
    const opened = openFeed({
      topics: ['account'],
      load: () => call('block.list', { account }),
      put,
      apply,
      fail: (problem) => {
        error.value = problem;
      },
    });
    feed = opened.feed;
    await opened.ready;
  };
  return {
    jids,
    error,
    open,
    has: (jid: string): boolean => jids.value.includes(jid),
    add: (peer: string): Promise<Outcome<null>> => call('block.add', { account, peer }),
    remove: (peer: string): Promise<Outcome<null>> => call('block.remove', { account, peer }),
  };
});
