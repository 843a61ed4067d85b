import { defineStore } from 'pinia';
import { nextTick, ref, shallowRef, watch } from 'vue';
import type { RoomStatus } from '../../src-shared/model/room';
import type { RoomAct } from '../../src-shared/model/room-powers';
import type { RoomRegistration } from '../../src-shared/model/room-registration';
import { call } from '../bridge/bridge';
import type { CallError, ErrorCode } from '../../src-shared/ipc/errors';
import type { TextKey, TextParams } from '../../src-shared/i18n';
import { parseXmppLink, type XmppLink } from '../../src-shared/model/xmpp-link';
import { useApp } from './app';
import { ownChatOf } from './own-chat';

export type SettingsPage =
  | 'account'
  | 'profile'
  | 'presence'
  | 'appearance'
  | 'language'
  | 'privacy'
  | 'storage'
  | 'connection'
  | 'chat'
  | 'notifications'
  | 'sounds'
  | 'start-up'
  | 'shortcuts'
  | 'about';

/** A sentence of the catalogue, with what stands in it. */
export interface Sentence {
  readonly key: TextKey;
  readonly params?: TextParams;
}
/** One sentence to tell, in the language that is chosen by then: of the catalogue, of an error, or put together. */
export type Notice = (Sentence | { readonly error: CallError } | { readonly words: () => string }) & {
  /** It only confirms what the user did, and goes once the user goes on. */
  readonly passing?: true;
};

/** A contact where it stands in the list: once in each of its groups; `from` is null where no group is meant. */
export interface Placed {
  readonly jid: string;
  readonly from: string | null;
}
/** A dialog about one contact, or several. */
export type ContactDialog =
  | { readonly kind: 'rename' | 'groups' | 'remove'; readonly jid: string }
  | { readonly kind: 'remove-group'; readonly path: string }
  | { readonly kind: 'move' | 'remove-many' | 'block-many'; readonly placed: readonly Placed[] };
/** A dialog about a room; to join one, with what is known of it. */
export type RoomDialog =
  | { readonly kind: 'join'; readonly jid: string; readonly status?: RoomStatus }
  /** With somebody in it from the start: out of a conversation with him, or several that were chosen. */
  | { readonly kind: 'group' | 'channel'; readonly jid: string; readonly people?: readonly string[] }
  | { readonly kind: 'act'; readonly jid: string; readonly act: RoomAct; readonly nick: string }
  | { readonly kind: 'browse'; readonly jid: '' }
  | { readonly kind: 'give-back'; readonly jid: string; readonly kept: RoomRegistration }
  | {
      readonly kind: 'leave' | 'subject' | 'invite' | 'describe' | 'destroy' | 'lists' | 'form' | 'register';
      readonly jid: string;
    };
/** A dialog about what is kept; of all conversations where the peer is null. */
export type HistoryDialog =
  | { readonly kind: 'export'; readonly peer: string | null }
  /** Which day of a conversation to go to; `at` is within the day that is shown. */
  | { readonly kind: 'day'; readonly peer: string; readonly at: number }
  | { readonly kind: 'delete'; readonly peer: string | null; readonly months: 1 | 6 | 12 | null };
/** A message to jump to; a new object each time it is asked for. */
export interface Target {
  readonly peer: string;
  readonly id: number;
}

/** What is open in this window; nothing of it is kept anywhere. */
export const useUi = defineStore('ui', () => {
  /** The sign-in screen is shown: there is no account, the first sign-in is under way, or the user asked for it. */
  const signIn = ref(false);
  const app = useApp();
  /** The conversation that this window is for; null: the main window. */
  const own = ownChatOf((globalThis.location as Location | undefined)?.hash ?? '');
  /** Bare JID of the conversation that is shown. */
  const peer = ref<string | null>(own?.peer ?? null);
  /** The conversation whose newest message is in sight. */
  const atEnd = ref<string | null>(null);
  const details = ref(false);
  const settings = ref<SettingsPage | null>(null);
  const console = ref(false);
  const adding = ref(false);
  /** People are looked for in the server's directory. */
  const finding = ref(false);
  /** The address that the add dialog starts with. */
  const addingJid = ref('');
  /** The group that it starts with. */
  const addingGroup = ref<string | null>(null);
  const dialog = ref<ContactDialog | null>(null);
  const roomDialog = ref<RoomDialog | null>(null);
  const historyDialog = ref<HistoryDialog | null>(null);
  /** A link to somebody, or to a room, that was clicked or handed over: the user decides. */
  const link = shallowRef<XmppLink | null>(null);
  /** A text that is to stand in the composer of a conversation; a new object each time. */
  const offered = shallowRef<{ readonly peer: string; readonly text: string } | null>(null);
  const target = shallowRef<Target | null>(
    own && own.message !== null ? { peer: own.peer, id: own.message } : null,
  );
  /** It was brought into sight: who comes back to its conversation comes back to where he was. */
  const reached = shallowRef<Target | null>(null);
  /** The buttons above the composer are shown. */
  const styling = ref(false);
  const notice = shallowRef<Notice | null>(null);
  /** What lies over everything: the command palette, the sheet of shortcuts. */
  const over = ref<'palette' | 'sheet' | null>(null);
  /** A contact calls: the window shakes as long as this says so. */
  const shaking = ref(false);
  /** Who waits to be let in is to be seen, and has the keyboard; until the list has shown them. */
  const requests = ref(false);
  /** The row of the settings that was looked for: its title's key. */
  const settingsRow = ref<TextKey | null>(null);

  /** Whether a conversation is shown in another window; that one comes to the front. */
  const isShownElsewhere = (jid: string, message: number | null): boolean => {
    const account = app.accounts[0]?.account.id ?? '';
    if (own && jid !== own.peer) void call('chat.show', { account, peer: jid, message });
    else if (!own && app.chatWindows.includes(jid))
      void call('chat.openWindow', { account, peer: jid, message });
    else return false;
    return true;
  };
  const showChat = (jid: string): void => {
    if (isShownElsewhere(jid, null)) return;
    target.value = null;
    peer.value = jid;
    settings.value = null;
  };
  /** The conversation that was closed last, until the list has taken the keyboard to its row. */
  const left = ref<string | null>(null);
  const closeChat = (): void => {
    if (own) {
      window.close();
      return;
    }
    left.value = peer.value;
    peer.value = null;
    details.value = false;
  };

  /** What did not work. @param own what some errors mean here */
  const sayError = (error: CallError, own: Partial<Record<ErrorCode, TextKey>> = {}): void => {
    const key = own[error.code];
    notice.value = key ? { key } : { error };
  };
  watch(
    () => app.refused,
    (error) => {
      if (error) sayError(error, { internal: 'settings.refused' });
    },
  );
  /** The user goes on: what was done needs no confirmation any more. */
  const goOn = (): void => {
    if (notice.value?.passing) notice.value = null;
  };
  watch([peer, settings], goOn, { flush: 'sync' });

  return {
    own,
    signIn,
    peer,
    atEnd,
    seeEnd: (jid: string, is: boolean): void => {
      if (is) atEnd.value = jid;
      else if (atEnd.value === jid) atEnd.value = null;
    },
    details,
    settings,
    console,
    adding,
    addingJid,
    addingGroup,
    finding,
    dialog,
    roomDialog,
    notice,
    styling,
    historyDialog,
    link,
    offered,
    /** T22: nothing comes of it but a question. */
    follow: (url: string): void => {
      link.value = parseXmppLink(url);
      if (!link.value) notice.value = { key: 'link.refused' };
      // The question is asked where the conversations are.
      else settings.value = null;
    },
    target,
    reached,
    /** The message of a conversation that is still to be jumped to. */
    jumpIn: (jid: string): number | null =>
      target.value?.peer === jid && target.value !== reached.value ? target.value.id : null,
    over,
    shaking,
    requests,
    settingsRow,
    showChat,
    showDetails: (jid: string): void => {
      showChat(jid);
      if (peer.value === jid) details.value = true;
    },
    /** Takes a conversation out of this window into one of its own. */
    openWindow: async (jid: string): Promise<void> => {
      if (own) return;
      // What is written there is kept before the other window reads it.
      if (peer.value === jid) closeChat();
      await nextTick();
      await call('chat.openWindow', {
        account: app.accounts[0]?.account.id ?? '',
        peer: jid,
        message: null,
      });
    },
    /** Shows a message where it stands in its conversation. */
    showMessage: (jid: string, id: number): void => {
      if (isShownElsewhere(jid, id)) return;
      target.value = { peer: jid, id };
      peer.value = jid;
      settings.value = null;
    },
    left,
    closeChat,
    toggleDetails: (): void => {
      details.value = !details.value;
    },
    /** Opens a page; with a row's title, goes to that row and shows which it is. */
    openSettings: (page: SettingsPage = 'appearance', row: TextKey | null = null): void => {
      settings.value = page;
      settingsRow.value = row;
    },
    addContact: (jid = '', group: string | null = null): void => {
      addingJid.value = jid;
      addingGroup.value = group;
      adding.value = true;
    },
    /** One sentence in a banner, until it is closed or replaced. */
    say: (key: TextKey, params?: TextParams): void => {
      notice.value = params ? { key, params } : { key };
    },
    sayError,
    /** A sentence of several parts; said anew in another language. */
    sayWords: (words: () => string): void => {
      notice.value = { words };
    },
    /** One that only confirms. */
    confirm: (key: TextKey, params: TextParams): void => {
      notice.value = { key, params, passing: true };
    },
    goOn,
  };
});
