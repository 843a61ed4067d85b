import type { AppEvent, EventBatch, NumberedEvent } from '../../src-shared/ipc/events';

/** What the hub has to know of a window. */
export interface HubWindow {
  send(batch: EventBatch): void;
  /** On screen, as far as main knows. */
  isVisible(): boolean;
}

interface Timer {
  cancel(): void;
}
/** Calls back once, after so many milliseconds. */
export type After = (ms: number, run: () => void) => Timer;

const VISIBLE_MS = 16;
const HIDDEN_MS = 250;
/** To write more changes than this in one go would hold up this process, and to read them the window. */
const MAX_CHANGES = 500;
/** As many of them as a message takes the window, for which it lays out a row. */
const MESSAGE_COST = 20;

/**
 * Tells each window the events of the topics that it has asked for, in batches on main's own clock: 16 ms while it is
 * on screen, 250 ms while it is not, each of so many changes at most. A reload starts the window over.
 */
export interface WindowHub {
  add(id: number, window: HubWindow): void;
  remove(id: number): void;
  /** A new page in the window: it has subscribed to nothing yet. */
  reset(id: number): void;
  subscribe(id: number, topics: readonly string[]): void;
  push(event: NumberedEvent): void;
  /** An event of the desktop itself, told under the number of the last change. */
  tell(event: AppEvent): void;
}

interface Entry {
  readonly window: HubWindow;
  topics: ReadonlySet<string>;
  batch: number;
  events: NumberedEvent[];
  timer: Timer | null;
}

export const createWindowHub = (after: After): WindowHub => {
  const entries = new Map<number, Entry>();
  let change = 0;
  /** Clicking a notification can make the window: what it is to show waits until its page listens. */
  let parked: NumberedEvent | null = null;

  const flush = (entry: Entry): void => {
    entry.timer?.cancel();
    entry.timer = null;
    if (entry.events.length === 0) return;
    const events = entry.events.splice(0, fitting(entry.events));
    entry.batch += 1;
    entry.window.send({ batch: entry.batch, events });
    if (entry.events.length > 0) flushAfter(entry, VISIBLE_MS);
  };
  const flushAfter = (entry: Entry, ms: number): void => {
    entry.timer ??= after(ms, () => {
      entry.timer = null;
      flush(entry);
    });
  };
  const queue = (entry: Entry, event: NumberedEvent): void => {
    entry.events.push(event);
    flushAfter(entry, entry.window.isVisible() ? VISIBLE_MS : HIDDEN_MS);
  };
  const push = (event: NumberedEvent): void => {
    change = event.change;
    const topic = topicOf(event.event);
    let heard = false;
    for (const entry of entries.values()) {
      if (!entry.topics.has(topic)) continue;
      queue(entry, event);
      heard = true;
    }
    if (!heard && isParked(event.event)) parked = event;
  };
  const reset = (id: number): void => {
    const entry = entries.get(id);
    if (!entry) return;
    entry.timer?.cancel();
    Object.assign(entry, { topics: new Set(), batch: 0, events: [], timer: null });
  };
  return {
    add: (id, window) => {
      entries.set(id, { window, topics: new Set(), batch: 0, events: [], timer: null });
    },
    remove: (id) => {
      entries.get(id)?.timer?.cancel();
      entries.delete(id);
    },
    reset,
    subscribe: (id, topics) => {
      const entry = entries.get(id);
      if (!entry) return;
      entry.topics = new Set(topics);
      if (!parked || !entry.topics.has(topicOf(parked.event))) return;
      queue(entry, parked);
      parked = null;
    },
    push,
    tell: (event) => {
      push({ change, event });
    },
  };
};

/** An event of a room tells of many people. */
const costOf = (event: AppEvent): number => {
  if (event.topic === 'occupants') return event.changed.length + event.gone.length;
  return event.type === 'message' ? MESSAGE_COST : 1;
};

/** How many of these make up one batch. */
const fitting = (events: readonly NumberedEvent[]): number => {
  let changes = 0;
  const end = events.findIndex(({ event }) => {
    changes += costOf(event);
    return changes > MAX_CHANGES;
  });
  return end === -1 ? events.length : Math.max(1, end);
};

const PARKED: readonly AppEvent['type'][] = [
  'show-chat',
  'show-requests',
  'show-view',
  'closed-to-taskbar',
  'refused',
  'xmpp-link',
];
const isParked = ({ type }: AppEvent): boolean => PARKED.includes(type);

/** The topic of a conversation, and of who is in a room, carries its address. */
const topicOf = (event: AppEvent): string => {
  if (event.topic === 'occupants') return `occupants:${event.peer}`;
  if (event.topic !== 'messages') return event.topic;
  return `messages:${event.type === 'message' ? event.message.peer : event.peer}`;
};
