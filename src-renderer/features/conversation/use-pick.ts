import type { Message } from '../../../src-shared/model/conversation';
import { keyOf } from '../../../src-shared/model/keyboard';
import type { Selection } from './use-selection';

/**
 * Choosing messages in the log: Ctrl or Shift and a click, a click alone while some are chosen; Space, Shift and arrows,
 * Ctrl+A by keyboard. Each answers whether the event was for it.
 */
export const usePick = (
  selection: Selection,
  find: (id: number) => Message | null,
): {
  readonly click: (event: MouseEvent) => void;
  /** Shift and a click would mark text. */
  readonly press: (event: MouseEvent) => void;
  readonly key: (event: KeyboardEvent) => boolean;
  /** After an arrow has moved the focus from one message to another. */
  readonly moved: (event: KeyboardEvent, from: Element | undefined, to: Element | undefined) => void;
} => {
  const idOf = (element: Element | null | undefined): number =>
    Number(element?.closest<HTMLElement>('[data-message]')?.dataset['message'] ?? NaN);
  const focused = (): number => idOf(document.activeElement);

  /** Whether a click here chooses: text that is marked, links and buttons stay what they are until something is chosen. */
  const isPick = (event: MouseEvent): boolean => {
    if (event.button !== 0 || !(event.target instanceof Element)) return false;
    if (Number.isNaN(idOf(event.target))) return false;
    if (selection.on.value) return true;
    if (!(event.ctrlKey || event.metaKey || event.shiftKey)) return false;
    if (event.target.closest('a, button, summary') !== null) return false;
    return !event.shiftKey || getSelection()?.isCollapsed !== false;
  };
  const press = (event: MouseEvent): void => {
    if (event.shiftKey && isPick(event)) event.preventDefault();
  };
  const click = (event: MouseEvent): void => {
    if (!isPick(event) || !(event.target instanceof Element)) return;
    const message = find(idOf(event.target));
    if (!message) return;
    event.preventDefault();
    event.stopPropagation();
    const before = focused();
    event.target.closest<HTMLElement>('[data-message]')?.focus({ preventScroll: true });
    if (event.shiftKey) selection.extend(message, Number.isNaN(before) ? null : before);
    else selection.toggle(message);
  };
  const key = (event: KeyboardEvent): boolean => {
    const mod = event.ctrlKey || event.metaKey;
    // A button within a message has its own keys.
    const onRow = document.activeElement?.matches('[data-message]') ?? false;
    const message = onRow ? find(focused()) : null;
    if (event.key === ' ' && message && !mod) {
      if (event.shiftKey) selection.extend(message);
      else selection.toggle(message);
    } else if (keyOf(event) === 'a' && mod && (message || selection.on.value)) selection.all();
    else if (event.key === 'Delete' && selection.on.value) selection.deleting.value = selection.chosen.value;
    else return false;
    event.preventDefault();
    return true;
  };
  const moved = (event: KeyboardEvent, from: Element | undefined, to: Element | undefined): void => {
    const message = find(idOf(to));
    if (event.shiftKey && message && from) selection.extend(message, idOf(from));
  };
  return { click, press, key, moved };
};
