import type { DraftCatalogue } from '../catalogue';

export const exported: DraftCatalogue['export'] = {
  language: 'de',
  title: 'Chats von {account}',
  made: 'Von Flint exportiert am {date}',
  chats: 'Chats',
  me: 'Ich',
  edited: 'bearbeitet',
  retracted: 'Diese Nachricht wurde gelöscht.',
  failed: 'nicht gesendet',
  'file-all': 'Flint-Chats {date}',
  'file-one': 'Flint-Chat mit {name} {date}',
};
