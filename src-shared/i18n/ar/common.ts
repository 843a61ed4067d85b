import type { DraftCatalogue } from '../catalogue';

export const common: DraftCatalogue['common'] = {
  add: 'إضافة',
  back: 'رجوع',
  cancel: 'إلغاء',
  close: 'إغلاق',
  copy: 'نسخ',
  copied: 'نُسخ',
  'delivery-failed': 'لم تُرسل',
  'delivery-read': 'قُرئت',
  'delivery-received': 'وصلت',
  'delivery-sent': 'أُرسلت',
  'delivery-waiting': 'تنتظر الإرسال',
  loading: 'جارٍ التحميل',
  pair: '{name}: {value}',
  remove: 'إزالة',
  retry: 'إعادة المحاولة',
  save: 'حفظ',
  search: 'بحث',
  done: 'تم',
};
