import type { AppView } from '../../../src-shared/ipc/states';
import { call } from '../../bridge/bridge';
import { useSearch } from '../../stores/search';
import { useUi } from '../../stores/ui';
import { settingIndex } from '../settings/setting-index';
import { useNarrow } from './use-narrow';

/** What is gone to from everywhere, always in the main window: out of the settings, and out of a window with one conversation. */
export const useViews = (): {
  /** @param about the title of a setting, or what is searched for */
  readonly show: (view: AppView, about?: string | null) => void;
} => {
  const search = useSearch();
  const ui = useUi();
  const narrow = useNarrow();
  const ways: Readonly<Record<AppView, (about: string | null) => void>> = {
    settings: (about) => {
      const entry = settingIndex.find(({ title }) => title === about);
      ui.openSettings(entry?.page, entry?.title);
    },
    search: (about) => {
      ui.settings = null;
      search.focus(null);
      if (about !== null) search.query = about;
      // The field is in the list, and only one pane fits.
      if (narrow.value) ui.closeChat();
    },
    console: () => {
      ui.settings = null;
      ui.console = true;
    },
  };
  return {
    show: (view, about = null) => {
      if (ui.own) void call('app.show', { view, about });
      else ways[view](about);
    },
  };
};
