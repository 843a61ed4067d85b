import type { DraftCatalogue } from '../catalogue';

export const voice: DraftCatalogue['voice'] = {
  record: 'تسجيل رسالة صوتية',
  recording: 'جارٍ تسجيل رسالة صوتية',
  starting: 'بانتظار الميكروفون',
  full: 'بلغت الرسالة الصوتية أقصى طول',
  cancel: 'حذف التسجيل',
  send: 'إرسال التسجيل',
  name: 'رسالة صوتية {date}.ogg',
  'fault-none': 'لم يُعثر على ميكروفون. صِل واحدًا ثم اضغط مرة أخرى.',
  'fault-refused': 'لا يُسمح لـ Flint باستخدام الميكروفون. اسمح به في إعدادات النظام ثم اضغط مرة أخرى.',
  'fault-busy': 'لا يجيب الميكروفون؛ ربما يستخدمه تطبيق آخر. أغلقه ثم اضغط مرة أخرى.',
  'fault-failed': 'فشل التسجيل. اضغط مرة أخرى.',
  'fault-empty': 'لم يُسجَّل شيء. سجّل مدة أطول قليلًا.',
};
