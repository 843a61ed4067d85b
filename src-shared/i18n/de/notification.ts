import type { DraftCatalogue } from '../catalogue';

export const notification: DraftCatalogue['notification'] = {
  newMessage: 'Neue Nachricht',
  request: 'Nachrichtenanfrage',
  reply: 'Antworten',
  markRead: 'Als gelesen markieren',
};
