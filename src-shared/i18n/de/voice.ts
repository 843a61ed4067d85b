import type { DraftCatalogue } from '../catalogue';

export const voice: DraftCatalogue['voice'] = {
  record: 'Sprachnachricht aufnehmen',
  recording: 'Sprachnachricht wird aufgenommen',
  starting: 'Wartet auf das Mikrofon',
  full: 'Länger kann eine Sprachnachricht nicht sein',
  cancel: 'Aufnahme löschen',
  send: 'Aufnahme senden',
  name: 'Sprachnachricht {date}.ogg',
  'fault-none': 'Kein Mikrofon gefunden. Schließ eins an und drücke noch einmal.',
  'fault-refused':
    'Flint darf das Mikrofon nicht benutzen. Erlaube es in den Systemeinstellungen und drücke noch einmal.',
  'fault-busy':
    'Das Mikrofon antwortet nicht; vielleicht benutzt es eine andere App. Schließ sie und drücke noch einmal.',
  'fault-failed': 'Die Aufnahme ist fehlgeschlagen. Drücke noch einmal.',
  'fault-empty': 'Es wurde nichts aufgenommen. Nimm etwas länger auf.',
  unsent: 'Aufgenommen, noch nicht gesendet',
  left: 'Deine Sprachnachricht an {name} wurde noch nicht gesendet. Sie wartet in diesem Chat, bis du Flint beendest.',
};
