import type { TextKey } from '../../../src-shared/i18n';
import type { SettingsPage } from '../../stores/ui';

/** A row of the settings that can be searched for: its title and sentence, and where it stands. */
export interface SettingEntry {
  readonly page: SettingsPage;
  readonly title: TextKey;
  readonly text: TextKey;
  /** Only with an account. */
  readonly account?: boolean;
  /** Only on this system. */
  readonly only?: 'win32';
}

/** All that the settings hold; a test compares it with the pages. */
export const settingIndex: readonly SettingEntry[] = [
  { page: 'account', title: 'settings.address', text: 'settings.address-text', account: true },
  { page: 'account', title: 'settings.password', text: 'settings.password-text', account: true },
  { page: 'account', title: 'shell.sign-out', text: 'settings.sign-out-text', account: true },
  { page: 'profile', title: 'profile.picture', text: 'profile.picture-text', account: true },
  {
    page: 'connection',
    title: 'settings.connection-state',
    text: 'settings.connection-state-text',
    account: true,
  },
  { page: 'connection', title: 'settings.server', text: 'settings.server-text', account: true },
  { page: 'connection', title: 'settings.software', text: 'settings.software-text', account: true },
  { page: 'connection', title: 'settings.resource', text: 'settings.resource-text', account: true },
  { page: 'connection', title: 'settings.priority', text: 'settings.priority-text', account: true },
  { page: 'connection', title: 'settings.console', text: 'settings.console-text', account: true },
  { page: 'profile', title: 'profile.names', text: 'profile.names-text', account: true },
  { page: 'profile', title: 'profile.work', text: 'profile.work-text', account: true },
  { page: 'profile', title: 'profile.reach', text: 'profile.reach-text', account: true },
  { page: 'profile', title: 'profile.address', text: 'profile.address-text', account: true },
  { page: 'profile', title: 'profile.more', text: 'profile.more-text', account: true },
  { page: 'appearance', title: 'settings.theme', text: 'settings.theme-text' },
  { page: 'appearance', title: 'settings.density', text: 'settings.density-text' },
  { page: 'appearance', title: 'settings.text-size', text: 'settings.text-size-text' },
  { page: 'appearance', title: 'settings.show-offline', text: 'settings.show-offline-text' },
  { page: 'appearance', title: 'settings.show-empty', text: 'settings.show-empty-text' },
  { page: 'appearance', title: 'settings.show-avatars', text: 'settings.show-avatars-text' },
  { page: 'language', title: 'settings.language', text: 'settings.language-text' },
  { page: 'presence', title: 'settings.auto-away', text: 'settings.auto-away-text' },
  { page: 'presence', title: 'settings.auto-xa', text: 'settings.auto-xa-text' },
  { page: 'presence', title: 'settings.away-on-lock', text: 'settings.away-on-lock-text' },
  { page: 'presence', title: 'settings.saved', text: 'settings.saved-text' },
  { page: 'presence', title: 'settings.devices', text: 'settings.devices-text', account: true },
  { page: 'chat', title: 'settings.enter-sends', text: 'settings.enter-sends-text' },
  { page: 'chat', title: 'settings.spelling', text: 'settings.spelling-text' },
  { page: 'chat', title: 'settings.spell-languages', text: 'settings.spell-languages-text' },
  { page: 'chat', title: 'settings.emoji-tone', text: 'settings.emoji-tone-text' },
  { page: 'privacy', title: 'settings.receipts', text: 'settings.receipts-text' },
  { page: 'privacy', title: 'settings.typing', text: 'settings.typing-text' },
  { page: 'privacy', title: 'settings.markers', text: 'settings.markers-text' },
  { page: 'privacy', title: 'settings.tell-time', text: 'settings.tell-time-text' },
  { page: 'privacy', title: 'settings.strip-metadata', text: 'settings.strip-metadata-text' },
  { page: 'privacy', title: 'settings.auto-load', text: 'settings.auto-load-text' },
  { page: 'privacy', title: 'settings.own-domain', text: 'settings.own-domain-text', account: true },
  { page: 'privacy', title: 'settings.blocked', text: 'settings.blocked-text', account: true },
  { page: 'privacy', title: 'settings.archive', text: 'settings.archive-text', account: true },
  { page: 'notifications', title: 'settings.notifications-on', text: 'settings.notifications-on-text' },
  { page: 'notifications', title: 'settings.locked', text: 'settings.locked-text' },
  { page: 'notifications', title: 'settings.flash', text: 'settings.flash-text', only: 'win32' },
  { page: 'notifications', title: 'settings.notice-kinds', text: 'settings.notice-kinds-text' },
  { page: 'notifications', title: 'settings.notice-message', text: 'settings.notice-message-text' },
  { page: 'notifications', title: 'settings.notice-request', text: 'settings.notice-request-text' },
  { page: 'notifications', title: 'settings.notice-contact', text: 'settings.notice-contact-text' },
  { page: 'notifications', title: 'settings.notice-online', text: 'settings.notice-online-text' },
  { page: 'notifications', title: 'settings.quiet', text: 'settings.quiet-text' },
  { page: 'sounds', title: 'settings.sounds-on', text: 'settings.sounds-on-text' },
  { page: 'sounds', title: 'settings.sound-volume', text: 'settings.sound-volume-text' },
  { page: 'sounds', title: 'settings.sound-events', text: 'settings.sound-events-text' },
  { page: 'sounds', title: 'settings.sound-message', text: 'settings.sound-message-text' },
  { page: 'sounds', title: 'settings.sound-elsewhere', text: 'settings.sound-elsewhere-text' },
  { page: 'sounds', title: 'settings.sound-sent', text: 'settings.sound-sent-text' },
  { page: 'sounds', title: 'settings.sound-online', text: 'settings.sound-online-text' },
  { page: 'sounds', title: 'settings.sound-offline', text: 'settings.sound-offline-text' },
  { page: 'sounds', title: 'settings.sound-error', text: 'settings.sound-error-text' },
  { page: 'storage', title: 'settings.storage-kept', text: 'settings.storage-kept-text', account: true },
  { page: 'storage', title: 'settings.storage-bytes', text: 'settings.storage-bytes-text', account: true },
  { page: 'storage', title: 'settings.storage-oldest', text: 'settings.storage-oldest-text', account: true },
  { page: 'storage', title: 'settings.export', text: 'settings.export-text', account: true },
  { page: 'storage', title: 'settings.delete', text: 'settings.delete-text', account: true },
  { page: 'start-up', title: 'settings.autostart', text: 'settings.autostart-text' },
  { page: 'start-up', title: 'settings.start-hidden', text: 'settings.start-hidden-text' },
  { page: 'shortcuts', title: 'shortcut.window', text: 'settings.shortcuts-window-text' },
  { page: 'shortcuts', title: 'shortcut.chat', text: 'settings.shortcuts-chat-text' },
  { page: 'shortcuts', title: 'shortcut.list', text: 'settings.shortcuts-list-text' },
  { page: 'about', title: 'settings.version', text: 'settings.version-text' },
  { page: 'about', title: 'settings.licence', text: 'settings.licence-text' },
  { page: 'about', title: 'settings.diagnostics', text: 'settings.diagnostics-text' },
];
