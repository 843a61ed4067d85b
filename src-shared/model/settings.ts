import type { Locale } from '../i18n/locales';
import { defaultNotices, type LockedRule, type NoticeRules } from './notices';
import type { SavedPresence } from './presence';
import { defaultRoomRules, type RoomRules } from './room-rule';
import { defaultSounds, type SoundRules } from './sounds';
import { defaultQuietHours, type QuietHours } from './quiet-hours';

/** Settings of the app, not of an account; kept in one small file, written atomically (R14). */
export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'comfortable' | 'compact';
  readonly language: 'system' | Locale;
  /** Per cent, 100 … 200. */
  readonly textSize: number;
  readonly showOffline: boolean;
  /** Groups in which nobody is shown stay in the list. */
  readonly showEmptyGroups: boolean;
  /** Pictures at the end of the rows of contacts. */
  readonly showAvatars: boolean;
  /** What contacts say of themselves, behind their names. */
  readonly showStatus: boolean;
  /** Who comes first inside a group: who is there, or by name alone. */
  readonly contactOrder: 'presence' | 'name';
  readonly collapsedGroups: readonly string[];
  readonly sendTyping: boolean;
  readonly sendReceipts: boolean;
  /** XEP-0333: tells contacts how far their messages were read. */
  readonly sendMarkers: boolean;
  /** XEP-0202: contacts may ask what time it is here. */
  readonly tellTime: boolean;
  /** T31: people of the own domain are no strangers, in the roster or not. */
  readonly ownDomainKnown: boolean;
  /** T31: nobody else may write; what strangers send waits in the settings and is not told of, whatever their domain. */
  readonly contactsOnly: boolean;
  /** Enter sends, else Ctrl+Enter; the other one begins a line. */
  readonly enterSends: boolean;
  /** XEP-0224: contacts may shake the window. */
  readonly buzz: boolean;
  /** What is written is checked, in `spellLanguages` (BCP 47); where the system finds the language out by itself they say nothing. */
  readonly checkSpelling: boolean;
  readonly spellLanguages: readonly string[];
  /** Pictures are sent without what they tell of place and camera. */
  readonly stripMetadata: boolean;
  /** Pictures of contacts up to that size are fetched without asking; 0: none. */
  readonly autoLoadMegabytes: number;
  /** T17: pages behind links of contacts are looked at; `ask`: the user has not said yet, and nothing is. */
  readonly linkPreviews: 'ask' | 'on' | 'off';
  /** The emoji used last, newest first. */
  readonly emojiRecent: readonly string[];
  /** 0 none, 1 light … 5 dark. */
  readonly emojiTone: number;
  /** None at all where this is off, but for conversations whose own rule says so. */
  readonly notifications: boolean;
  readonly notices: NoticeRules;
  readonly roomRules: RoomRules;
  readonly noticesLocked: LockedRule;
  readonly quietHours: QuietHours;
  /** Nothing is shown or heard until then (epoch milliseconds), whatever the hour: the user asked for it. */
  readonly silentUntil: number | null;
  /** The button in the task bar asks for attention, where it can (Windows). */
  readonly flashTaskbar: boolean;
  readonly sounds: boolean;
  /** Per cent, 5 … 100. */
  readonly soundVolume: number;
  readonly soundRules: SoundRules;
  /** Start with the system. */
  readonly autostart: boolean;
  /** Then hidden in the tray. */
  readonly startHidden: boolean;
  /** In the order of the menus. */
  readonly savedPresences: readonly SavedPresence[];
  /** Away, extended away, once nobody has touched the computer for so many minutes. */
  readonly autoAway: boolean;
  readonly autoAwayMinutes: number;
  readonly autoXa: boolean;
  readonly autoXaMinutes: number;
  /** Away as soon as the screen is locked. */
  readonly awayOnLock: boolean;
  /** Pane widths in CSS pixels at 100 %. */
  readonly sidebarWidth: number;
  readonly detailsWidth: number;
}

export const defaultSettings: Settings = {
  theme: 'system',
  density: 'comfortable',
  language: 'system',
  textSize: 100,
  showOffline: true,
  showEmptyGroups: false,
  showAvatars: true,
  showStatus: true,
  contactOrder: 'presence',
  collapsedGroups: [],
  sendTyping: true,
  sendReceipts: true,
  sendMarkers: true,
  tellTime: true,
  ownDomainKnown: true,
  contactsOnly: false,
  enterSends: true,
  buzz: true,
  checkSpelling: false,
  spellLanguages: [],
  stripMetadata: true,
  autoLoadMegabytes: 5,
  linkPreviews: 'ask',
  emojiRecent: [],
  emojiTone: 0,
  notifications: true,
  notices: defaultNotices,
  roomRules: defaultRoomRules,
  noticesLocked: 'no-text',
  quietHours: defaultQuietHours,
  silentUntil: null,
  flashTaskbar: true,
  sounds: true,
  soundVolume: 40,
  soundRules: defaultSounds,
  autostart: false,
  startHidden: true,
  savedPresences: [],
  autoAway: true,
  autoAwayMinutes: 10,
  autoXa: true,
  autoXaMinutes: 60,
  awayOnLock: true,
  sidebarWidth: 300,
  detailsWidth: 296,
};
