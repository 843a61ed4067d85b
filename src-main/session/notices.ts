import type { AccountId } from '../../src-shared/model/account';
import type { ChatMarks, Conversation, Message } from '../../src-shared/model/conversation';
import type { PresenceKind } from '../../src-shared/model/presence';
import type { Settings } from '../../src-shared/model/settings';
import type { Translate } from '../../src-shared/i18n';
import type { Ports } from '../ports';
import type { Hub } from './hub';

/** What the user looks at right now. */
export interface Front {
  /** The conversation in the window, if any. */
  peer: string | null;
  /** Whether the window is in front of all others. */
  focused: boolean;
  /** Whether it can be seen at all (XEP-0352). */
  visible: boolean;
}

/** When a message makes a desktop notification, and when it is taken back. */
export interface Notices {
  /** Whether the user looks at this conversation now. */
  isSeen(peer: string): boolean;
  /** `chat` as it is after the commit: one that is read already makes none, a request (T31) a single quiet one. */
  incoming(message: Message, chat: Conversation, name: string): void;
  /** Read here or elsewhere, blocked or put out of sight: the notification goes. */
  read(peer: string): void;
}

export interface NoticeActions {
  reply(peer: string, text: string): void;
  markRead(peer: string): void;
}

/** The conversation's own rule goes before the settings, and muted before everything. */
const isWanted = ({ mutedUntil, rule }: ChatMarks, settings: Settings): boolean =>
  mutedUntil === null && (rule === 'default' ? settings.notifications : rule === 'all');

export const createNotices = (
  owner: {
    readonly account: AccountId;
    readonly hub: Hub;
    readonly front: Front;
    settings(): Settings;
    translate(): Translate;
    presence(): PresenceKind;
  },
  ports: Pick<Ports, 'notifier'>,
  actions: NoticeActions,
): Notices => {
  const tag = (peer: string): string => `${owner.account}:${peer}`;
  const isSeen = (peer: string): boolean => owner.front.focused && owner.front.peer === peer;
  /** Strangers of whom the user has been told: they are not told of again by each further message. */
  const asked = new Set<string>();
  const showChat = (peer: string) => (): void => {
    owner.hub.emit({ topic: 'app', type: 'show-chat', account: owner.account, peer });
  };
  const request = (peer: string): void => {
    if (asked.has(peer)) return;
    asked.add(peer);
    const t = owner.translate();
    // Neither a word of theirs nor a name that they gave themselves; and no way to answer before it is accepted.
    ports.notifier.show({
      tag: tag(peer),
      title: t('notification.request'),
      body: peer,
      quiet: true,
      replyLabel: null,
      markReadLabel: null,
      onClick: showChat(peer),
      onReply: () => undefined,
      onMarkRead: () => undefined,
    });
  };
  return {
    isSeen,
    incoming(message, chat, name) {
      const settings = owner.settings();
      const { peer } = message;
      if (owner.presence() === 'dnd' || isSeen(peer) || !isWanted(chat.marks, settings)) return;
      if (chat.standing === 'request') request(peer);
      // Another device has shown it before it came here: nobody is told twice.
      if (chat.standing !== 'open' || chat.unread === 0) return;
      const t = owner.translate();
      ports.notifier.show({
        tag: tag(peer),
        title: name,
        body: settings.notificationText ? message.body.slice(0, 300) : t('notification.newMessage'),
        quiet: false,
        replyLabel: t('notification.reply'),
        markReadLabel: t('notification.markRead'),
        onClick: showChat(peer),
        onReply: (text) => {
          actions.reply(peer, text);
          // Whoever answers has read what is answered.
          actions.markRead(peer);
        },
        onMarkRead: () => {
          actions.markRead(peer);
        },
      });
    },
    read(peer) {
      ports.notifier.close(tag(peer));
    },
  };
};
