import { call, onBatch } from '../bridge/bridge';
import type { Snapshot } from '../../src-shared/ipc/contract';
import type { AppEvent, EventBatch } from '../../src-shared/ipc/events';
import type { CallError, Outcome } from '../../src-shared/ipc/errors';

/**
 * Snapshot and stream (HOUSE.md "Decided now"): a projection asks for a snapshot, then applies every later event.
 *
 *   idle ──load──▶ loading ──snapshot──▶ live
 *                   ▲ │ events wait       │  events newer than the snapshot are applied at once
 *                   │ └─failed: a while───┤
 *                   └─hole in batches, another history
 */
export interface Projection {
  /** The topics' names as `window.subscribe` takes them. */
  readonly topics: readonly string[];
  readonly load: () => Promise<Outcome<Snapshot<unknown>>>;
  readonly put: (value: never) => void;
  /** Called once for each batch with the events that are news. */
  readonly apply: (events: readonly AppEvent[]) => void;
  readonly fail: (error: CallError) => void;
}

interface Entry {
  readonly projection: Projection;
  /** Change number of the snapshot, null while there is none. */
  change: number | null;
  /** Counts the loads, so that an overtaken answer is dropped. */
  turn: number;
  waiting: { readonly change: number; readonly event: AppEvent }[];
}

/** A store that was started anew (R27) answers again after moments. */
const retryMs = 2_000;
const entries = new Set<Entry>();
let lastBatch: number | null = null;
let stop: (() => void) | null = null;

const topicOf = (event: AppEvent): string => {
  if (event.topic === 'occupants') return `occupants:${event.peer}`;
  return event.topic === 'messages'
    ? `messages:${event.type === 'message' ? event.message.peer : event.peer}`
    : event.topic;
};

/** Events that are not part of any snapshot: they are told once, whatever their number. */
export type Signal = Extract<
  AppEvent,
  {
    type:
      | 'show-chat'
      | 'open-chat-window'
      | 'show-requests'
      | 'show-view'
      | 'buzz'
      | 'sound'
      | 'closed-to-taskbar'
      | 'refused'
      | 'xmpp-link'
      | 'typing'
      | 'denied'
      | 'history';
  }
>;
const signalTypes: readonly AppEvent['type'][] = [
  'show-chat',
  'open-chat-window',
  'show-requests',
  'show-view',
  'buzz',
  'sound',
  'closed-to-taskbar',
  'refused',
  'xmpp-link',
  'typing',
  'denied',
  'history',
];
const isSignal = (event: AppEvent): event is Signal => signalTypes.includes(event.type);
const signalListeners = new Set<(signal: Signal) => void>();

/** Listens to signals of the topics that are subscribed; returns the way to stop. */
export const onSignal = (listener: (signal: Signal) => void): (() => void) => {
  signalListeners.add(listener);
  return () => signalListeners.delete(listener);
};

const subscribe = (): Promise<unknown> =>
  call('window.subscribe', {
    topics: [...new Set([...entries].flatMap((entry) => entry.projection.topics))],
  });

const load = async (entry: Entry): Promise<void> => {
  const turn = ++entry.turn;
  entry.change = null;
  entry.waiting = [];
  const answer = await entry.projection.load();
  if (turn !== entry.turn || !entries.has(entry)) return;
  if (!answer.ok) {
    entry.projection.fail(answer.error);
    // Without a snapshot no event counts: what is shown would stay as it is for good.
    setTimeout(() => {
      if (turn === entry.turn && entries.has(entry)) void load(entry);
    }, retryMs);
    return;
  }
  entry.change = answer.value.change;
  entry.projection.put(answer.value.value as never);
  const late = entry.waiting.filter((item) => item.change > answer.value.change).map((item) => item.event);
  entry.waiting = [];
  if (late.length > 0) entry.projection.apply(late);
};

const take = ({ batch, events }: EventBatch): void => {
  const missed = lastBatch !== null && batch !== lastBatch + 1;
  lastBatch = batch;
  for (const { event } of events)
    if (isSignal(event)) for (const listener of signalListeners) listener(event);
  if (missed || events.some(({ event }) => event.type === 'history-anew')) {
    for (const entry of entries) void load(entry);
    return;
  }
  for (const entry of entries) {
    const { topics } = entry.projection;
    const mine = events.filter((item) => !isSignal(item.event) && topics.includes(topicOf(item.event)));
    if (mine.length === 0) continue;
    if (entry.change === null) entry.waiting.push(...mine);
    else {
      const since = entry.change;
      const news = mine.filter((item) => item.change > since).map((item) => item.event);
      if (news.length > 0) entry.projection.apply(news);
    }
  }
};

/** A projection's hold on the stream. */
export interface Feed {
  /** Asks again from the start. */
  readonly reload: () => Promise<void>;
  readonly close: () => void;
}

/** Subscribes to the projection's topics and loads its snapshot; resolves once it is shown (or has failed). */
export const openFeed = (projection: Projection): { readonly feed: Feed; readonly ready: Promise<void> } => {
  stop ??= onBatch(take);
  const entry: Entry = { projection, change: null, turn: 0, waiting: [] };
  entries.add(entry);
  // Main takes the two in the order in which they are sent: to wait for the first would only make it later.
  void subscribe();
  const ready = load(entry);
  return {
    ready,
    feed: {
      reload: () => load(entry),
      close: () => {
        entries.delete(entry);
        void subscribe();
      },
    },
  };
};

/** Forgets everything: for tests, and before the page goes. */
export const closeStream = (): void => {
  stop?.();
  stop = null;
  entries.clear();
  signalListeners.clear();
  lastBatch = null;
};
