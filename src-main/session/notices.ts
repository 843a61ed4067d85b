import type { AccountId } from '../../src-shared/model/account';
import type { Message } from '../../src-shared/model/conversation';
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
}

/** When a message makes a desktop notification, and when it is taken back. */
export interface Notices {
  /** Whether the user looks at this conversation now. */
  isSeen(peer: string): boolean;
  incoming(message: Message, name: string): void;
  /** Read here or elsewhere: the notification goes. */
  read(peer: string): void;
}

export interface NoticeActions {
  reply(peer: string, text: string): void;
  markRead(peer: string): void;
}

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
  return {
    isSeen,
    incoming(message, name) {
      const settings = owner.settings();
      const { peer } = message;
      if (!settings.notifications || owner.presence() === 'dnd' || isSeen(peer)) return;
      const t = owner.translate();
      ports.notifier.show({
        tag: tag(peer),
        title: name,
        body: settings.notificationText ? message.body.slice(0, 300) : t('notification.newMessage'),
        replyLabel: t('notification.reply'),
        markReadLabel: t('notification.markRead'),
        onClick: () => {
          owner.hub.emit({ topic: 'app', type: 'show-chat', account: owner.account, peer });
        },
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
