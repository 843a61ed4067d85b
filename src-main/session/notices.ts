import type { AccountId } from '../../src-shared/model/account';
import {
  BUZZ_REST_MS,
  type ChatMarks,
  type Conversation,
  type Message,
} from '../../src-shared/model/conversation';
import type { NoticeKind } from '../../src-shared/model/notices';
import type { PresenceKind } from '../../src-shared/model/presence';
import type { RoomKind } from '../../src-shared/model/room';
import { roomRule } from '../../src-shared/model/room-rule';
import type { Settings } from '../../src-shared/model/settings';
import type { Translate } from '../../src-shared/i18n';
import { deedOf, saidBy, wordsOf } from '../../src-shared/i18n/words-of';
import type { Notice, Ports } from '../ports';
import type { Attention } from './attention';
import type { Hub } from './hub';
import type { Sounds } from './sounds';
import { createChatNotices } from './chat-notices';
import { createFlash } from './flash';
import { createOwnNotifier } from './own-notifier';

/** What the user looks at right now. */
export interface Front {
  /** The conversation in the window, if any. */
  peer: string | null;
  /** Whether its newest message is in sight, and not only what stands further up. */
  atEnd: boolean;
  /** Whether the window is in front of all others. */
  focused: boolean;
  /** Whether it can be seen at all (XEP-0352). */
  visible: boolean;
  /** Whether a window's page is there to hear events. */
  listening: boolean;
}

/** Who has come, as far as a notification says it. */
export interface Arrival {
  readonly jid: string;
  readonly name: string | null;
  readonly status: string | null;
}

/** When something makes a desktop notification, and when it is taken back. */
export interface Notices {
  /** Whether the user looks at the end of this conversation now: what comes is read. */
  isSeen(peer: string): boolean;
  /**
   * `chat` as it is after the commit: one that is read already makes none, a request (T31) a single quiet one. A buzz that comes
   * `live` is felt too, once a minute. One that was `corrected` just now, and names us by that, may be read long since.
   */
  incoming(message: Message, chat: Conversation, name: string, how?: 'live' | 'kept' | 'corrected'): void;
  /** Read here or elsewhere, blocked, deleted or put out of sight: the notification goes. */
  read(peer: string): void;
  /** It was taken back: a notification that has its words goes. */
  retracted(message: Message): void;
  /** The account is put away, and all that is told of it. */
  end(): void;
  /** Somebody new asks to be a contact. */
  contactRequest(jid: string): void;
  /** It was answered, or taken back. */
  contactRequestGone(jid: string): void;
  /** Somebody wants us in a room. `by`: a contact's name, or an address. `isContact`: it is sure to be one. */
  invitation(called: string, room: string, by: string | null, isContact: boolean): void;
  invitationGone(room: string): void;
  /** Somebody is there who was not. `wished`: the user asked to be told, so it is told whatever the settings say of this kind. False: not told. */
  cameOnline(who: Arrival, wished?: boolean): boolean;
  wentOffline(jid: string): void;
}

export interface NoticeActions {
  reply(peer: string, text: string): void;
  markRead(peer: string): void;
}

export interface NoticeOwner {
  readonly account: AccountId;
  readonly hub: Hub;
  readonly front: Front;
  readonly attention: Pick<Attention, 'allows'>;
  readonly sounds: Pick<Sounds, 'play' | 'leavesToDesktop'>;
  settings(): Settings;
  translate(): Translate;
  presence(): PresenceKind;
  kindOf(room: string): RoomKind;
}

/** What shall not be told of shall not be heard either; what is not shown at all may be. */
const isHeard = ({ mutedUntil }: ChatMarks, calls: boolean): boolean => mutedUntil === null && calls;

/** The conversation's own rule goes before the settings, and muted before everything. */
const isWanted = (marks: ChatMarks, settings: Settings, kind: NoticeKind, calls: boolean): boolean =>
  isHeard(marks, calls) &&
  (marks.rule !== 'default' || (settings.notifications && settings.notices[kind].show));

const nothing = (): void => undefined;

export const createNotices = (
  owner: NoticeOwner,
  ports: Pick<Ports, 'notifier' | 'taskbar' | 'clock'>,
  actions: NoticeActions,
): Notices => {
  const notifier = createOwnNotifier(ports.notifier);
  const { account, hub, front, sounds } = owner;
  const tag = (key: string): string => `${account}:${key}`;
  const isOpen = (peer: string): boolean => front.focused && front.peer === peer;
  /** Whatever is said to us; in a room what names us, or all of it, as the rule is that holds there. */
  const calls = ({ rule }: ChatMarks, { peer, nick, mention = false }: Message): boolean => {
    if (nick === undefined) return rule !== 'none';
    const there = roomRule(rule, owner.kindOf(peer), owner.settings().roomRules);
    return there === 'all' || (there === 'mentions' && mention);
  };
  /** Strangers of whom the user has been told: they are not told of again by each further message. */
  const asked = new Set<string>();
  /** Who wants to be a contact; one notification names them all. */
  const contacts = new Set<string>();
  const showChat = (peer: string): void => {
    hub.emit({ topic: 'app', type: 'show-chat', account, peer });
  };
  const allowed = (kind: NoticeKind): ReturnType<Attention['allows']> =>
    owner.presence() === 'dnd' ? null : owner.attention.allows(kind);
  const isOn = (kind: NoticeKind): boolean =>
    owner.settings().notifications && owner.settings().notices[kind].show;
  /** One that only says something, and takes no answer. */
  const plain = (
    key: string,
    notice: Pick<Notice, 'title' | 'body' | 'silent' | 'onClick'> & Partial<Notice>,
  ): void => {
    notifier.show({
      tag: tag(key),
      quiet: true,
      replyLabel: null,
      markReadLabel: null,
      onReply: nothing,
      onMarkRead: nothing,
      onDismiss: nothing,
      ...notice,
    });
  };
  /** When a buzz of each of them was felt the last time (XEP-0224 §4: one may be ignored that comes too soon). */
  const felt = new Map<string, number>();
  const isTooSoon = (peer: string): boolean =>
    ports.clock.monotonic() - (felt.get(peer) ?? -Infinity) < BUZZ_REST_MS;
  const feel = (peer: string): void => {
    felt.set(peer, ports.clock.monotonic());
    hub.emit({ topic: 'app', type: 'buzz', account, peer });
  };
  const flash = createFlash(owner, ports.taskbar);
  const chats = createChatNotices(owner, notifier, flash, { ...actions, showChat });

  /** Which messages a conversation's notification is of. */
  const told = new Map<string, Set<number>>();
  const read = (peer: string): void => {
    told.delete(peer);
    chats.read(peer);
    notifier.close(tag(peer));
  };

  const request = (peer: string): void => {
    if (owner.settings().contactsOnly || asked.has(peer)) return;
    asked.add(peer);
    // Neither a word of theirs nor a name that they gave themselves; and no way to answer before it is accepted.
    plain(peer, {
      title: owner.translate()('notification.request'),
      body: peer,
      silent: true,
      onClick: () => {
        showChat(peer);
      },
    });
  };
  /** Rooms that we are invited to, with who wants us there. */
  const invited = new Map<string, string>();
  const INVITATIONS = '?rooms';
  const showInvitations = (): void => {
    plain(INVITATIONS, {
      title: owner.translate()('notification.invitation', { count: invited.size }),
      body: [...invited.values()].slice(-3).join('\n'),
      silent: true,
      onClick: () => {
        hub.emit({ topic: 'app', type: 'show-requests', account });
      },
      onDismiss: () => {
        invited.clear();
      },
    });
  };
  const CONTACTS = '?';
  const showContacts = (silent: boolean): void => {
    plain(CONTACTS, {
      title: owner.translate()('notification.contactRequest', { count: contacts.size }),
      body: [...contacts].slice(-3).join('\n'),
      silent,
      onClick: () => {
        hub.emit({ topic: 'app', type: 'show-requests', account });
      },
      onDismiss: () => {
        contacts.clear();
      },
    });
  };

  return {
    isSeen: (peer) => isOpen(peer) && front.atEnd,
    incoming(message, chat, name, how = 'kept') {
      const { peer } = message;
      const kind = chat.standing === 'request' ? 'request' : 'message';
      const allows = allowed(kind);
      if (!allows) return;
      const called = calls(chat.marks, message);
      const heard = chat.standing === 'open' && isHeard(chat.marks, called);
      const calling = message.kind === 'buzz' && how === 'live' && heard && owner.settings().buzz;
      // Whoever goes on calling is not heard any better.
      if (calling && isTooSoon(peer)) return;
      if (calling) feel(peer);
      // Further up it is counted, and the conversation says so itself.
      if (isOpen(peer)) {
        if (heard) sounds.play(calling ? 'buzz' : 'message');
        return;
      }
      const wanted = isWanted(chat.marks, owner.settings(), kind, called);
      if (!wanted && !heard) return;
      if (chat.standing === 'request') request(peer);
      // Another device has shown it before it came here: nobody is told twice.
      if (chat.standing !== 'open' || (chat.unread === 0 && how !== 'corrected')) return;
      const sound = allows.sound && heard;
      const event = calling ? 'buzz' : 'elsewhere';
      if (sound) sounds.play(event);
      if (!wanted) return;
      const t = owner.translate();
      const text = wordsOf(t, message);
      const said = message.nick ? saidBy(t, message.nick, text) : (deedOf(t, name, text) ?? text);
      told.set(peer, (told.get(peer) ?? new Set()).add(message.id));
      chats.add(peer, name, said, {
        text: allows.text,
        sound: sound && sounds.leavesToDesktop(event),
      });
    },
    read,
    retracted({ peer, id }) {
      if (told.get(peer)?.has(id)) read(peer);
    },
    end() {
      notifier.end();
      flash.end();
    },
    contactRequest(jid) {
      const allows = allowed('contact');
      if (!allows || !isOn('contact') || owner.settings().contactsOnly) return;
      contacts.add(jid);
      flash.on(CONTACTS);
      if (allows.sound) sounds.play('elsewhere');
      showContacts(!(allows.sound && sounds.leavesToDesktop('elsewhere')));
    },
    contactRequestGone(jid) {
      const was = contacts.delete(jid);
      if (contacts.size === 0) flash.off(CONTACTS);
      if (!was) return;
      if (contacts.size === 0) notifier.close(tag(CONTACTS));
      else showContacts(true);
    },
    invitation(called, room, by, isContact) {
      if (!allowed('request') || !isOn('request')) return;
      if (owner.settings().contactsOnly && !isContact) return;
      invited.set(room, by === null ? called : owner.translate()('common.pair', { name: by, value: called }));
      flash.on(INVITATIONS);
      showInvitations();
    },
    invitationGone(room) {
      const was = invited.delete(room);
      if (invited.size === 0) flash.off(INVITATIONS);
      if (!was) return;
      if (invited.size === 0) notifier.close(tag(INVITATIONS));
      else showInvitations();
    },
    cameOnline({ jid, name, status }, wished = false) {
      const allows = allowed('online');
      if (allows) sounds.play('online');
      if (!allows || !(wished || isOn('online'))) return false;
      plain(`@${jid}`, {
        title: owner.translate()('notification.online', { name: name ?? jid }),
        body: allows.text ? (status ?? '').slice(0, 300) : '',
        silent: !sounds.leavesToDesktop('online'),
        onClick: () => {
          showChat(jid);
        },
      });
      return true;
    },
    wentOffline(jid) {
      if (owner.presence() !== 'dnd') sounds.play('offline');
      notifier.close(tag(`@${jid}`));
    },
  };
};
