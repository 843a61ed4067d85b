import {
  AppWindow,
  Archive,
  ArchiveRestore,
  Bell,
  BellOff,
  BellRing,
  Mail,
  MailOpen,
  Pin,
  PinOff,
} from '@lucide/vue';
import type { MenuEntry, MenuNode } from '../../components/menu';
import { forGood, type ChatMarks, type Conversation } from '../../../src-shared/model/conversation';
import { useApp } from '../../stores/app';
import { useChats } from '../../stores/chats';
import { useRooms } from '../../stores/rooms';
import { useI18n } from '../../stores/i18n';
import { useUi } from '../../stores/ui';
import { isShortcut, keyWords } from '../shell/shortcut-list';
import { ruleChoices } from './rule-choices';

const hour = 3_600_000;
/** The end of today: eight in the morning, when people begin. */
const tomorrow = (now: number): number => {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, 8).getTime();
};
/** Each has a shortcut of its name. */
const names = ['pin', 'mute', 'archive', 'unread'] as const;

/** What can be set for a conversation: entries for its menu, and the keys that do the same in the list. */
export const useChatMenu = (): {
  readonly chatMenu: (peer: string) => readonly MenuNode[];
  /** What it notifies of, and for how long it is not to: one flat menu, in reach of one click. */
  readonly bellMenu: (peer: string) => readonly MenuEntry[];
  /** Opens a window for the conversation alone. */
  readonly windowEntry: (peer: string) => Extract<MenuEntry, { kind: 'item' }>;
  readonly chatKey: (event: KeyboardEvent, peer: string) => boolean;
} => {
  const chats = useChats();
  const rooms = useRooms();
  const app = useApp();
  const ui = useUi();
  const { t, format } = useI18n();

  const mark = async (peer: string, marks: Partial<ChatMarks>): Promise<void> => {
    const answer = await chats.mark(peer, marks);
    if (!answer.ok) ui.sayError(answer.error);
  };
  const acts = (chat: Conversation) => {
    const { peer, unread, marks } = chat;
    const isUnread = unread > 0 || marks.unread;
    return {
      pin: () => mark(peer, { pinned: !marks.pinned }),
      mute: () => mark(peer, { mutedUntil: marks.mutedUntil === null ? forGood : null }),
      archive: () => mark(peer, { archived: !marks.archived }),
      unread: async () => {
        if (isUnread) {
          const answer = await chats.read(peer);
          if (!answer.ok) ui.sayError(answer.error);
          return;
        }
        // The one that is shown would be read again at once.
        if (ui.peer === peer) ui.closeChat();
        await mark(peer, { unread: true });
      },
    };
  };
  const unmuting = ({ peer, marks }: Conversation): MenuEntry | null =>
    marks.mutedUntil === null
      ? null
      : {
          kind: 'item',
          key: 'unmute',
          text:
            marks.mutedUntil === forGood
              ? t('chats.unmute')
              : t('chats.unmute-until', { time: format.value.full(marks.mutedUntil) }),
          icon: Bell,
          keys: keyWords(t, 'mute', app.platform),
          run: () => void mark(peer, { mutedUntil: null }),
        };
  const mutings = ({ peer }: Conversation): readonly MenuEntry[] => {
    const choice = (
      key: 'hour' | 'hours' | 'tomorrow' | 'good',
      end: (now: number) => number,
    ): MenuEntry => ({
      kind: 'item',
      key,
      text: t(`chats.mute-${key}`),
      ...(key === 'good' ? { keys: keyWords(t, 'mute', app.platform) } : {}),
      run: () => void mark(peer, { mutedUntil: end(Date.now()) }),
    });
    return [
      choice('hour', (now) => now + hour),
      choice('hours', (now) => now + 8 * hour),
      choice('tomorrow', tomorrow),
      choice('good', () => forGood),
    ];
  };
  const rules = ({ peer, marks }: Conversation): readonly MenuEntry[] =>
    ruleChoices(rooms.room(peer), app.settings.roomRules, t).map(({ rule, text }) => ({
      kind: 'item',
      key: rule,
      text,
      checked: marks.rule === rule,
      run: () => void mark(peer, { rule }),
    }));
  const bellMenu = (peer: string): readonly MenuEntry[] => {
    const chat = chats.chat(peer);
    if (chat?.standing !== 'open') return [];
    const unmute = unmuting(chat);
    return [
      { kind: 'caption', text: t('chats.rule') },
      ...rules(chat),
      { kind: 'separator' },
      ...(unmute ? [unmute] : [{ kind: 'caption', text: t('chats.mute') } as const, ...mutings(chat)]),
    ];
  };

  const chatMenu = (peer: string): readonly MenuNode[] => {
    const chat = chats.chat(peer);
    if (chat?.standing !== 'open') return [];
    const { marks } = chat;
    const act = acts(chat);
    const isUnread = chat.unread > 0 || marks.unread;
    return [
      { kind: 'separator' },
      {
        kind: 'item',
        key: 'pin',
        text: t(marks.pinned ? 'chats.unpin' : 'chats.pin'),
        icon: marks.pinned ? PinOff : Pin,
        keys: keyWords(t, 'pin', app.platform),
        run: () => void act.pin(),
      },
      unmuting(chat) ?? {
        kind: 'sub',
        key: 'mute',
        text: t('chats.mute'),
        icon: BellOff,
        entries: mutings(chat),
      },
      { kind: 'sub', key: 'rule', text: t('chats.rule'), icon: BellRing, entries: rules(chat) },
      {
        kind: 'item',
        key: 'unread',
        text: t(isUnread ? 'chats.mark-read' : 'chats.mark-unread'),
        icon: isUnread ? MailOpen : Mail,
        keys: keyWords(t, 'unread', app.platform),
        run: () => void act.unread(),
      },
      {
        kind: 'item',
        key: 'archive',
        text: t(marks.archived ? 'chats.unarchive' : 'chats.archive'),
        icon: marks.archived ? ArchiveRestore : Archive,
        keys: keyWords(t, 'archive', app.platform),
        run: () => void act.archive(),
      },
    ];
  };
  const chatKey = (event: KeyboardEvent, peer: string): boolean => {
    const name = names.find((one) => isShortcut(event, one, app.platform));
    const chat = chats.chat(peer);
    if (!name || chat?.standing !== 'open') return false;
    void acts(chat)[name]();
    return true;
  };
  return {
    chatMenu,
    bellMenu,
    windowEntry: (peer) => ({
      kind: 'item',
      key: 'window',
      text: t('chats.own-window'),
      icon: AppWindow,
      ...(ui.peer === peer ? { keys: keyWords(t, 'own-window', app.platform) } : {}),
      run: () => void ui.openWindow(peer),
    }),
    chatKey,
  };
};
