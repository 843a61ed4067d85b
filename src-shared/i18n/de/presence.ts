import type { DraftCatalogue } from '../catalogue';

export const presence: DraftCatalogue['presence'] = {
  online: 'Online',
  chat: 'Gesprächsbereit',
  away: 'Abwesend',
  phone: 'Am Telefon',
  xa: 'Länger abwesend',
  dnd: 'Nicht stören',
  invisible: 'Unsichtbar',
  offline: 'Offline',
};
