import type { DraftCatalogue } from '../catalogue';

export const notification: DraftCatalogue['notification'] = {
  newMessage: { one: 'Neue Nachricht', other: '{count} neue Nachrichten' },
  several: '{name} ({count})',
  summary: {
    one: '{count} neue Nachricht in {chats} Chats',
    other: '{count} neue Nachrichten in {chats} Chats',
  },
  contactRequest: { one: 'Kontaktanfrage', other: '{count} Kontaktanfragen' },
  online: '{name} ist online',
  request: 'Nachrichtenanfrage',
  reply: 'Antworten',
  markRead: 'Als gelesen markieren',
  invitation: { one: 'Einladung in einen Raum', other: '{count} Einladungen in Räume' },
  buzz: 'Stupst dich an',
};
