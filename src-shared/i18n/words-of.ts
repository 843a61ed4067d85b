import type { Translate } from '.';
import type { Message } from '../model/conversation';
import { captionOf, fileNameOf } from '../model/file';
import { spoilerWords } from './spoiler';

/** A message where its words alone are told, on the desktop or aloud: of what is not to be seen at once the hint, of a file its name. */
export const wordsOf = (
  t: Translate,
  { kind, file, spoiler, body }: Pick<Message, 'kind' | 'file' | 'spoiler' | 'body'>,
): string => {
  if (kind === 'buzz') return t('notification.buzz');
  if (spoiler !== undefined) return spoilerWords(t, spoiler);
  if (!file) return body;
  const [name, caption] = [t('files.last', { name: fileNameOf(file) }), captionOf({ file, body })];
  return caption === null ? name : t('conversation.news', { name, text: caption });
};

/** XEP-0245: words that begin so tell what their author does. */
const me = '/me ';
/** What is done; null where the words are not of that. */
export const deedIn = (words: string): string | null =>
  words.startsWith(me) ? words.slice(me.length) : null;
/** The same with the name of who does it. */
export const deedOf = (t: Translate, name: string, words: string): string | null => {
  const text = deedIn(words);
  return text === null ? null : t('conversation.does', { name, text });
};
/** What somebody says or does, where nothing else names them. */
export const saidBy = (t: Translate, name: string, words: string): string =>
  deedOf(t, name, words) ?? t('conversation.news', { name, text: words });
