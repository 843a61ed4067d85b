import { onBeforeUnmount, onMounted, type Ref } from 'vue';
import { useApp } from '../../stores/app';
import { useChats } from '../../stores/chats';
import { useSearch } from '../../stores/search';
import { useUi } from '../../stores/ui';
import { useBuzz } from '../conversation/use-buzz';
import { isShortcut, type ShortcutId } from './shortcut-list';
import { useNarrow } from './use-narrow';

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])';

const inDetails = (event: Event): boolean =>
  event.target instanceof Element && event.target.closest('aside[data-pane]') !== null;

/** Moves the focus to the next pane (or the one before), to what was focused there last or its first control. */
const rotate = (root: HTMLElement | null, back: boolean, last: WeakMap<Element, HTMLElement>): boolean => {
  const panes = [...(root?.querySelectorAll<HTMLElement>('[data-pane]') ?? [])];
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(here + (back ? -1 : 1) + panes.length) % panes.length];
  if (!next) return false;
  const before = last.get(next);
  const target =
    before?.isConnected && next.contains(before)
      ? before
      : (next.querySelector<HTMLElement>('[data-pane-start]') ?? next.querySelector<HTMLElement>(focusable));
  target?.focus();
  return true;
};

/** An open dialog or menu has the keyboard for itself. */
const isBusy = (): boolean => document.querySelector('.dlg, .menu') !== null;

type Acts = Partial<Record<ShortcutId, (event: KeyboardEvent) => boolean | undefined>>;
const listen = (acts: Acts): void => {
  const app = useApp();
  const key = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    for (const [id, act] of Object.entries(acts) as [ShortcutId, Acts[ShortcutId]][])
      if (act && isShortcut(event, id, app.platform)) {
        if (act(event) !== false) event.preventDefault();
        return;
      }
  };
  onMounted(() => window.addEventListener('keydown', key));
  onBeforeUnmount(() => window.removeEventListener('keydown', key));
};

/** Keys that work wherever one is signed in: the palette, the sheet of shortcuts. */
export const useAppShortcuts = (): void => {
  const ui = useUi();
  const toggle = (what: 'palette' | 'sheet') => (): boolean => {
    if (isBusy() && ui.over === null) return false;
    ui.over = ui.over === what ? null : what;
    return true;
  };
  listen({ palette: toggle('palette'), sheet: toggle('sheet') });
};

/** The shell's own keys (see the list): panes, search, chats, what opens beside them. False: the key was for another. */
export const useShortcuts = (root: Ref<HTMLElement | null>): void => {
  const app = useApp();
  const ui = useUi();
  const chats = useChats();
  const search = useSearch();
  const narrow = useNarrow();
  const { canBuzz, buzz } = useBuzz();
  const last = new WeakMap<Element, HTMLElement>();

  const find = (peer: string | null): undefined => {
    search.focus(peer);
    // The field is in the list, and only one pane fits.
    if (narrow.value) ui.closeChat();
  };
  /** Pinned ones, then the latest, round the ends; without an open chat the first or the last one. */
  const step = (by: -1 | 1): boolean => {
    const { steady } = chats;
    const here = steady.findIndex(({ peer }) => peer === ui.peer);
    const next = steady[(here < 0 && by < 0 ? steady.length - 1 : here + by + steady.length) % steady.length];
    if (!next || isBusy()) return false;
    ui.showChat(next.peer);
    return true;
  };
  listen({
    'next-pane': () => rotate(root.value, false, last),
    'previous-pane': () => rotate(root.value, true, last),
    leave: (event) => {
      if (!ui.details || event.defaultPrevented || isBusy() || !inDetails(event)) return false;
      ui.details = false;
      return true;
    },
    console: () => {
      ui.console = !ui.console;
      return true;
    },
    search: () => find(null),
    'search-chat': () => find(ui.peer),
    'own-window': () => {
      if (ui.peer === null || isBusy()) return false;
      void ui.openWindow(ui.peer);
      return true;
    },
    buzz: () => {
      if (ui.peer === null || isBusy() || !canBuzz(ui.peer)) return false;
      void buzz(ui.peer);
      return true;
    },
    settings: () => {
      ui.openSettings();
      return true;
    },
    'add-contact': () => {
      ui.addContact();
      return true;
    },
    'next-chat': () => step(1),
    'previous-chat': () => step(-1),
    'close-chat': () => {
      // On a Mac the same keys close the window once no chat is open.
      if (ui.peer === null || isBusy()) return app.platform !== 'darwin';
      ui.closeChat();
      return true;
    },
  });

  const remember = (event: FocusEvent): void => {
    const target = event.target as HTMLElement;
    const pane = target.closest('[data-pane]');
    if (pane) last.set(pane, target);
  };
  onMounted(() => window.addEventListener('focusin', remember));
  onBeforeUnmount(() => window.removeEventListener('focusin', remember));
};

/** The keys of a window with one conversation. */
export const useOwnWindowShortcuts = (): void => {
  const ui = useUi();
  const { canBuzz, buzz } = useBuzz();
  listen({
    buzz: () => {
      if (ui.peer === null || isBusy() || !canBuzz(ui.peer)) return false;
      void buzz(ui.peer);
      return true;
    },
    'close-chat': () => {
      if (isBusy()) return false;
      ui.closeChat();
      return true;
    },
  });
};
