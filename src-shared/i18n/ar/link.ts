import type { DraftCatalogue } from '../catalogue';

export const link: DraftCatalogue['link'] = {
  refused: 'لا يتبع Flint هذا الرابط: هو تالف، أو يريد ما لا يجوز لرابط.',
  'chat-title': 'فتح محادثة مع {jid}؟',
  'chat-text': 'يقود رابط إلى هذا العنوان. لم تتراسلا من قبل.',
  'chat-open': 'فتح المحادثة',
  'with-text': 'يحمل الرابط نصًا. يوضع حيث تكتب، ولا يُرسل شيء.',
};
