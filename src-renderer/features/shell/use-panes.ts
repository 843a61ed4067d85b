import { onBeforeUnmount, onMounted, type Ref } from 'vue';
import { focusable } from '../../components/focusable';
import { isBusy } from './busy';
import { listen } from './listen';

/** Moves the focus to the next pane (or the one before), to what was focused there last or its first control. */
const rotate = (root: HTMLElement | null, back: boolean, last: WeakMap<Element, HTMLElement>): boolean => {
  if (isBusy()) return false;
  const panes = [...(root?.querySelectorAll<HTMLElement>('[data-pane]') ?? [])];
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(here + (back ? -1 : 1) + panes.length) % panes.length];
  if (!next) return false;
  const before = last.get(next);
  const target =
    before?.isConnected && next.contains(before)
      ? before
      : (next.querySelector<HTMLElement>('[data-pane-start]') ??
        next.querySelector<HTMLElement>(focusable) ??
        next);
  target.focus();
  return true;
};

/** The keys that go round the parts of a view: those that say `data-pane`. */
export const usePanes = (root: Ref<HTMLElement | null>, isShown?: () => boolean): void => {
  const last = new WeakMap<Element, HTMLElement>();
  listen(
    {
      'next-pane': () => rotate(root.value, false, last),
      'previous-pane': () => rotate(root.value, true, last),
    },
    isShown,
  );
  const remember = (event: FocusEvent): void => {
    const target = event.target as HTMLElement;
    const pane = target.closest('[data-pane]');
    if (pane) last.set(pane, target);
  };
  onMounted(() => window.addEventListener('focusin', remember));
  onBeforeUnmount(() => window.removeEventListener('focusin', remember));
};
