import type { Ref } from 'vue';
import { useApp } from '../../stores/app';
import { useChats } from '../../stores/chats';
import { useSearch } from '../../stores/search';
import { useUi } from '../../stores/ui';
import { useBuzz } from '../conversation/use-buzz';
import { useChatMenu } from '../sidebar/use-chat-menu';
import { isBusy } from './busy';
import { listen, type Acts } from './listen';
import { useNarrow } from './use-narrow';
import { usePanes } from './use-panes';
import { useViews } from './use-views';

const inDetails = (event: Event): boolean =>
  event.target instanceof Element && event.target.closest('aside[data-pane]') !== null;

/** Keys that work wherever one is signed in, in every window: the palette, the sheet of shortcuts, what can be gone to. */
export const useAppShortcuts = (): void => {
  const ui = useUi();
  const { show } = useViews();
  const toggle = (what: 'palette' | 'sheet') => (): boolean => {
    if (isBusy() && ui.over === null) return false;
    ui.over = ui.over === what ? null : what;
    return true;
  };
  /** Whatever is open in a dialog of the settings stays. */
  const unlessBusy = (act: () => void) => (): boolean => {
    if (isBusy()) return false;
    act();
    return true;
  };
  listen({
    palette: toggle('palette'),
    sheet: toggle('sheet'),
    search: unlessBusy(() => show('search')),
    settings: unlessBusy(() => {
      if (ui.settings === null) show('settings');
    }),
    console: unlessBusy(() => {
      if (ui.console && ui.settings === null) ui.console = false;
      else show('console');
    }),
    'add-contact': unlessBusy(() => {
      ui.settings = null;
      ui.addContact();
    }),
  });
};

/** Of the open conversation, in the shell and in a window of its own. */
const useBuzzKey = () => {
  const ui = useUi();
  const { canBuzz, buzz } = useBuzz();
  return (): boolean => {
    if (ui.peer === null || isBusy() || !canBuzz(ui.peer)) return false;
    void buzz(ui.peer);
    return true;
  };
};

/** In a list they are for the row that the keyboard stands on, even if there is nothing to set. */
const inList = (event: Event): boolean =>
  event.target instanceof Element && event.target.closest('[role=listbox], [role=tree]') !== null;

/** Without Shift they are a text field's own, or nearly: Ctrl+U underlines elsewhere, here it would close the chat one writes in. */
const isTyped = ({ target, shiftKey }: KeyboardEvent): boolean =>
  !shiftKey && target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;

/** Those of a row of the list, for the chat that is open: its menus show them too. */
const useRowKeys = (peer: () => string | null) => {
  const { chatKey } = useChatMenu();
  const ofRow = (event: KeyboardEvent): boolean => {
    const open = peer();
    if (open === null || event.defaultPrevented || isBusy() || inList(event) || isTyped(event)) return false;
    return chatKey(event, open);
  };
  return { pin: ofRow, mute: ofRow, archive: ofRow, unread: ofRow };
};

/** The shell's own keys (see the list): panes, chats, what opens beside them. False: the key was for another. */
export const useShortcuts = (root: Ref<HTMLElement | null>, isShown: () => boolean): void => {
  const app = useApp();
  const ui = useUi();
  const chats = useChats();
  const search = useSearch();
  const narrow = useNarrow();
  usePanes(root, isShown);

  /** Pinned ones, then the latest, round the ends; without an open chat the first or the last one. */
  const step = (by: -1 | 1): boolean => {
    const { steady } = chats;
    const here = steady.findIndex(({ peer }) => peer === ui.peer);
    const next = steady[(here < 0 && by < 0 ? steady.length - 1 : here + by + steady.length) % steady.length];
    if (!next || isBusy()) return false;
    ui.showChat(next.peer);
    return true;
  };
  const acts: Acts = {
    leave: (event) => {
      if (!ui.details || event.defaultPrevented || isBusy() || !inDetails(event)) return false;
      ui.details = false;
      return true;
    },
    'search-chat': () => {
      if (isBusy()) return false;
      search.focus(ui.peer);
      // The field is in the list, and only one pane fits.
      if (narrow.value) ui.closeChat();
      return true;
    },
    'own-window': () => {
      if (ui.peer === null || isBusy()) return false;
      void ui.openWindow(ui.peer);
      return true;
    },
    buzz: useBuzzKey(),
    ...useRowKeys(() => ui.peer),
    'next-chat': () => step(1),
    'previous-chat': () => step(-1),
    'close-chat': () => {
      // On a Mac the same keys close the window once no chat is open.
      if (ui.peer === null || isBusy()) return app.platform !== 'darwin';
      ui.closeChat();
      return true;
    },
  };
  listen(acts, isShown);
};

/** The keys of a window with one conversation: those of the chat, and those of its row in the list. */
export const useOwnWindowShortcuts = (root: Ref<HTMLElement | null>, peer: () => string): void => {
  const ui = useUi();
  const search = useSearch();
  usePanes(root);
  listen({
    'search-chat': () => {
      if (isBusy()) return false;
      search.focus(peer());
      return true;
    },
    buzz: useBuzzKey(),
    ...useRowKeys(peer),
    'close-chat': () => {
      if (isBusy()) return false;
      ui.closeChat();
      return true;
    },
  });
};
