import { onBeforeUnmount, onMounted, type Ref } from 'vue';
import { useSearch } from '../../stores/search';
import { useUi } from '../../stores/ui';
import { useNarrow } from './use-narrow';

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])';

const inDetails = (event: Event): boolean =>
  event.target instanceof Element && event.target.closest('aside[data-pane]') !== null;

/** Moves the focus to the next pane (or the one before), to what was focused there last or its first control. */
const rotate = (root: HTMLElement, back: boolean, last: WeakMap<Element, HTMLElement>): void => {
  const panes = [...root.querySelectorAll<HTMLElement>('[data-pane]')];
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(here + (back ? -1 : 1) + panes.length) % panes.length];
  if (!next) return;
  const before = last.get(next);
  const target =
    before?.isConnected && next.contains(before)
      ? before
      : (next.querySelector<HTMLElement>('[data-pane-start]') ?? next.querySelector<HTMLElement>(focusable));
  target?.focus();
};

/**
 * The shell's own keys: F6 and Shift+F6 go round the panes, Ctrl+K and Ctrl+Shift+F search,
 * Ctrl+F searches in the conversation that is shown, Ctrl+Shift+X opens the XML console, Ctrl+comma the settings,
 * Ctrl+N adds a contact, Escape leaves details.
 */
export const useShortcuts = (root: Ref<HTMLElement | null>): void => {
  const ui = useUi();
  const search = useSearch();
  const narrow = useNarrow();
  const last = new WeakMap<Element, HTMLElement>();

  const find = (peer: string | null): void => {
    search.focus(peer);
    // The field is in the list, and only one pane fits.
    if (narrow.value) ui.closeChat();
  };
  const key = (event: KeyboardEvent): void => {
    const control = event.ctrlKey || event.metaKey;
    const plain = event.key.toLowerCase();
    if (event.key === 'F6' && root.value) rotate(root.value, event.shiftKey, last);
    else if (event.key === 'Escape' && ui.details && !event.defaultPrevented && inDetails(event))
      ui.details = false;
    else if (control && event.shiftKey && plain === 'x') ui.console = !ui.console;
    else if (control && !event.shiftKey && plain === 'k') find(null);
    else if (control && plain === 'f') find(event.shiftKey ? null : ui.peer);
    else if (control && plain === ',') ui.openSettings();
    else if (control && !event.shiftKey && plain === 'n') ui.addContact();
    else return;
    event.preventDefault();
  };
  const remember = (event: FocusEvent): void => {
    const target = event.target as HTMLElement;
    const pane = target.closest('[data-pane]');
    if (pane) last.set(pane, target);
  };
  onMounted(() => {
    window.addEventListener('keydown', key);
    window.addEventListener('focusin', remember);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', key);
    window.removeEventListener('focusin', remember);
  });
};
