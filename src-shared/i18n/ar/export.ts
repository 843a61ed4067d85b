import type { DraftCatalogue } from '../catalogue';

export const exported: DraftCatalogue['export'] = {
  language: 'ar',
  title: 'محادثات {account}',
  made: 'صدّرها Flint في {date}',
  chats: 'المحادثات',
  me: 'أنا',
  edited: 'معدّلة',
  retracted: 'سُحبت هذه الرسالة.',
  failed: 'لم تُرسل',
  'file-all': 'محادثات Flint {date}',
  'file-one': 'محادثة Flint مع {name} {date}',
};
