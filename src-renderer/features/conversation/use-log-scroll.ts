import { computed, nextTick, onMounted, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { VirtualizerHandle } from 'virtua/vue';
import { dayAt, type Row } from './rows';

/** Nearer than this to the end counts as being there; nearer than the other to the top asks for older ones. */
const nearEnd = 48;
const nearTop = 800;

export interface LogScroll {
  /** True while rows come in front of those shown, so that what is read stays where it is. */
  readonly shift: Ref<boolean>;
  /** Whether the end is in sight; then it stays so when something comes. */
  readonly atEnd: Ref<boolean>;
  /** Hidden until it has been brought to its first place. */
  readonly placed: Ref<boolean>;
  /** The day at the top edge while its line is out of sight. */
  readonly topDay: ComputedRef<number | null>;
  /** Incoming messages since the end went out of sight. */
  readonly missed: ComputedRef<number>;
  readonly onScroll: () => void;
  readonly onResize: () => void;
  readonly toEnd: () => void;
}

/** The sticky day is as high as two lines of small text at most; text grows with the root's size. */
const stickyHeight = (): number => 1.75 * parseFloat(getComputedStyle(document.documentElement).fontSize);

const firstMessage = (rows: readonly Row[]): string | undefined =>
  rows.find(({ type }) => type === 'message')?.key;
const lastMessage = (rows: readonly Row[]): number =>
  rows.reduce((last, row) => (row.type === 'message' ? Math.max(last, row.message.id) : last), 0);

/** Keeps a list of messages at its end, at its "new" line, or where the reader is. */
export const useLogScroll = (
  rows: ComputedRef<Row[]>,
  view: Readonly<Ref<VirtualizerHandle | null>>,
  wantOlder: () => void,
): LogScroll => {
  const shift = ref(false);
  const atEnd = ref(true);
  const placed = ref(false);
  const topIndex = ref(0);
  /** The row at the lower edge of the sticky day: a day line there takes its place. */
  const nextIndex = ref(0);
  /** The newest message when the end went out of sight. */
  const seenTo = ref(0);

  const toEnd = (): void => {
    atEnd.value = true;
    view.value?.scrollToIndex(rows.value.length - 1, { align: 'end' });
  };
  const measure = (): void => {
    const list = view.value;
    if (!list || !placed.value) return;
    const end = list.scrollSize - list.scrollOffset - list.viewportSize < nearEnd;
    if (!end && atEnd.value) seenTo.value = lastMessage(rows.value);
    atEnd.value = end;
    topIndex.value = list.findItemIndex(list.scrollOffset);
    nextIndex.value = list.findItemIndex(list.scrollOffset + stickyHeight());
    if (list.scrollOffset < nearTop) wantOlder();
  };
  const place = async (): Promise<void> => {
    if (placed.value || rows.value.length === 0) return;
    await nextTick();
    const unread = rows.value.findIndex(({ type }) => type === 'new');
    if (unread === -1) toEnd();
    else {
      atEnd.value = false;
      seenTo.value = lastMessage(rows.value);
      view.value?.scrollToIndex(unread, { align: 'start' });
    }
    // The list measures its rows after the first frame; only then is the place right.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        placed.value = true;
        measure();
      }),
    );
  };

  watch(
    rows,
    (now, before) => {
      shift.value =
        before.length > 0 && now.length > before.length && firstMessage(now) !== firstMessage(before);
    },
    { flush: 'sync' },
  );
  watch(
    rows,
    () => {
      if (!placed.value) void place();
      else if (atEnd.value) toEnd();
    },
    { flush: 'post' },
  );
  onMounted(place);

  const topDay = computed(() => {
    const row = rows.value[topIndex.value];
    const next = rows.value[nextIndex.value];
    const shown = row?.type === 'day' || row?.type === 'top' || next?.type === 'day';
    return shown ? null : dayAt(rows.value, topIndex.value);
  });
  const missed = computed(() =>
    atEnd.value
      ? 0
      : rows.value.filter(
          (row) => row.type === 'message' && row.message.direction === 'in' && row.message.id > seenTo.value,
        ).length,
  );
  return {
    shift,
    atEnd,
    placed,
    topDay,
    missed,
    onScroll: measure,
    onResize: () => {
      if (atEnd.value) toEnd();
      // No scroll event comes when all of it fits again.
      requestAnimationFrame(measure);
    },
    toEnd,
  };
};
