import type { DraftCatalogue } from '../catalogue';

export const palette: DraftCatalogue['palette'] = {
  title: 'Gehe zu',
  placeholder: 'Person, Nachricht, Befehl, Einstellung…',
  results: 'Ergebnisse',
  chats: 'Chats',
  people: 'Personen',
  messages: 'Nachrichten',
  commands: 'Befehle',
  settings: 'Einstellungen',
  recent: 'Letzte Chats',
  none: 'Nichts gefunden für „{query}“',
  'none-text':
    'Versuche es mit weniger Buchstaben, den Anfangsbuchstaben eines Namens oder einem Teil einer Adresse.',
  count: { one: '{count} Ergebnis', other: '{count} Ergebnisse' },
  'all-messages': 'Alle Nachrichten nach „{query}“ durchsuchen',
  presence: 'Präsenz: {kind}',
  'clear-status': 'Statustext löschen',
  details: 'Details zeigen oder verbergen',
  console: 'XML-Konsole zeigen oder verbergen',
  theme: 'Design: {theme}',
  'offline-show': 'Kontakte zeigen, die offline sind',
  'offline-hide': 'Kontakte verbergen, die offline sind',
  'close-chat': 'Chat schließen',
  'hint-move': 'Bewegen',
  'hint-open': 'Öffnen',
  'hint-close': 'Schließen',
};
