import type { DraftCatalogue } from '../catalogue';

export const step: DraftCatalogue['step'] = {
  discover: 'Server finden',
  tcp: 'Ihn erreichen',
  tls: 'Leitung sichern',
  websocket: 'Auf WebSocket wechseln',
  open: 'Strom öffnen',
  features: 'Erfahren, was der Server kann',
  auth: 'Anmelden',
  reopen: 'Strom neu öffnen, angemeldet',
  bind: 'Platz auf dem Server nehmen',
  session: 'Sitzung beginnen',
  sm: 'Quittungen vereinbaren',
  roster: 'Kontakte laden',
  presence: 'Hallo sagen',
  ready: 'Bereit',
};
