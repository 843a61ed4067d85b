import { computed, shallowRef, type ComputedRef } from 'vue';
import type { Row } from './rows';

/**
 * The message that the keyboard stands on. It stays drawn wherever one scrolls, and so do the messages beside it, to which the arrows
 * go: with the message gone from the page the keyboard would stand nowhere.
 */
export const useLogPlace = (
  rows: ComputedRef<readonly Row[]>,
): {
  /** The places of the rows that stay drawn. */
  readonly kept: ComputedRef<number[]>;
  readonly on: Readonly<Record<'focusin' | 'focusout', (event: FocusEvent) => void>>;
} => {
  const here = shallowRef<string | null>(null);
  const isMessage = ({ type }: Row): boolean => type === 'message';
  const kept = computed(() => {
    const { value } = rows;
    const at = here.value === null ? -1 : value.findIndex(({ key }) => key === here.value);
    if (at === -1) return [];
    const before = value.findLastIndex((row, index) => index < at && isMessage(row));
    const after = value.findIndex((row, index) => index > at && isMessage(row));
    return [before, at, after].filter((index) => index !== -1);
  });
  return {
    kept,
    on: {
      focusin({ target }) {
        const message = target instanceof Element ? target.closest<HTMLElement>('[data-message]') : null;
        here.value = message ? `m${message.dataset['message'] ?? ''}` : null;
      },
      focusout({ currentTarget, relatedTarget }) {
        const inside = currentTarget instanceof Node && currentTarget.contains(relatedTarget as Node | null);
        // Where another window took it, this one gets it back where it was.
        if (!inside && document.hasFocus()) here.value = null;
      },
    },
  };
};
