import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { call } from '../bridge/bridge';
import type { AppEvent, MessagePage } from '../../src-shared/ipc/contract';
import type { CallError, Outcome } from '../../src-shared/ipc/errors';
import type { Message } from '../../src-shared/model/conversation';
import { openFeed, type Feed } from './stream';

export interface Page {
  readonly state: 'loading' | 'ready' | 'error';
  readonly error: CallError | null;
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Older ones exist. */
  readonly more: boolean;
  readonly loadingOlder: boolean;
}
const empty: Page = { state: 'loading', error: null, messages: [], more: false, loadingOlder: false };

const pageSize = 50;
const maxPage = 200;
/** Conversations kept in the window, so that going back to one shows it at once. */
const keep = 20;

/** Puts a message in its place: a known row is replaced, a new one goes where its time says, mostly at the end. */
export const placeMessage = (messages: readonly Message[], message: Message): readonly Message[] => {
  const known = messages.findLastIndex((item) => item.id === message.id);
  if (known >= 0) return messages.with(known, message);
  const before = messages.findLastIndex((item) => item.at <= message.at);
  return messages.toSpliced(before + 1, 0, message);
};

/** The open pages of messages, one for each conversation that was looked at lately. */
export const useMessages = defineStore('messages', () => {
  let account = '';
  const pages = shallowReactive(new Map<string, Page>());
  const feeds = new Map<string, Feed>();

  const set = (peer: string, part: Partial<Page>): void => {
    pages.set(peer, { ...(pages.get(peer) ?? empty), ...part });
  };
  const close = (peer: string): void => {
    feeds.get(peer)?.close();
    feeds.delete(peer);
    pages.delete(peer);
  };
  const apply = (peer: string, events: readonly AppEvent[]): void => {
    let { messages } = pages.get(peer) ?? empty;
    for (const event of events) {
      if (event.topic !== 'messages') continue;
      if (event.type === 'message') {
        if (event.message.peer === peer && event.account === account)
          messages = placeMessage(messages, event.message);
      } else if (event.peer === peer) messages = messages.filter((item) => item.id !== event.id);
    }
    set(peer, { messages });
  };

  /** Shows another account: whatever was open belongs to the one before. */
  const useAccount = (id: string | null): void => {
    for (const peer of [...feeds.keys()]) close(peer);
    account = id ?? '';
  };

  /** Loads a conversation's newest page and follows it; one that is open already is only marked as used last. */
  const open = async (peer: string): Promise<void> => {
    const kept = feeds.get(peer);
    if (kept) {
      feeds.delete(peer);
      feeds.set(peer, kept);
      return;
    }
    set(peer, empty);
    const opened = openFeed({
      topics: [`messages:${peer}`],
      load: () => {
        const shown = pages.get(peer)?.messages.length ?? 0;
        const limit = Math.min(maxPage, Math.max(pageSize, shown));
        return call('messages.page', { account, peer, before: null, limit });
      },
      put: (page: MessagePage) => set(peer, { ...page, state: 'ready', error: null, loadingOlder: false }),
      apply: (events) => apply(peer, events),
      fail: (error) => set(peer, { state: 'error', error }),
    });
    feeds.set(peer, opened.feed);
    const oldest = [...feeds.keys()][0];
    if (feeds.size > keep && oldest !== undefined) close(oldest);
    await opened.ready;
  };

  /** Puts the page before the oldest message shown in front of it. */
  const loadOlder = async (peer: string): Promise<void> => {
    const page = pages.get(peer);
    const first = page?.messages[0];
    if (!page?.more || page.loadingOlder || !first) return;
    set(peer, { loadingOlder: true });
    const answer = await call('messages.page', { account, peer, before: first.id, limit: pageSize });
    const now = pages.get(peer);
    if (!now || now.messages[0]?.id !== first.id) return;
    if (answer.ok) {
      const { messages, more } = answer.value.value;
      set(peer, { messages: [...messages, ...now.messages], more, loadingOlder: false });
    } else set(peer, { loadingOlder: false });
  };

  const send = async (peer: string, body: string): Promise<Outcome<Message>> => {
    const answer = await call('message.send', { account, peer, body });
    const page = pages.get(peer);
    if (answer.ok && page?.state === 'ready' && !page.messages.some((item) => item.id === answer.value.id))
      set(peer, { messages: placeMessage(page.messages, answer.value) });
    return answer;
  };

  return {
    page: (peer: string): Page => pages.get(peer) ?? empty,
    useAccount,
    open,
    close,
    reload: async (peer: string): Promise<void> => {
      set(peer, { state: 'loading', error: null });
      await feeds.get(peer)?.reload();
    },
    loadOlder,
    send,
    retry: (id: number): Promise<Outcome<null>> => call('message.retry', { account, id }),
    discard: (id: number): Promise<Outcome<null>> => call('message.discard', { account, id }),
  };
});
