import type { Translate } from '.';
import type { Message } from '../model/conversation';
import { fileNameOf } from '../model/file';
import { spoilerWords } from './spoiler';

/** A message where its words alone are told, on the desktop or aloud: of what is not to be seen at once the hint, of a file its name. */
export const wordsOf = (
  t: Translate,
  { kind, file, spoiler, body }: Pick<Message, 'kind' | 'file' | 'spoiler' | 'body'>,
): string => {
  if (kind === 'buzz') return t('notification.buzz');
  if (file) return t('files.last', { name: fileNameOf(file) });
  return spoiler === undefined ? body : spoilerWords(t, spoiler);
};
