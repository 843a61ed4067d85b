import type { DraftCatalogue } from '../catalogue';

export const step: DraftCatalogue['step'] = {
  discover: 'العثور على الخادم',
  tcp: 'الوصول إليه',
  tls: 'تأمين الخط',
  websocket: 'الانتقال إلى WebSocket',
  open: 'فتح التدفق',
  features: 'معرفة ما يدعمه الخادم',
  auth: 'تسجيل الدخول',
  reopen: 'فتح التدفق من جديد بعد الدخول',
  bind: 'أخذ مكان على الخادم',
  session: 'بدء الجلسة',
  sm: 'الاتفاق على الإيصالات',
  roster: 'تحميل جهات الاتصال',
  presence: 'إلقاء التحية',
  ready: 'جاهز',
};
