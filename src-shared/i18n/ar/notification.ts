import type { DraftCatalogue } from '../catalogue';

export const notification: DraftCatalogue['notification'] = {
  newMessage: 'رسالة جديدة',
  request: 'طلب مراسلة',
  reply: 'رد',
  markRead: 'تعليم كمقروءة',
};
