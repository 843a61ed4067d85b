/** What the window asks for before it can draw. */
import type { Account, HistoryState, KeyringState } from '../model/account';
import type { Connection } from '../model/connection';
import type { Contact, ContactRequest } from '../model/contact';
import type { UploadOffer } from '../model/file';
import type { ArchiveState } from '../model/history';
import type { HourCycle } from '../model/hour-cycle';
import type { OwnPresence, ResourcePresence } from '../model/presence';
import type { Settings } from '../model/settings';
import type { Locale } from '../i18n/locales';

/** What the main window can be asked to show, by another window or by the tray. */
export const appViews = ['settings', 'search', 'console'] as const;
export type AppView = (typeof appViews)[number];

/** What the window needs before it can draw anything. */
export interface AppState {
  readonly version: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** Already resolved from the setting and the system. */
  readonly locale: Locale;
  /** As the system writes the time of day. */
  readonly hourCycle: HourCycle;
  readonly settings: Settings;
  readonly keyring: KeyringState;
  /** Whether a tray host shows our icon: else closing minimises. */
  readonly tray: boolean;
  /** Conversations that have a window of their own. */
  readonly chatWindows: readonly string[];
  /** Quiet hours are on, until then (epoch milliseconds). */
  readonly quietUntil: number | null;
  /** Whether the button in the task bar can ask for attention. */
  readonly canFlash: boolean;
  readonly spelling: SpellingState;
  readonly accounts: readonly AccountState[];
}
export interface SpellingState {
  /** In which it can be checked (BCP 47); empty where the system finds the language out by itself. */
  readonly languages: readonly string[];
  /** Of these the dictionary could not be fetched. */
  readonly missing: readonly string[];
}
export interface AccountState {
  readonly account: Account;
  readonly connection: Connection;
  /** As chosen. */
  readonly presence: OwnPresence;
  /** What contacts see in its place, since nobody is at the computer. */
  readonly absence: 'away' | 'xa' | null;
  /** Other clients of this account that are there now, the strongest first. */
  readonly devices: readonly ResourcePresence[];
  readonly history: HistoryState;
  readonly archive: ArchiveState;
  /** XEP-0363: what the server takes of files. */
  readonly upload: UploadOffer;
}

export interface RosterState {
  readonly contacts: readonly Contact[];
  readonly requests: readonly ContactRequest[];
}
