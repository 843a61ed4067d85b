import type { DraftCatalogue } from '../catalogue';

export const presence: DraftCatalogue['presence'] = {
  online: 'متصل',
  chat: 'متاح للحديث',
  away: 'بعيد',
  phone: 'على الهاتف',
  xa: 'بعيد لفترة',
  dnd: 'عدم الإزعاج',
  invisible: 'مخفي',
  offline: 'غير متصل',
};
