import type { DraftCatalogue } from '../catalogue';

export const selection: DraftCatalogue['selection'] = {
  bar: 'Gewählte Nachrichten',
  count: { one: '{count} Nachricht', other: '{count} Nachrichten' },
  select: 'Auswählen',
  message: 'Nachricht von {name} wählen',
  stop: 'Auswahl beenden',
  copy: 'Kopieren',
  forward: 'Weiterleiten…',
  delete: 'Hier löschen…',
  line: '[{time}] {name}: {text}',
  'forward-title': { one: 'Nachricht weiterleiten', other: '{count} Nachrichten weiterleiten' },
  'forward-text': 'Sie gehen als neue Nachrichten von dir hinaus.',
  'forward-find': 'Person suchen',
  'forward-people': 'Personen',
  'forward-none': 'Niemand gefunden für „{query}“',
  'forward-chosen': 'Gewählt',
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
    one: '{count} Nachricht, die auf das Senden wartet, bleibt.',
    other: '{count} Nachrichten, die auf das Senden warten, bleiben.',
  },
};
