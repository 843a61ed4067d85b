import type { ObjectDirective } from 'vue';
import { focusable } from './focusable';
import { isHome, whenNowhere } from './focus-home';

const mark = 'data-answered';

/** All that comes after it, then what is before it, the nearest first. */
const beside = (all: Iterable<HTMLElement>, gone: HTMLElement): readonly HTMLElement[] => {
  const others = [...all].filter((one) => !gone.contains(one));
  const isAfter = (one: HTMLElement): boolean =>
    (gone.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return [...others.filter(isAfter), ...others.filter((one) => !isAfter(one)).reverse()];
};

/**
 * Of a row that goes once one of its buttons was pressed: the keyboard goes on to the next row, or the one before, or what is
 * nearest. To the row and not to its buttons: so it is read, and whoever presses twice has answered one alone.
 */
export const vHandOn: ObjectDirective<HTMLElement> = {
  created: (row) => {
    row.tabIndex = -1;
    row.setAttribute(mark, '');
  },
  beforeUnmount: (row) => {
    const pane = row.closest('[data-pane]');
    if (!pane || !isHome(row)) return;
    const near = [`[${mark}]`, focusable].flatMap((what) =>
      beside(pane.querySelectorAll<HTMLElement>(what), row),
    );
    whenNowhere(() => near.find(({ isConnected }) => isConnected)?.focus());
  },
};
