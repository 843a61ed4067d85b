import type { DraftCatalogue } from '../catalogue';

export const history: DraftCatalogue['history'] = {
  'export-title': 'Chat mit {name} exportieren',
  'export-all-title': 'Alle Chats exportieren',
  'export-text':
    'Flint fragt, wohin die Datei soll. Sie ist nicht verschlüsselt: Wer sie öffnen kann, kann sie lesen.',
  format: 'Format',
  'format-html': 'Webseite',
  'format-html-text': 'Öffnet sich in jedem Browser, sieht aus wie der Chat.',
  'format-json': 'Daten (JSON)',
  'format-json-text': 'Jede Einzelheit, für andere Programme.',
  'format-text': 'Nur Text',
  'format-text-text': 'Eine Zeile je Nachricht.',
  'export-action': 'Exportieren…',
  'delete-title': 'Chat mit {name} löschen?',
  'delete-all-title': { one: '{count} Nachricht löschen?', other: 'Alle {count} Nachrichten löschen?' },
  'delete-older-title': 'Nachrichten von vor dem {date} löschen?',
  'delete-text': 'Die Nachrichten werden endgültig von diesem Computer gelöscht.',
  'delete-all-text':
    'Alle {count} Nachrichten aus {chats} Chats werden endgültig von diesem Computer gelöscht.',
  'delete-older-text': {
    one: '{count} Nachricht auf diesem Computer ist älter; sie wird endgültig gelöscht.',
    other: '{count} Nachrichten auf diesem Computer sind älter; sie werden endgültig gelöscht.',
  },
  'delete-older-none': 'Keine Nachricht auf diesem Computer ist älter.',
  'delete-server': 'Was das Archiv des Servers aufbewahrt, bleibt dort.',
  'delete-action': 'Löschen',
  exporting: 'Export: {done} von {total} Nachrichten',
  'exporting-some': 'Export: {done} Nachrichten',
  deleting: 'Löschen: {done} von {total} Nachrichten',
  'deleting-some': 'Löschen: {done} Nachrichten',
  'export-done': {
    one: '{count} Nachricht wurde nach {file} exportiert',
    other: '{count} Nachrichten wurden nach {file} exportiert',
  },
  'export-cancelled': 'Der Export wurde abgebrochen. Es bleibt keine Datei zurück.',
  'export-failed': 'Der Export ist fehlgeschlagen.',
  'delete-done': { one: '{count} Nachricht wurde gelöscht.', other: '{count} Nachrichten wurden gelöscht.' },
  'delete-cancelled': {
    one: 'Das Löschen wurde abgebrochen. {count} Nachricht wurde gelöscht.',
    other: 'Das Löschen wurde abgebrochen. {count} Nachrichten wurden gelöscht.',
  },
  'delete-failed': 'Das Löschen ist fehlgeschlagen.',
  pdf: 'Als PDF speichern…',
  print: 'Drucken…',
  stop: 'Abbrechen',
  progress: 'Fortschritt',
};
