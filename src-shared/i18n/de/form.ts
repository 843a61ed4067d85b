import type { DraftCatalogue } from '../catalogue';

export const form: DraftCatalogue['form'] = {
  open: 'Alle Einstellungen',
  title: 'Alle Einstellungen von {name}',
  failed: 'Die Einstellungen konnten nicht gelesen werden.',
  again: 'Erneut versuchen',
  refused: 'Der Raum hat diese Einstellungen nicht angenommen.',
  said: 'Er sagte: {text}',
  'wrong-empty': 'Hier verlangt der Raum eine Angabe.',
  'wrong-jid': 'Eine davon ist keine gültige Adresse. Adressen sehen aus wie name@example.org.',
  'wrong-choice': 'Wähle etwas von dem, was angeboten wird.',
  'wrong-refused': 'Das nimmt der Raum nicht an.',
};
