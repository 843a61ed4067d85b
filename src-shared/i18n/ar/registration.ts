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
  'give-back': 'التخلي عن الاسم…',
  'give-back-title': 'إنهاء تسجيلك في {name}؟',
  'give-back-nick-title': 'التخلي عن الاسم {nick}؟',
  'give-back-text': 'سيتاح الاسم لغيرك.',
  'give-back-service': 'سيتاح الاسم لغيرك في كل غرف {name}.',
  'give-back-member': 'لن تكون عضوًا بعد ذلك، وسيتاح الاسم لغيرك.',
  'give-back-out':
    'لن تكون عضوًا بعد ذلك. هذه الغرفة للأعضاء وحدهم: ستخرج منها، ولن تعود إليها إلا إذا سُمح لك من جديد.',
  'give-back-action': 'تخلٍّ',
};
