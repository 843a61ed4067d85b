import type { Ports } from '../ports';
import type { Attention } from './attention';
import type { Flash } from './flash';
import { addTo, bodyOf, type NoticeGroup } from './notice-groups';
import type { NoticeActions, NoticeOwner } from './notices';

/** More conversations than these share one notification. */
const MOST = 4;
/** No bare JID. */
const SUMMARY = '*';

/**
 * Notifications of messages: one for each conversation, which names the newest and is replaced, never stacked; one for all of
 * them once they are many, until all is read.
 *
 *   none ──message──▶ one for each ──the fifth conversation──▶ one for all
 *    ▲                 │ read, put away                          │
 *    └─────────────────┴──────────all read, put away─────────────┘
 */
export interface ChatNotices {
  add(peer: string, name: string, text: string, allows: Allowed): void;
  read(peer: string): void;
}

type Allowed = NonNullable<ReturnType<Attention['allows']>>;

export const createChatNotices = (
  owner: NoticeOwner,
  notifier: Ports['notifier'],
  flash: Flash,
  actions: NoticeActions & { showChat(peer: string): void },
): ChatNotices => {
  const groups = new Map<string, NoticeGroup>();
  let summed = false;
  const tag = (key: string): string => `${owner.account}:${key}`;
  const forget = (): void => {
    groups.clear();
    summed = false;
  };

  const showOne = (peer: string, group: NoticeGroup, { text, sound }: Allowed): void => {
    const t = owner.translate();
    const { name, count } = group;
    notifier.show({
      tag: tag(peer),
      title: count === 1 ? name : t('notification.several', { name, count }),
      body: text ? bodyOf(group) : t('notification.newMessage', { count }),
      quiet: false,
      silent: !sound,
      replyLabel: t('notification.reply'),
      markReadLabel: t('notification.markRead'),
      onClick: () => {
        actions.showChat(peer);
      },
      onReply: (words) => {
        actions.reply(peer, words);
        // Whoever answers has read what is answered.
        actions.markRead(peer);
      },
      onMarkRead: () => {
        actions.markRead(peer);
      },
      onDismiss: () => {
        groups.delete(peer);
      },
    });
  };
  const showAll = (silent: boolean): void => {
    const t = owner.translate();
    const newest = [...groups].reverse();
    const count = newest.reduce((sum, [, group]) => sum + group.count, 0);
    notifier.show({
      tag: tag(SUMMARY),
      title: t('notification.summary', { count, chats: groups.size }),
      body: newest
        .slice(0, MOST)
        .map(([, group]) => t('notification.several', { name: group.name, count: group.count }))
        .join('\n'),
      quiet: false,
      silent,
      replyLabel: null,
      markReadLabel: t('notification.markRead'),
      onClick: () => {
        const [first] = newest;
        forget();
        if (first) actions.showChat(first[0]);
      },
      onReply: () => undefined,
      onMarkRead: () => {
        const peers = [...groups.keys()];
        forget();
        for (const peer of peers) actions.markRead(peer);
      },
      onDismiss: forget,
    });
  };

  return {
    add(peer, name, text, allows) {
      const group = addTo(groups.get(peer), name, text);
      // The newest last.
      groups.delete(peer);
      groups.set(peer, group);
      flash.on(peer);
      if (!summed && groups.size <= MOST) {
        showOne(peer, group, allows);
        return;
      }
      if (!summed) for (const one of groups.keys()) notifier.close(tag(one));
      summed = true;
      showAll(!allows.sound);
    },
    read(peer) {
      flash.off(peer);
      if (!groups.delete(peer) || !summed) return;
      summed = groups.size > 0;
      if (summed) showAll(true);
      else notifier.close(tag(SUMMARY));
    },
  };
};
