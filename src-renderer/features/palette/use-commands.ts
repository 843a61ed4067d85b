import {
  Contrast,
  Eye,
  EyeOff,
  Keyboard,
  LogIn,
  LogOut,
  Megaphone,
  MessagesSquare,
  RefreshCw,
  Search,
  Settings2,
  SquareTerminal,
  UserPlus,
  UsersRound,
  X,
} from '@lucide/vue';
import { computed, type ComputedRef } from 'vue';
import { presenceKinds, type PresenceKind } from '../../../src-shared/model/presence';
import { useApp } from '../../stores/app';
import { useI18n } from '../../stores/i18n';
import { useSession } from '../../stores/session';
import { useUi } from '../../stores/ui';
import { keyWords } from '../shell/shortcut-list';
import { useViews } from '../shell/use-views';
import type { PaletteItem } from './items';
import { useChatCommands } from './use-chat-commands';

/** What one can do from anywhere, with its shortcut where it has one; what cannot be done now is not offered. */
export const useCommands = (signOut: () => void): ComputedRef<readonly PaletteItem[]> => {
  const app = useApp();
  const session = useSession();
  const { show } = useViews();
  const ui = useUi();
  const chat = useChatCommands();
  const { t } = useI18n();

  const setPresence = async (
    kind: PresenceKind,
    words?: Parameters<typeof session.setPresence>[1],
  ): Promise<void> => {
    const answer = await session.setPresence(kind, words);
    if (!answer.ok) ui.sayError(answer.error);
  };
  /** Back among the chats, where the command belongs. */
  const inShell = (act: () => void) => (): void => {
    ui.settings = null;
    act();
  };
  const presence = (): readonly PaletteItem[] =>
    presenceKinds
      .filter((kind) => kind !== 'invisible' || session.connection.canBeInvisible)
      .map((kind) => ({
        key: `presence ${kind}`,
        text: t('palette.presence', { kind: t(`presence.${kind}`) }),
        presence: kind,
        run: () => void setPresence(kind),
      }));
  /** Saved messages, each with the presence that it brings. */
  const saved = (): readonly PaletteItem[] =>
    app.settings.savedPresences.map(({ kind, text, clearAfter }, index) => ({
      key: `saved ${String(index)}`,
      text: t('palette.presence', { kind: text }),
      presence: kind,
      run: () => void setPresence(kind, { status: text, clearAfter }),
    }));

  return computed(() => {
    const { showOffline } = app.settings;
    const items: PaletteItem[] = [
      {
        key: 'search',
        text: t('shortcut.search'),
        icon: Search,
        keys: keyWords(t, 'search', app.platform),
        run: () => show('search'),
      },
      {
        key: 'settings',
        text: t('shell.settings'),
        icon: Settings2,
        keys: keyWords(t, 'settings', app.platform),
        run: () => show('settings'),
      },
      {
        key: 'sheet',
        text: t('shortcut.title'),
        icon: Keyboard,
        keys: keyWords(t, 'sheet', app.platform),
        run: () => {
          ui.over = 'sheet';
        },
      },
    ];
    if (session.online)
      items.unshift({
        key: 'add-contact',
        text: t('shell.add-contact'),
        icon: UserPlus,
        keys: keyWords(t, 'add-contact', app.platform),
        run: inShell(() => ui.addContact()),
      });
    if (session.online)
      items.push(
        ...(['group', 'channel', 'join'] as const).map((kind) => ({
          key: `room ${kind}`,
          text: t(kind === 'join' ? 'room.join' : `room.create-${kind}`),
          icon: kind === 'group' ? UsersRound : kind === 'channel' ? Megaphone : LogIn,
          run: inShell(() => {
            ui.roomDialog = { kind, jid: '' };
          }),
        })),
        {
          key: 'room browse',
          text: t('browse.open'),
          icon: MessagesSquare,
          run: inShell(() => {
            ui.roomDialog = { kind: 'browse', jid: '' };
          }),
        },
      );
    items.push(...presence(), ...saved(), ...chat());
    if (session.presence.status)
      items.push({
        key: 'clear-status',
        text: t('palette.clear-status'),
        icon: X,
        run: () => void setPresence(session.presence.kind, { status: null }),
      });
    if (session.connection.phase === 'waiting')
      items.push({
        key: 'retry',
        text: t('shell.retry-now'),
        icon: RefreshCw,
        run: () => void session.retry(),
      });
    for (const theme of ['light', 'dark', 'system'] as const)
      items.push({
        key: `theme ${theme}`,
        text: t('palette.theme', { theme: t(`settings.theme-${theme}`) }),
        icon: Contrast,
        run: () => void app.change({ theme }),
      });
    items.push(
      {
        key: 'offline',
        text: t(showOffline ? 'palette.offline-hide' : 'palette.offline-show'),
        icon: showOffline ? EyeOff : Eye,
        run: () => void app.change({ showOffline: !showOffline }),
      },
      {
        key: 'console',
        text: t('palette.console'),
        icon: SquareTerminal,
        keys: keyWords(t, 'console', app.platform),
        run: () => {
          if (ui.console && ui.settings === null) ui.console = false;
          else show('console');
        },
      },
      { key: 'sign-out', text: t('shell.sign-out'), icon: LogOut, run: signOut },
    );
    return items;
  });
};
