import type { Ref } from 'vue';

/** Where in a list the keyboard goes: to an end, to where it stood, or to the row with that key. */
export type Place = 'first' | 'last' | 'same' | { readonly row: string };

/** What a list lets its parent do. */
export interface FocusHandle {
  /** Takes the focus; false: there is no such row, or nothing to stand on. */
  readonly focus: (place?: Place) => boolean;
}
export interface ListHandle<Row> extends FocusHandle {
  readonly activate: (index: number) => void;
  /** Opens the row's context menu, as a click with the other button would. */
  readonly openMenu: (row: Row) => void;
}

/** Of a section with a list: folded, or with nothing in it, it sends the keyboard on to the next one. */
export const focusSection =
  (list: Readonly<Ref<FocusHandle | null>>, leave: (direction: -1 | 1) => boolean) =>
  (place: Place = 'same'): boolean => {
    if (list.value) return list.value.focus(place);
    return typeof place === 'string' && leave(place === 'last' ? -1 : 1);
  };
