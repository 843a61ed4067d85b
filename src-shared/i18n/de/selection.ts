import type { DraftCatalogue } from '../catalogue';

export const selection: DraftCatalogue['selection'] = {
  bar: 'Ausgewählte Nachrichten',
  count: { one: '{count} Nachricht', other: '{count} Nachrichten' },
  select: 'Auswählen',
  message: 'Nachricht von {name} auswählen',
  stop: 'Auswahl beenden',
  copy: 'Kopieren',
  forward: 'Weiterleiten…',
  delete: 'Hier löschen…',
  line: '[{time}] {name}: {text}',
  'forward-title': { one: 'Nachricht weiterleiten', other: '{count} Nachrichten weiterleiten' },
  'forward-text': 'Sie werden als neue Nachrichten von dir gesendet.',
  'forward-find': 'Person suchen',
  'forward-people': 'Personen',
  'forward-none': 'Niemand gefunden für „{query}“',
  'forward-chosen': 'Ausgewählt',
  'forward-drop': 'Nicht an {name}',
  'forward-action': 'Weiterleiten',
  'forward-action-to': { one: 'An {count} Chat weiterleiten', other: 'An {count} Chats weiterleiten' },
  forwarded: 'Weitergeleitet an {names}.',
  'forward-failed': '{done} von {total} wurden weitergeleitet. {reason}',
  'delete-title': { one: 'Nachricht hier löschen?', other: '{count} Nachrichten hier löschen?' },
  'delete-text': {
    one: 'Sie wird endgültig von diesem Computer gelöscht. Die andere Seite behält sie.',
    other: 'Sie werden endgültig von diesem Computer gelöscht. Die andere Seite behält sie.',
  },
  'delete-waiting': {
    one: '{count} Nachricht, die auf den Versand wartet, bleibt.',
    other: '{count} Nachrichten, die auf den Versand warten, bleiben.',
  },
};
