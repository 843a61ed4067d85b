import type { DraftCatalogue } from '../catalogue';

export const form: DraftCatalogue['form'] = {
  open: 'كل الإعدادات',
  title: 'كل إعدادات {name}',
  failed: 'تعذّرت قراءة الإعدادات.',
  again: 'إعادة المحاولة',
  refused: 'لم تقبل الغرفة هذه الإعدادات.',
  said: 'قالت: {text}',
  'wrong-empty': 'تطلب الغرفة شيئًا هنا.',
  'wrong-jid': 'أحد هذه ليس عنوانًا صالحًا. تبدو العناوين هكذا: \u2066name@example.org\u2069.',
  'wrong-choice': 'اختر مما هو معروض.',
  'wrong-refused': 'لا تقبل الغرفة هذا.',
};
