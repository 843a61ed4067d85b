import { nextTick, watch, type Ref } from 'vue';

/** What a list of Reka gives to whoever moves its mark. */
export interface Listbox {
  readonly highlightFirstItem: () => void;
  readonly highlightItem: (value: string) => void;
  highlightedElement: HTMLElement | null;
}

/** There is always a row for Enter, whatever comes or goes later: the first, where the one that was marked is no more. */
export const useHighlight = (
  root: Readonly<Ref<Listbox | null>>,
  rows: () => unknown,
  count: () => number,
): void => {
  watch(
    rows,
    () =>
      void nextTick(() => {
        if (!root.value || root.value.highlightedElement?.isConnected) return;
        if (count() > 0) root.value.highlightFirstItem();
        else root.value.highlightedElement = null;
      }),
    { immediate: true, flush: 'post' },
  );
};
