import type { DraftCatalogue } from '../catalogue';

export const registration: DraftCatalogue['registration'] = {
  ask: 'طلب العضوية…',
  'ask-title': 'طلب العضوية في {name}',
  'ask-send': 'إرسال',
  failed: 'تعذّرت قراءة ما تريد الغرفة معرفته.',
  refused: 'لم تقبل الغرفة هذا.',
  taken: 'هذا الاسم هنا لشخص آخر.',
  'waiting-title': 'طلبك في الطريق',
  'waiting-text': 'يقرر من يدير الغرفة. انضم من جديد حين يصلك الخبر.',
  nick: 'حجز اسم…',
  'nick-title': 'حجز اسم في {name}',
  'nick-send': 'حجز',
  kept: 'حُجز لك الاسم {nick}.',
  member: 'أنت مسجّل هنا.',
};
