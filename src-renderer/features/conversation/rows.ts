import type { Gap } from '../../../src-shared/ipc/contract';
import type { Message } from '../../../src-shared/model/conversation';

/** Messages of one sender within this belong together (DESIGN.md "Group"). */
const groupSpan = 5 * 60_000;

/** What the message list draws, one entry a line. */
export type Row =
  /** `server`: older ones are in the archive, which gave none when it was asked. */
  | { readonly type: 'top'; readonly key: 'top'; readonly state: 'more' | 'loading' | 'start' | 'server' }
  | { readonly type: 'bottom'; readonly key: 'bottom' }
  | { readonly type: 'gap'; readonly key: string; readonly before: number; readonly state: Gap['state'] }
  | { readonly type: 'day'; readonly key: string; readonly at: number }
  | { readonly type: 'new'; readonly key: string; readonly count: number }
  /** What happened in a room, or a buzz. */
  | { readonly type: 'event'; readonly key: string; readonly message: Message }
  | {
      readonly type: 'message';
      readonly key: string;
      readonly message: Message;
      /** Begins a group: picture, name and time. */
      readonly first: boolean;
      /** Ends one: rounded off. */
      readonly last: boolean;
      /** Whether its delivery shows: waiting and failed always, the others on the last in that state. */
      readonly mark: boolean;
    };

/** Where "new messages" begins, and how many they are. */
export interface NewMark {
  readonly id: number;
  readonly count: number;
}

/** The local calendar day of a moment, as something to compare. */
const dayOf = (at: number): string => new Date(at).toDateString();

const rank = { waiting: 0, failed: 0, sent: 1, received: 2, read: 3 } as const;

/** The ids of own messages whose delivery shows: a state counts until a later message has come as far. */
export const markedDeliveries = (messages: readonly Message[]): ReadonlySet<number> => {
  const marked = new Set<number>();
  let reached = 0;
  for (const { id, delivery } of messages.toReversed()) {
    if (delivery === null) continue;
    const far = rank[delivery];
    if (far > 0 && far <= reached) continue;
    marked.add(id);
    reached = Math.max(reached, far);
  }
  return marked;
};

/**
 * Messages in order → rows: day lines, the "new" line, gaps, and messages grouped by sender within five minutes.
 * A gap that is open above the first message has no row: there the top line says it.
 */
export const buildRows = (
  messages: readonly Message[],
  mark: NewMark | null,
  gaps: readonly Gap[] = [],
): Row[] => {
  const rows: Row[] = [];
  const gapOf = new Map(gaps.map((gap) => [gap.before, gap.state]));
  const marked = markedDeliveries(messages);
  let before: Message | null = null;
  let groupStart = 0;
  let day = '';
  for (const message of messages) {
    const today = dayOf(message.at);
    const newDay = today !== day;
    const isNew = mark?.id === message.id;
    const gap = before === null && gapOf.get(message.id) === 'open' ? undefined : gapOf.get(message.id);
    const first: boolean =
      newDay ||
      isNew ||
      gap !== undefined ||
      message.kind !== 'chat' ||
      before?.kind !== 'chat' ||
      before.direction !== message.direction ||
      before.nick !== message.nick ||
      Math.abs(message.at - groupStart) >= groupSpan;
    if (first) {
      groupStart = message.at;
      const previous = rows.at(-1);
      if (previous?.type === 'message') rows[rows.length - 1] = { ...previous, last: true };
    }
    if (gap) rows.push({ type: 'gap', key: `gap ${String(message.id)}`, before: message.id, state: gap });
    if (newDay) rows.push({ type: 'day', key: `day ${today}`, at: message.at });
    if (isNew) rows.push({ type: 'new', key: 'new', count: mark.count });
    if (message.kind === 'event' || message.kind === 'buzz')
      rows.push({ type: 'event', key: `m${String(message.id)}`, message });
    else
      rows.push({
        type: 'message',
        key: `m${String(message.id)}`,
        message,
        first,
        last: false,
        mark: marked.has(message.id),
      });
    before = message;
    day = today;
  }
  const end = rows.at(-1);
  if (end?.type === 'message') rows[rows.length - 1] = { ...end, last: true };
  return rows.map(asBefore);
};

const drawn = new WeakMap<Message, Extract<Row, { type: 'message' }>>();
/** The very row of the time before, where nothing of it has changed: then it is not drawn again. */
const asBefore = (row: Row): Row => {
  if (row.type !== 'message') return row;
  const known = drawn.get(row.message);
  if (known && known.first === row.first && known.last === row.last && known.mark === row.mark) return known;
  drawn.set(row.message, row);
  return row;
};

/** Where the "new" line goes when a chat with `unread` messages opens: before the first of the last `unread` from them. */
export const newMarkOf = (messages: readonly Message[], unread: number): NewMark | null => {
  if (unread <= 0) return null;
  let seen = 0;
  let first: Message | null = null;
  for (const message of messages.toReversed()) {
    if (message.direction === 'out' || message.kind === 'event') continue;
    first = message;
    seen += 1;
    if (seen === unread) break;
  }
  return first === null ? null : { id: first.id, count: unread };
};

/** The day that a row belongs to, for the line that sticks to the top. */
export const dayAt = (rows: readonly Row[], index: number): number | null => {
  for (let at = Math.min(index, rows.length - 1); at >= 0; at -= 1) {
    const row = rows[at];
    if (row?.type === 'day') return row.at;
    if (row?.type === 'message' || row?.type === 'event') return row.message.at;
  }
  return null;
};
