import type { TextKey } from '../../../src-shared/i18n';
import type { SettingsPage } from '../../stores/ui';

/** A row of the settings that can be searched for: its title and sentence, and where it stands. */
export interface SettingEntry {
  readonly page: SettingsPage;
  readonly title: TextKey;
  readonly text?: TextKey;
  /** Only with an account. */
  readonly account?: boolean;
  /** Only on this system. */
  readonly only?: 'win32';
}

/** All that the settings hold; a test compares it with the pages. */
export const settingIndex: readonly SettingEntry[] = [
  { page: 'account', title: 'settings.address', account: true },
  { page: 'account', title: 'settings.server', account: true },
  { page: 'account', title: 'settings.software', account: true },
  { page: 'account', title: 'settings.resource', text: 'settings.resource-text', account: true },
  { page: 'account', title: 'settings.password', text: 'settings.password-text', account: true },
  { page: 'account', title: 'shell.sign-out', text: 'settings.sign-out-text', account: true },
  { page: 'profile', title: 'profile.picture', account: true },
  { page: 'profile', title: 'profile.names', account: true },
  { page: 'profile', title: 'profile.work', account: true },
  { page: 'profile', title: 'profile.reach', account: true },
  { page: 'profile', title: 'profile.address', account: true },
  { page: 'profile', title: 'profile.more', account: true },
  { page: 'appearance', title: 'settings.theme', text: 'settings.theme-text' },
  { page: 'appearance', title: 'settings.density', text: 'settings.density-text' },
  { page: 'appearance', title: 'settings.text-size', text: 'settings.text-size-text' },
  { page: 'appearance', title: 'settings.show-offline', text: 'settings.show-offline-text' },
  { page: 'language', title: 'settings.language', text: 'settings.language-text' },
  { page: 'presence', title: 'settings.auto-away', text: 'settings.auto-away-text' },
  { page: 'presence', title: 'settings.auto-xa', text: 'settings.auto-xa-text' },
  { page: 'presence', title: 'settings.away-on-lock', text: 'settings.away-on-lock-text' },
  { page: 'presence', title: 'settings.saved', text: 'settings.saved-text' },
  { page: 'presence', title: 'settings.devices', account: true },
  { page: 'privacy', title: 'settings.receipts', text: 'settings.receipts-text' },
  { page: 'privacy', title: 'settings.typing', text: 'settings.typing-text' },
  { page: 'privacy', title: 'settings.markers', text: 'settings.markers-text' },
  { page: 'privacy', title: 'settings.own-domain', text: 'settings.own-domain-text', account: true },
  { page: 'privacy', title: 'settings.blocked', text: 'settings.blocked-text', account: true },
  { page: 'privacy', title: 'settings.archive', text: 'settings.archive-text', account: true },
  { page: 'notifications', title: 'settings.notifications-on', text: 'settings.notifications-on-text' },
  { page: 'notifications', title: 'settings.locked', text: 'settings.locked-text' },
  { page: 'notifications', title: 'settings.flash', text: 'settings.flash-text', only: 'win32' },
  { page: 'notifications', title: 'settings.notice-message', text: 'settings.notice-message-text' },
  { page: 'notifications', title: 'settings.notice-request', text: 'settings.notice-request-text' },
  { page: 'notifications', title: 'settings.notice-contact', text: 'settings.notice-contact-text' },
  { page: 'notifications', title: 'settings.notice-online', text: 'settings.notice-online-text' },
  { page: 'notifications', title: 'settings.quiet', text: 'settings.quiet-text' },
  { page: 'sounds', title: 'settings.sounds-on', text: 'settings.sounds-on-text' },
  { page: 'sounds', title: 'settings.sound-volume', text: 'settings.sound-volume-text' },
  { page: 'sounds', title: 'settings.sound-message', text: 'settings.sound-message-text' },
  { page: 'sounds', title: 'settings.sound-elsewhere', text: 'settings.sound-elsewhere-text' },
  { page: 'sounds', title: 'settings.sound-sent', text: 'settings.sound-sent-text' },
  { page: 'sounds', title: 'settings.sound-online', text: 'settings.sound-online-text' },
  { page: 'sounds', title: 'settings.sound-offline', text: 'settings.sound-offline-text' },
  { page: 'sounds', title: 'settings.sound-error', text: 'settings.sound-error-text' },
  { page: 'storage', title: 'settings.storage-kept', account: true },
  { page: 'storage', title: 'settings.storage-bytes', account: true },
  { page: 'storage', title: 'settings.storage-oldest', account: true },
  { page: 'storage', title: 'settings.export', text: 'settings.export-text', account: true },
  { page: 'storage', title: 'settings.delete', text: 'settings.delete-text', account: true },
  { page: 'start-up', title: 'settings.autostart', text: 'settings.autostart-text' },
  { page: 'about', title: 'settings.version' },
  { page: 'about', title: 'settings.licence' },
];
