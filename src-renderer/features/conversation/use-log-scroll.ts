import { computed, nextTick, onBeforeUnmount, onMounted, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { VirtualizerHandle } from 'virtua/vue';
import { useApp } from '../../stores/app';
import type { Place } from '../../stores/messages';
import { leastHeight, lineRem } from './row-height';
import { dayAt, type Row } from './rows';

/** Nearer than this to the end counts as being there; nearer than the other to an end asks for more there. */
const nearEnd = 48;
const nearPage = 800;
/** What changed its size, the text or the window say, moves by itself for so long. */
const settleMs = 300;
/** What a hand has moved goes on moving for so long. */
const handMs = 1_000;
/** New rows are measured within this many frames. */
const measureFrames = 8;
/** What is in sight has been there for so long when more is drawn. */
const roomMs = 100;

/** A row, and how far below the upper edge it stands. */
interface Anchor {
  readonly key: string;
  readonly offset: number;
}
/** What the list wants of the conversation while one scrolls. */
export interface LogWants {
  readonly older: () => void;
  readonly newer: () => void;
  /** An open gap is in sight. */
  readonly gap: (before: number) => void;
  /** The row that the reader looks at; null at the end. */
  readonly look: (place: Place | null) => void;
  /** The message to begin with, whatever else there is. */
  readonly start: () => number | null;
  /** Where the reader was when he left; the "new" line goes before it. */
  readonly place: () => Place | null;
}

export interface LogScroll {
  /** How high a row is taken to be that was never drawn, in pixels. Too high, and it takes the list many frames to fill the screen. */
  readonly rowHeight: number;
  /** True while rows come in front of those shown, so that what is read stays where it is. */
  readonly shift: Ref<boolean>;
  /** Whether the newest message is in sight; then it stays so when something comes. */
  readonly atEnd: Ref<boolean>;
  /** It has been brought to its first place, and the list itself knows where that is. */
  readonly placed: Ref<boolean>;
  /** What is beyond the edges is drawn too: a moment after what is in sight, or once one scrolls. */
  readonly roomy: Ref<boolean>;
  /** The day at the top edge while its line is out of sight. */
  readonly topDay: ComputedRef<number | null>;
  readonly onScroll: () => void;
  readonly onResize: () => void;
  readonly toEnd: () => void;
  /** The user scrolls: nothing is held in its place any more. */
  readonly release: () => void;
  /** Brings a row to the middle. */
  readonly toRow: (key: string) => void;
}

/** The sticky day is as high as two lines of small text at most, in rem. */
const stickyRem = 1.75;

const isMessage = (row: Row): row is Extract<Row, { type: 'message' }> => row.type === 'message';
const indexOf = (rows: readonly Row[], key: string | null): number =>
  key === null ? -1 : rows.findIndex((row) => row.key === key);

/**
 * Keeps a list of messages at its end, at its "new" line, or where the reader is: whatever comes, goes or moves further
 * up (R9), the row at the upper edge stays where it stands.
 */
export const useLogScroll = (
  rows: ComputedRef<Row[]>,
  view: Readonly<Ref<VirtualizerHandle | null>>,
  scroller: Readonly<Ref<HTMLElement | null>>,
  wants: LogWants,
): LogScroll => {
  const app = useApp();
  /** Reckoned, not asked for: the browser would have to lay out all that is new first. */
  const pixels = (rem: number): number => rem * 16 * (app.settings.textSize / 100);
  const stickyHeight = computed(() => pixels(stickyRem));
  const fromEnd =
    wants.start() === null && wants.place() === null && rows.value.every(({ type }) => type !== 'new');
  const rowHeight = pixels(fromEnd ? leastHeight(rows.value, globalThis.innerHeight / pixels(1)) : lineRem);
  const shift = ref(false);
  const atEnd = ref(true);
  const placed = ref(false);
  const roomy = ref(false);
  let room: ReturnType<typeof setTimeout> | undefined;
  const topIndex = ref(0);
  /** The row at the lower edge of the sticky day: a day line there takes its place. */
  const nextIndex = ref(0);
  /** The rows that are drawn, and where the row that the reader looks at stands in them. */
  let drawn: readonly Row[] = [];
  let anchor: Anchor | null = null;
  let held: Anchor | null = null;
  /** Where the upper edge was when it was measured last, and how high the list and its window were. */
  let offset = 0;
  let size = 0;
  let height = 0;
  let resizedAt = -Infinity;
  let movedAt = -Infinity;
  /** Whether it is the reader who goes up: by hand, or where nothing else moves it (a screen reader brings rows into sight). */
  const isReader = (): boolean => {
    const now = performance.now();
    return now - movedAt < handMs || now - resizedAt > settleMs;
  };

  let ending = false;
  const toEnd = (): void => {
    // What was held in its place would come back there in the next frame.
    held = null;
    atEnd.value = true;
    // Much asks for it at once, and for each scroll the browser lays out all that is new.
    if (ending) return;
    ending = true;
    void nextTick(() => {
      ending = false;
      if (atEnd.value) view.value?.scrollToIndex(rows.value.length - 1, { align: 'end' });
    });
  };
  const toRow = (key: string): void => {
    const index = indexOf(rows.value, key);
    if (index < 0) return;
    held = null;
    atEnd.value = false;
    view.value?.scrollToIndex(index, { align: 'center' });
    // No scroll event comes when it is in sight already.
    requestAnimationFrame(() => requestAnimationFrame(measure));
  };
  const measure = (): void => {
    const list = view.value;
    const all = rows.value;
    if (!list || !placed.value || all !== drawn) return;
    const below = list.scrollSize - list.scrollOffset - list.viewportSize;
    const more = all.at(-1)?.type === 'bottom';
    if (list.scrollSize !== size || list.viewportSize !== height) resizedAt = performance.now();
    if (!more && below < nearEnd) atEnd.value = true;
    else if (more || (list.scrollOffset < offset && isReader())) atEnd.value = false;
    // What is there has grown, in a narrower window say: only who goes up leaves the end.
    else if (atEnd.value) toEnd();
    offset = list.scrollOffset;
    size = list.scrollSize;
    height = list.viewportSize;
    topIndex.value = list.findItemIndex(list.scrollOffset);
    nextIndex.value = list.findItemIndex(list.scrollOffset + stickyHeight.value);
    const bottom = list.findItemIndex(list.scrollOffset + list.viewportSize);
    const seen = all.slice(topIndex.value, bottom + 1);
    const read = atEnd.value ? undefined : seen.find(isMessage);
    wants.look(
      read
        ? { id: read.message.id, offset: list.getItemOffset(all.indexOf(read)) - list.scrollOffset }
        : null,
    );
    for (const row of seen) if (row.type === 'gap' && row.state === 'open') wants.gap(row.before);
    if (more && below < nearPage) wants.newer();
    if (list.scrollOffset < nearPage) wants.older();
  };
  const place = async (): Promise<void> => {
    if (placed.value || rows.value.length === 0) return;
    await nextTick();
    const row = (id: number | undefined): number =>
      id === undefined ? -1 : indexOf(rows.value, `m${String(id)}`);
    const left = wants.place();
    const start = row(wants.start() ?? undefined);
    const unread = rows.value.findIndex(({ type }) => type === 'new');
    const place = row(left?.id);
    const bring = (index: number, to: Parameters<VirtualizerHandle['scrollToIndex']>[1]): void => {
      atEnd.value = false;
      view.value?.scrollToIndex(index, to);
    };
    if (start >= 0) bring(start, { align: 'center' });
    // Below the sticky day, which would lie over it.
    else if (unread >= 0) bring(unread, { align: 'start', offset: -stickyHeight.value });
    else if (place >= 0) bring(place, { align: 'start', offset: -(left?.offset ?? 0) });
    else toEnd();
    // It stands there in the first frame that has rows; the list knows it from the scroll event, which is of the next one.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        placed.value = true;
        room = setTimeout(() => (roomy.value = true), roomMs);
        measure();
      }),
    );
  };

  /** Where the first message at the upper edge stands now, before the list is drawn anew. */
  const findAnchor = (): void => {
    const list = view.value;
    if (!list || !placed.value || anchor) return;
    const from = list.findItemIndex(list.scrollOffset);
    const row = drawn.slice(from).find(isMessage);
    if (row) anchor = { key: row.key, offset: list.getItemOffset(drawn.indexOf(row)) - list.scrollOffset };
  };
  /** Brings it back there, again until the rows round it have been measured; `release` ends that. */
  const keepAnchor = (kept: Anchor, frames: number): void => {
    const list = view.value;
    const index = indexOf(rows.value, kept.key);
    if (!list || index < 0 || held !== kept) return;
    const offset = list.getItemOffset(index) - list.scrollOffset;
    if (Math.abs(offset - kept.offset) > 1) list.scrollTo(list.getItemOffset(index) - kept.offset);
    if (frames > 0) requestAnimationFrame(() => keepAnchor(kept, frames - 1));
  };
  watch(
    rows,
    (now) => {
      findAnchor();
      const first = drawn.find(isMessage)?.key;
      const last = drawn.findLast(isMessage)?.key;
      shift.value =
        first !== undefined &&
        now.length !== drawn.length &&
        now.find(isMessage)?.key !== first &&
        now.findLast(isMessage)?.key === last;
    },
    { flush: 'sync' },
  );
  watch(
    rows,
    (now) => {
      drawn = now;
      if (!placed.value) void place();
      else if (atEnd.value && now.at(-1)?.type !== 'bottom') toEnd();
      else if (!shift.value && anchor) {
        held = anchor;
        keepAnchor(anchor, measureFrames);
      }
      anchor = null;
      if (placed.value) requestAnimationFrame(measure);
    },
    { flush: 'post', immediate: true },
  );
  onMounted(place);
  const onResize = (): void => {
    resizedAt = performance.now();
    if (atEnd.value) toEnd();
    // No scroll event comes when all of it fits again.
    requestAnimationFrame(measure);
  };
  /** The list tells of its own size; the pane's changes with the window, the console and the composer. */
  const resized = new ResizeObserver(onResize);
  onMounted(() => scroller.value && resized.observe(scroller.value));
  onBeforeUnmount(() => {
    resized.disconnect();
    clearTimeout(room);
  });

  const topDay = computed(() => {
    const row = rows.value[topIndex.value];
    const next = rows.value[nextIndex.value];
    const shown = row?.type === 'day' || row?.type === 'top' || row?.type === 'gap' || next?.type === 'day';
    return shown ? null : dayAt(rows.value, topIndex.value);
  });
  return {
    rowHeight,
    shift,
    atEnd,
    placed,
    roomy,
    topDay,
    onScroll: measure,
    onResize,
    toEnd,
    release: () => {
      held = null;
      movedAt = performance.now();
      roomy.value = placed.value;
    },
    toRow,
  };
};
