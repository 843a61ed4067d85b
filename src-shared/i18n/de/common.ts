import type { DraftCatalogue } from '../catalogue';

export const common: DraftCatalogue['common'] = {
  add: 'Hinzufügen',
  back: 'Zurück',
  cancel: 'Abbrechen',
  close: 'Schließen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  'delivery-failed': 'Nicht gesendet',
  'delivery-read': 'Gelesen',
  'delivery-received': 'Zugestellt',
  'delivery-sent': 'Gesendet',
  'delivery-waiting': 'Wartet auf den Versand',
  loading: 'Wird geladen',
  pair: '{name}: {value}',
  remove: 'Entfernen',
  retry: 'Erneut versuchen',
  save: 'Speichern',
  search: 'Suchen',
  done: 'Fertig',
};
