import type { DraftCatalogue } from '../catalogue';

export const key: DraftCatalogue['key'] = {
  ctrl: 'Strg',
  shift: 'Umschalt',
  alt: 'Alt',
  enter: 'Enter',
  escape: 'Esc',
  delete: 'Entf',
  end: 'Ende',
  space: 'Leertaste',
};
