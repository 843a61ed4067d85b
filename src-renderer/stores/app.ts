import { defineStore } from 'pinia';
import { computed, ref, shallowRef, triggerRef } from 'vue';
import { call } from '../bridge/bridge';
import type { AccountState, AppState, SpellingState } from '../../src-shared/ipc/states';
import type { AppEvent } from '../../src-shared/ipc/events';
import type { CallError } from '../../src-shared/ipc/errors';
import type { Locale } from '../../src-shared/i18n';
import type { KeyringState } from '../../src-shared/model/account';
import type { HourCycle } from '../../src-shared/model/hour-cycle';
import { defaultSettings, type Settings } from '../../src-shared/model/settings';
import { openFeed, type Feed } from './stream';

/** What the window needs before it can draw anything: settings, language, keyring, tray, accounts. */
export const useApp = defineStore('app', () => {
  const loaded = ref(false);
  const error = shallowRef<CallError | null>(null);
  const version = ref('');
  const platform = ref<AppState['platform']>('linux');
  const locale = ref<Locale>('en');
  const hourCycle = ref<HourCycle>('h23');
  const settings = shallowRef<Settings>(defaultSettings);
  /** As main has them: `settings` is ahead of it while a change is on its way. */
  const agreed = shallowRef<Settings>(defaultSettings);
  /** Changes that are on their way, in their order. */
  let asked: readonly Partial<Settings>[] = [];
  const keyring = ref<KeyringState>('ok');
  const tray = ref(true);
  const chatWindows = shallowRef<readonly string[]>([]);
  const quietUntil = ref<number | null>(null);
  const canFlash = ref(false);
  const spelling = shallowRef<SpellingState>({ languages: [], missing: [] });
  const accounts = shallowRef<readonly AccountState[]>([]);
  /** Why main has not taken the last change of settings that it refused; a new object each time. */
  const refused = shallowRef<CallError | null>(null);

  const show = (): void => {
    settings.value = Object.assign({}, agreed.value, ...asked) as Settings;
  };

  const put = (state: AppState): void => {
    version.value = state.version;
    platform.value = state.platform;
    locale.value = state.locale;
    hourCycle.value = state.hourCycle;
    agreed.value = state.settings;
    show();
    keyring.value = state.keyring;
    tray.value = state.tray;
    chatWindows.value = state.chatWindows;
    quietUntil.value = state.quietUntil;
    canFlash.value = state.canFlash;
    spelling.value = state.spelling;
    accounts.value = state.accounts;
    error.value = null;
    loaded.value = true;
  };

  const applyOne = (event: AppEvent): void => {
    if (event.topic === 'app') {
      if (event.type === 'settings') {
        agreed.value = event.settings;
        show();
        locale.value = event.locale;
      } else if (event.type === 'keyring') keyring.value = event.keyring;
      else if (event.type === 'tray') tray.value = event.tray;
      else if (event.type === 'chat-windows') chatWindows.value = event.peers;
      else if (event.type === 'spelling') spelling.value = event.spelling;
      else if (event.type === 'quiet') {
        quietUntil.value = event.quietUntil;
        // Told again with the same end: what the user asked for is over, and quiet hours go on.
        triggerRef(quietUntil);
      }
    } else if (event.topic !== 'account') return;
    else if (event.type === 'removed')
      accounts.value = accounts.value.filter((item) => item.account.id !== event.account);
    else if (event.type === 'account') {
      const at = accounts.value.findIndex((item) => item.account.id === event.state.account.id);
      accounts.value = at < 0 ? [...accounts.value, event.state] : accounts.value.with(at, event.state);
    }
  };

  let feed: Feed | null = null;
  const fail = (problem: CallError): void => {
    error.value = problem;
  };

  /** Opens the stream; resolves with the first state (or the reason why there is none). */
  const start = async (): Promise<void> => {
    const opened = openFeed({
      topics: ['app', 'account'],
      load: () => call('app.state', {}),
      put,
      apply: (events) => events.forEach(applyOne),
      fail,
    });
    feed = opened.feed;
    await opened.ready;
  };
  const reload = async (): Promise<void> => {
    await feed?.reload();
  };

  /** Changes settings; shown at once; those that main refuses are taken back, and no others, which `refused` tells. */
  const change = async (patch: Partial<Settings>): Promise<void> => {
    asked = [...asked, patch];
    show();
    const { collapsedGroups, emojiRecent, savedPresences, spellLanguages, quietHours, ...rest } = patch;
    const answer = await call('settings.set', {
      patch: {
        ...rest,
        ...(collapsedGroups ? { collapsedGroups: [...collapsedGroups] } : {}),
        ...(spellLanguages ? { spellLanguages: [...spellLanguages] } : {}),
        ...(emojiRecent ? { emojiRecent: [...emojiRecent] } : {}),
        ...(quietHours ? { quietHours: { ...quietHours, days: [...quietHours.days] } } : {}),
        ...(savedPresences ? { savedPresences: savedPresences.map((one) => ({ ...one })) } : {}),
      },
    });
    asked = asked.filter((one) => one !== patch);
    if (answer.ok) agreed.value = answer.value;
    show();
    if (!answer.ok) refused.value = { ...answer.error };
  };

  return {
    loaded,
    error,
    version,
    platform,
    locale,
    hourCycle,
    agreed,
    settings: computed(() => settings.value),
    keyring,
    tray,
    chatWindows,
    quietUntil,
    canFlash,
    spelling,
    accounts,
    refused,
    start,
    reload,
    change,
  };
});
