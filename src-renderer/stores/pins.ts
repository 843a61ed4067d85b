import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { call } from '../bridge/bridge';
import type { AppEvent } from '../../src-shared/ipc/events';
import type { Outcome } from '../../src-shared/ipc/errors';
import type { Message } from '../../src-shared/model/conversation';
import { openFeed, type Feed } from './stream';

/** Messages that are kept at hand above the conversation that is shown, the latest pin first. */
export const usePins = defineStore('pins', () => {
  let account = '';
  let feed: Feed | null = null;
  const state = shallowReactive<{ peer: string; list: readonly Message[] }>({ peer: '', list: [] });

  const apply = (events: readonly AppEvent[]): void => {
    for (const event of events) {
      if (event.topic !== 'messages' || event.account !== account) continue;
      if (event.type === 'message' && event.message.peer === state.peer) {
        const { message } = event;
        const known = state.list.some(({ id }) => id === message.id);
        if (known)
          state.list = message.pinned
            ? state.list.map((one) => (one.id === message.id ? message : one))
            : state.list.filter(({ id }) => id !== message.id);
        else if (message.pinned) state.list = [message, ...state.list];
      } else if (event.type === 'discarded' && event.peer === state.peer)
        state.list = state.list.filter(({ id }) => id !== event.id);
      // History may have been deleted.
      else if (event.type === 'filled' && event.peer === state.peer) void feed?.reload();
    }
  };
  const close = (): void => {
    feed?.close();
    feed = null;
    state.peer = '';
    state.list = [];
  };
  return {
    state,
    useAccount: (id: string | null): void => {
      close();
      account = id ?? '';
    },
    close,
    /** Follows those of one conversation, and of no other. */
    open: (peer: string): void => {
      close();
      state.peer = peer;
      feed = openFeed({
        topics: [`messages:${peer}`],
        load: () => call('message.pins', { account, peer }),
        put: (value: readonly Message[]) => {
          if (state.peer === peer) state.list = value;
        },
        apply,
        // Without them the conversation is as it was.
        fail: () => undefined,
      }).feed;
    },
    pin: (id: number, on: boolean): Promise<Outcome<null>> => call('message.pin', { account, id, on }),
  };
});
