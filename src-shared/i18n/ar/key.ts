import type { DraftCatalogue } from '../catalogue';

export const key: DraftCatalogue['key'] = {
  ctrl: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  enter: 'Enter',
  escape: 'Esc',
  delete: 'Delete',
  end: 'End',
  space: 'مسافة',
};
