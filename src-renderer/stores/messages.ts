import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { call } from '../bridge/bridge';
import type { CallArgs, CallResult, MessagePage } from '../../src-shared/ipc/contract';
import type { AppEvent } from '../../src-shared/ipc/events';
import type { Outcome } from '../../src-shared/ipc/errors';
import type { Message, MessageVersion } from '../../src-shared/model/conversation';
import {
  emptyPage,
  withMessage,
  withNewer,
  withOlder,
  withQuoted,
  withoutMessage,
  withoutFarEnd,
  type Page,
} from './message-list';
import { openFeed, type Feed } from './stream';

export type { Page } from './message-list';
type Anchor = CallArgs<'messages.page'>['anchor'];
type Answer = Outcome<CallResult<'messages.page'>>;

/** A message, and how far below the upper edge of the log it stands, in pixels. */
export interface Place {
  readonly id: number;
  readonly offset: number;
}

const pageSize = 50;
/** So many messages stand before the first one that is unread. */
const before = 10;
/** What main gives at most in one answer. */
const maxPage = 200;
/** Conversations kept in the window, so that going back to one shows it at once. */
const keep = 20;
/** While the archive fills up a conversation, it is read again this often at most. */
const calmMs = 150;
const mostTries = 3;

/** The open pages of messages, one for each conversation that was looked at lately. */
export const useMessages = defineStore('messages', () => {
  let account = '';
  const pages = shallowReactive(new Map<string, Page>());
  const feeds = new Map<string, Feed>();
  /** The row that the reader looks at; none at the end. */
  const places = new Map<string, Place>();
  /** Conversations on the way to their end: what is seen on the way is not looked at. */
  const homeward = new Set<string>();
  /** How many the first page of a conversation is to have: all that is unread, as far as one answer goes. */
  const wanted = new Map<string, number>();
  const calm = new Map<string, ReturnType<typeof setTimeout>>();

  const page = (peer: string): Page => pages.get(peer) ?? emptyPage;
  const set = (peer: string, part: Partial<Page>): void => {
    pages.set(peer, { ...page(peer), ...part });
  };
  const close = (peer: string): void => {
    feeds.get(peer)?.close();
    feeds.delete(peer);
    pages.delete(peer);
    places.delete(peer);
    clearTimeout(calm.get(peer));
    calm.delete(peer);
  };
  const ask = (peer: string, anchor: Anchor, limit = pageSize): Promise<Answer> =>
    call('messages.page', { account, peer, anchor, limit });

  /** What is shown, from main: round the reader's row, or the end. */
  const load = async (peer: string): Promise<Answer> => {
    const limit = Math.min(maxPage, Math.max(pageSize, page(peer).messages.length, wanted.get(peer) ?? 0));
    wanted.delete(peer);
    const place = places.get(peer);
    if (place === undefined) return ask(peer, null, limit);
    const answer = await ask(peer, { side: 'around', id: place.id }, limit);
    if (answer.ok || answer.error.code !== 'no-message') return answer;
    // The row was deleted meanwhile.
    places.delete(peer);
    return ask(peer, null, limit);
  };
  const refill = (peer: string): void => {
    if (calm.has(peer) || !feeds.has(peer)) return;
    calm.set(
      peer,
      setTimeout(() => {
        calm.delete(peer);
        void feeds.get(peer)?.reload();
      }, calmMs),
    );
  };
  /** All of a batch is one change: it may be hundreds of messages. */
  const apply = (peer: string, events: readonly AppEvent[]): void => {
    let now = page(peer);
    for (const event of events) {
      if (event.topic !== 'messages') continue;
      if (event.type === 'message') {
        if (event.message.peer !== peer || event.account !== account) continue;
        const change = withMessage(now, event.message);
        if (change) now = withQuoted({ ...now, ...change }, event.message);
        else refill(peer);
      } else if (event.peer !== peer || event.account !== account) continue;
      else if (event.type === 'filled') refill(peer);
      else now = { ...now, messages: withoutMessage(now.messages, event.id) };
    }
    now = withoutFarEnd(now, places.get(peer)?.id);
    if (now !== page(peer)) pages.set(peer, now);
  };

  /** Shows another account: whatever was open belongs to the one before. */
  const useAccount = (id: string | null): void => {
    for (const peer of [...feeds.keys()]) close(peer);
    account = id ?? '';
  };

  /**
   * Loads a conversation's newest page (or the one round `place`) and follows it; one that is open already is only
   * marked as used last.
   * @param unread so many are to be seen at once, with some before them
   */
  const open = async (peer: string, place?: number, unread = 0): Promise<void> => {
    const kept = feeds.get(peer);
    if (kept) {
      feeds.delete(peer);
      feeds.set(peer, kept);
      return;
    }
    set(peer, emptyPage);
    if (place !== undefined) places.set(peer, { id: place, offset: 0 });
    if (unread > 0) wanted.set(peer, unread + before);
    const opened = openFeed({
      topics: [`messages:${peer}`],
      load: () => load(peer),
      put: (answer: MessagePage) => set(peer, { ...emptyPage, ...answer, state: 'ready' }),
      apply: (events) => apply(peer, events),
      fail: (error) => {
        // What is shown stays; it is only not as new as it could be.
        if (page(peer).messages.length === 0) set(peer, { state: 'error', error });
      },
    });
    feeds.set(peer, opened.feed);
    const oldest = [...feeds.keys()][0];
    if (feeds.size > keep && oldest !== undefined) close(oldest);
    await opened.ready;
  };
  const again = async (peer: string): Promise<void> => {
    await feeds.get(peer)?.reload();
  };

  /** Reads one page more at an end, or what is missing above a row; nothing else is read meanwhile. */
  const read = async (
    peer: string,
    reading: NonNullable<Page['reading']>,
    anchor: NonNullable<Anchor>,
    put: (now: Page, answer: MessagePage) => Partial<Page>,
  ): Promise<void> => {
    if (page(peer).reading !== null) return;
    set(peer, { reading });
    const answer = await ask(peer, anchor);
    const now = pages.get(peer);
    // It was read again from the start meanwhile.
    if (now?.reading !== reading) return;
    set(peer, { ...(answer.ok ? put(now, answer.value.value) : { stuck: true }), reading: null });
  };
  /** Puts the page before the oldest message shown in front of it; `asked` by the user, not by scrolling. */
  const loadOlder = async (peer: string, asked = false): Promise<void> => {
    const { messages, older, stuck } = page(peer);
    const first = messages[0];
    if (!older || !first || (stuck && !asked)) return;
    await read(peer, 'older', { side: 'before', id: first.id }, (now, answer) =>
      now.messages[0]?.id === first.id ? withOlder(now, answer) : {},
    );
  };
  const loadNewer = async (peer: string): Promise<void> => {
    const { messages, newer } = page(peer);
    const last = messages.at(-1);
    if (!newer || !last) return;
    await read(peer, 'newer', { side: 'after', id: last.id }, (now, answer) =>
      now.messages.at(-1)?.id === last.id ? withNewer(now, answer) : {},
    );
  };
  /** Asks for what is missing above a row; then what is shown is read again. */
  const fillGap = async (peer: string, before: number): Promise<void> => {
    await read(peer, before, { side: 'before', id: before }, () => ({}));
    await again(peer);
  };

  /** Loads what stands round a message, unless it is there already; false when it is gone. */
  const jump = async (peer: string, id: number): Promise<boolean> => {
    const shown = (): boolean => page(peer).messages.some((item) => item.id === id);
    places.set(peer, { id, offset: 0 });
    if (feeds.has(peer)) {
      if (!shown()) await again(peer);
    } else await open(peer, id);
    return shown();
  };
  /** Back to the newest page, when what is shown does not reach it. */
  const toNewest = async (peer: string): Promise<void> => {
    places.delete(peer);
    homeward.add(peer);
    // A reading that another one has overtaken ends before anything is there.
    for (let tries = 0; page(peer).newer && tries < mostTries; tries++) await again(peer);
    homeward.delete(peer);
  };

  /** What was said just now stands in its place at once. */
  const shown = (peer: string, said: Outcome<Message>): Outcome<Message> => {
    if (said.ok && page(peer).state === 'ready') set(peer, withMessage(page(peer), said.value) ?? {});
    return said;
  };
  const send = async (
    peer: string,
    body: string,
    more: Pick<CallArgs<'message.send'>, 'answers' | 'spoiler'> = {},
  ): Promise<Outcome<Message>> => shown(peer, await call('message.send', { account, peer, body, ...more }));
  const buzz = async (peer: string): Promise<Outcome<Message>> =>
    shown(peer, await call('message.buzz', { account, peer }));
  /** Says a message of any conversation in this one too. */
  const forward = async (peer: string, id: number): Promise<Outcome<Message>> =>
    shown(peer, await call('message.forward', { account, peer, id }));
  const rewrite = async (id: number, body: string): Promise<Outcome<Message>> => {
    const answer = await call('message.rewrite', { account, id, body });
    if (answer.ok) set(answer.value.peer, withMessage(page(answer.value.peer), answer.value) ?? {});
    return answer;
  };
  const versions = async (id: number): Promise<Outcome<readonly MessageVersion[]>> => {
    const answer = await call('message.versions', { account, id });
    return answer.ok ? { ok: true, value: answer.value.value } : answer;
  };

  return {
    page,
    useAccount,
    open,
    close,
    reload: async (peer: string): Promise<void> => {
      set(peer, { state: 'loading', error: null });
      await again(peer);
    },
    /** Takes note of the row that the reader looks at; null at the end. */
    lookAt: (peer: string, place: Place | null): void => {
      if (homeward.has(peer)) return;
      if (place === null) places.delete(peer);
      else places.set(peer, place);
    },
    placeOf: (peer: string): Place | null => places.get(peer) ?? null,
    loadOlder,
    loadNewer,
    fillGap,
    jump,
    toNewest,
    send,
    forward,
    buzz,
    rewrite,
    versions,
    retry: (id: number): Promise<Outcome<null>> => call('message.retry', { account, id }),
    /** The first message at or after a moment, from the archive where that time was never read. */
    since: (peer: string, at: number): Promise<Outcome<CallResult<'messages.since'>>> =>
      call('messages.since', { account, peer, at }),
    /** Whether there are messages from each of these moments to the next. */
    days: async (peer: string, starts: readonly number[]): Promise<readonly boolean[]> => {
      const answer = await call('messages.days', { account, peer, starts: [...starts] });
      return answer.ok ? answer.value.value : [];
    },
    /** Deletes messages on this computer. */
    remove: (peer: string, ids: readonly number[]): Promise<Outcome<{ readonly deleted: number }>> =>
      call('message.delete', { account, peer, ids: [...ids] }),
    discard: (id: number): Promise<Outcome<null>> => call('message.discard', { account, id }),
    react: (id: number, emoji: string): Promise<Outcome<null>> =>
      call('message.react', { account, id, emoji }),
    moderate: (id: number, reason: string | null): Promise<Outcome<null>> =>
      call('message.moderate', { account, id, reason }),
    retract: (id: number): Promise<Outcome<null>> => call('message.retract', { account, id }),
  };
});
