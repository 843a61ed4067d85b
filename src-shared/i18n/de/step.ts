import type { DraftCatalogue } from '../catalogue';

export const step: DraftCatalogue['step'] = {
  discover: 'Server finden',
  tcp: 'Server erreichen',
  tls: 'Verbindung sichern',
  websocket: 'Auf WebSocket wechseln',
  open: 'Stream öffnen',
  features: 'Erfahren, was der Server kann',
  auth: 'Anmelden',
  reopen: 'Stream neu öffnen, angemeldet',
  bind: 'Platz auf dem Server belegen',
  session: 'Sitzung beginnen',
  sm: 'Quittungen vereinbaren',
  roster: 'Kontakte laden',
  presence: 'Präsenz melden',
  ready: 'Bereit',
};
