import { AppWindow, BellRing, CalendarDays, Download, FileText, Printer, Search, Trash2 } from '@lucide/vue';
import type { MenuEntry } from '../../components/menu';
import { useApp } from '../../stores/app';
import { useHistory } from '../../stores/history';
import { useI18n } from '../../stores/i18n';
import { useSearch } from '../../stores/search';
import { useUi } from '../../stores/ui';
import { useBuzz } from '../conversation/use-buzz';
import { useAddPeople } from '../room/use-add-people';
import { keyWords } from '../shell/shortcut-list';
import { useNarrow } from '../shell/use-narrow';

type Item = Extract<MenuEntry, { kind: 'item' }>;

/** What can be done with a conversation as a whole: its other side called, found in, gone to a day of, kept as a file, cleared. */
export const useChatActs = (): {
  /** For the menus of lists; the last is to stand with what else cannot be undone. */
  readonly keeping: (peer: string) => readonly MenuEntry[];
  readonly clearing: (peer: string) => MenuEntry;
  /** For the menu of the open conversation; `all`: with what has a button of its own where there is room for it. */
  readonly acts: (peer: string, all?: boolean) => readonly MenuEntry[];
} => {
  const app = useApp();
  const history = useHistory();
  const search = useSearch();
  const ui = useUi();
  const { t } = useI18n();
  const narrow = useNarrow();
  const { isOffered, canBuzz, buzz } = useBuzz();
  const { adding } = useAddPeople();

  const finding = (peer: string): Item => ({
    kind: 'item',
    key: 'search',
    text: t('shortcut.search-chat'),
    icon: Search,
    keys: keyWords(t, 'search-chat', app.platform),
    run: () => {
      search.focus(peer);
      // The field is in the list, which a narrow window shows by itself.
      if (!ui.own && narrow.value) ui.closeChat();
    },
  });
  const apart = (peer: string): Item => ({
    kind: 'item',
    key: 'window',
    text: t('chats.own-window'),
    icon: AppWindow,
    keys: keyWords(t, 'own-window', app.platform),
    run: () => void ui.openWindow(peer),
  });
  const day = (peer: string): Item => ({
    kind: 'item',
    key: 'day',
    text: t('history.day'),
    icon: CalendarDays,
    run: () => {
      ui.historyDialog = { kind: 'day', peer, at: Date.now() };
    },
  });
  const calling = (peer: string): Item => ({
    kind: 'item',
    key: 'buzz',
    text: t('conversation.buzz'),
    icon: BellRing,
    keys: keyWords(t, 'buzz', app.platform),
    disabled: !canBuzz(peer),
    run: () => void buzz(peer),
  });
  const pdf = async (peer: string): Promise<void> => {
    const answer = await history.exportTo(peer, 'pdf');
    if (!answer.ok) ui.sayError(answer.error);
  };
  const print = async (peer: string): Promise<void> => {
    const answer = await history.print(peer);
    if (!answer.ok) ui.sayError(answer.error);
  };
  const onPaper = (peer: string): readonly Item[] => [
    {
      kind: 'item',
      key: 'pdf',
      text: t('history.pdf'),
      icon: FileText,
      disabled: history.running,
      run: () => void pdf(peer),
    },
    {
      kind: 'item',
      key: 'print',
      text: t('history.print'),
      icon: Printer,
      disabled: history.running,
      run: () => void print(peer),
    },
  ];
  const exporting = (peer: string): Item => ({
    kind: 'item',
    key: 'export',
    text: t('roster.export'),
    icon: Download,
    disabled: history.running,
    run: () => {
      ui.historyDialog = { kind: 'export', peer };
    },
  });
  const clearing = (peer: string): Item => ({
    kind: 'item',
    key: 'delete',
    text: t('roster.delete-chat'),
    icon: Trash2,
    danger: true,
    disabled: history.running,
    run: () => {
      ui.historyDialog = { kind: 'delete', peer, months: null };
    },
  });
  return {
    keeping: (peer) => [{ kind: 'separator' }, day(peer), exporting(peer)],
    clearing,
    acts: (peer, all = false) => [
      ...(isOffered(peer) ? [calling(peer), { kind: 'separator' } as const] : []),
      ...(ui.own ? [] : [apart(peer)]),
      ...(all || narrow.value ? [finding(peer)] : []),
      day(peer),
      ...adding(peer),
      { kind: 'separator' },
      exporting(peer),
      ...onPaper(peer),
      clearing(peer),
    ],
  };
};
