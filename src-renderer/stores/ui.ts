import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { TextKey, TextParams } from '../../src-shared/i18n';

export type SettingsPage =
  'account' | 'appearance' | 'language' | 'chat' | 'notifications' | 'start-up' | 'about';

/** One sentence to tell: from the catalogue, or put together already. */
export type Notice = { readonly key: TextKey; readonly params?: TextParams } | { readonly text: string };

/** A dialog about one contact or group. */
export type ContactDialog =
  | { readonly kind: 'rename' | 'groups' | 'remove'; readonly jid: string }
  | { readonly kind: 'rename-group'; readonly path: string };

/** What is open in this window; nothing of it is kept anywhere. */
export const useUi = defineStore('ui', () => {
  /** The sign-in screen is shown: there is no account, the first sign-in is under way, or the user asked for it. */
  const signIn = ref(false);
  /** Bare JID of the conversation that is shown. */
  const peer = ref<string | null>(null);
  const details = ref(false);
  const settings = ref<SettingsPage | null>(null);
  const console = ref(false);
  const adding = ref(false);
  /** The address that the add dialog starts with. */
  const addingJid = ref('');
  /** Counts up each time the search field is wanted. */
  const searchWanted = ref(0);
  const dialog = ref<ContactDialog | null>(null);
  const notice = ref<Notice | null>(null);

  return {
    signIn,
    peer,
    details,
    settings,
    console,
    adding,
    addingJid,
    dialog,
    notice,
    searchWanted,
    focusSearch: (): void => {
      searchWanted.value += 1;
    },
    showChat: (jid: string): void => {
      peer.value = jid;
      settings.value = null;
    },
    closeChat: (): void => {
      peer.value = null;
      details.value = false;
    },
    toggleDetails: (): void => {
      details.value = !details.value;
    },
    openSettings: (page: SettingsPage = 'appearance'): void => {
      settings.value = page;
    },
    addContact: (jid = ''): void => {
      addingJid.value = jid;
      adding.value = true;
    },
    /** One sentence in a banner, until it is closed or replaced. */
    say: (key: TextKey, params?: TextParams): void => {
      notice.value = params ? { key, params } : { key };
    },
    sayText: (text: string): void => {
      notice.value = { text };
    },
  };
});
