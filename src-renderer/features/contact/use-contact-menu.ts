import {
  AtSign,
  Ban,
  BellRing,
  Eye,
  EyeOff,
  FolderInput,
  MessageSquare,
  PanelRight,
  PencilLine,
  Tags,
  UserMinus,
  UserPlus,
} from '@lucide/vue';
import type { Component } from 'vue';
import type { Contact } from '../../../src-shared/model/contact';
import type { MenuEntry, MenuNode } from '../../components/menu';
import { useApp } from '../../stores/app';
import { useBlocked } from '../../stores/blocked';
import { useChats } from '../../stores/chats';
import { useI18n } from '../../stores/i18n';
import { useRoster } from '../../stores/roster';
import { useSession } from '../../stores/session';
import { useUi, type Placed } from '../../stores/ui';
import { useChatActs } from '../history/use-chat-acts';
import { useChatMenu } from '../sidebar/use-chat-menu';
import { useAddPeople } from '../room/use-add-people';
import { useRoomMenu } from '../room/use-room-menu';
import { useRequests } from '../sidebar/use-requests';
import { keyWords } from '../shell/shortcut-list';
import { halfActsOf, useHalfAct, type HalfAct } from './use-subscription';
import { canWatch, useWatch } from './use-watch';

const halfIcons: Readonly<Record<HalfAct, Component>> = {
  'ask-again': AtSign,
  'let-see': Eye,
  'stop-seeing': EyeOff,
  'stop-showing': EyeOff,
};

/** What can be done with a contact, as menu entries. */
export const useContactMenu = (): {
  /** With `at` in the contact list: where it stands there, and how its name is changed in place. */
  readonly contactMenu: (
    jid: string,
    at?: { readonly placed: Placed; readonly rename: () => void },
  ) => readonly MenuNode[];
} => {
  const app = useApp();
  const roster = useRoster();
  const session = useSession();
  const blocked = useBlocked();
  const chats = useChats();
  const { chatMenu, windowEntry } = useChatMenu();
  const { roomMenu } = useRoomMenu();
  const { adding } = useAddPeople();
  const { keeping, clearing } = useChatActs();
  const { block, unblock } = useRequests();
  const doHalf = useHalfAct();
  const watch = useWatch();
  const ui = useUi();
  const { t } = useI18n();

  /** Of the conversation, where there is one. */
  const kept = (peer: string): readonly MenuEntry[] => (chats.chat(peer)?.last ? keeping(peer) : []);
  const cleared = (peer: string): readonly MenuEntry[] => (chats.chat(peer)?.last ? [clearing(peer)] : []);
  const blocking = (jid: string): MenuEntry => {
    const is = blocked.has(jid);
    return {
      kind: 'item',
      key: 'block',
      text: t(is ? 'roster.unblock' : 'roster.block'),
      icon: Ban,
      disabled: !session.online,
      danger: !is,
      run: () => void (is ? unblock(jid) : block(jid)),
    };
  };
  /** Each half of a subscription by itself. */
  const halves = (contact: Contact, disabled: boolean): readonly MenuEntry[] =>
    halfActsOf(contact).map((act) => ({
      kind: 'item',
      key: act,
      text: t(`roster.${act}`),
      icon: halfIcons[act],
      disabled,
      run: () => void doHalf(act, contact.jid),
    }));
  const watching = (contact: Contact): readonly MenuEntry[] =>
    canWatch(contact)
      ? [
          {
            kind: 'item',
            key: 'watch',
            text: t('roster.watch'),
            icon: BellRing,
            toggle: true,
            checked: contact.watched ?? false,
            run: () => void watch(contact),
          },
        ]
      : [];
  const contactMenu = (
    jid: string,
    at?: { readonly placed: Placed; readonly rename: () => void },
  ): readonly MenuNode[] => {
    const ofRoom = roomMenu(jid);
    if (ofRoom) return [...ofRoom, ...kept(jid), ...cleared(jid)];
    const contact = roster.contact(jid);
    const disabled = !session.online;
    const entries: MenuNode[] = [
      {
        kind: 'item',
        key: 'chat',
        text: t('roster.open-chat'),
        icon: MessageSquare,
        run: () => ui.showChat(jid),
      },
      {
        kind: 'item',
        key: 'details',
        text: t('roster.show-details'),
        icon: PanelRight,
        run: () => ui.showDetails(jid),
      },
      windowEntry(jid),
      ...chatMenu(jid),
      ...adding(jid),
    ];
    if (!contact)
      return [
        ...entries,
        { kind: 'separator' },
        {
          kind: 'item',
          key: 'add',
          text: t('roster.add-this'),
          icon: UserPlus,
          disabled,
          run: () => ui.addContact(jid),
        },
        ...kept(jid),
        { kind: 'separator' },
        blocking(jid),
        ...cleared(jid),
      ];
    entries.push(...watching(contact), ...halves(contact, disabled));
    entries.push(...kept(jid));
    if (contact.shared) return [...entries, { kind: 'separator' }, blocking(jid), ...cleared(jid)];
    const open = (kind: 'rename' | 'groups' | 'remove') => (): void => {
      ui.dialog = { kind, jid };
    };
    return [
      ...entries,
      { kind: 'separator' },
      {
        kind: 'item',
        key: 'rename',
        text: t('roster.rename'),
        icon: PencilLine,
        disabled,
        ...(at ? { keys: keyWords(t, 'rename', app.platform) } : {}),
        run: at?.rename ?? open('rename'),
      },
      {
        kind: 'item',
        key: 'move',
        text: t('roster.move'),
        icon: FolderInput,
        disabled,
        run: () => {
          ui.dialog = { kind: 'move', placed: [at?.placed ?? { jid, from: null }] };
        },
      },
      {
        kind: 'item',
        key: 'groups',
        text: t('roster.edit-groups'),
        icon: Tags,
        disabled,
        run: open('groups'),
      },
      { kind: 'separator' },
      {
        kind: 'item',
        key: 'remove',
        text: t('roster.remove'),
        icon: UserMinus,
        disabled,
        danger: true,
        ...(at ? { keys: keyWords(t, 'remove', app.platform) } : {}),
        run: open('remove'),
      },
      blocking(jid),
      ...cleared(jid),
    ];
  };

  return { contactMenu };
};
