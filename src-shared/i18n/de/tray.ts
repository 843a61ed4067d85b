import type { DraftCatalogue } from '../catalogue';

export const tray: DraftCatalogue['tray'] = {
  tooltip: '{account} · {presence}',
  unread: { one: '{count} ungelesene Nachricht', other: '{count} ungelesene Nachrichten' },
  saved: '{text} · {presence}',
  quiet: 'Ruhezeit bis {time}',
  connecting: 'Verbindet …',
  signedOut: 'Nicht angemeldet',
  open: 'Flint öffnen',
  quit: 'Flint beenden',

  about: 'Über Flint',
  services: 'Dienste',
  hide: 'Flint ausblenden',
  hideOthers: 'Andere ausblenden',
  showAll: 'Alle einblenden',
  edit: 'Bearbeiten',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  cut: 'Ausschneiden',
  copy: 'Kopieren',
  paste: 'Einfügen',
  selectAll: 'Alles auswählen',
  window: 'Fenster',
  minimise: 'Im Dock ablegen',
  zoom: 'Zoomen',
  closeWindow: 'Fenster schließen',
};
