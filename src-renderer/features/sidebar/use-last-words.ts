import { spoilerWords } from '../../../src-shared/i18n/spoiler';
import { deedOf } from '../../../src-shared/i18n/words-of';
import type { Conversation } from '../../../src-shared/model/conversation';
import { isBareAddress } from '../../../src-shared/model/file';
import { useI18n } from '../../stores/i18n';
import { plainName } from '../../text/names';
import { useDoer } from '../conversation/use-doer';

/** What was last written in a conversation, in one line: who does what, of a file its name, of a spoiler its hint, of a call for attention that it is one. */
export const useLastWords = (): ((last: Conversation['last'], name: string) => string) => {
  const { t } = useI18n();
  const doer = useDoer();
  return (last, name) => {
    if (!last) return '';
    if (last.buzz) return t('conversation.buzz');
    const { file, spoiler, nick, direction } = last;
    const ofFile = (name: string): string => {
      const words = t('files.last', { name });
      return last.text === '' || last.text === name || isBareAddress(last.text)
        ? words
        : t('conversation.news', { name: words, text: last.text });
    };
    const shown = file === undefined ? last.text : ofFile(file);
    const text = spoiler === undefined ? shown : spoilerWords(t, plainName(spoiler));
    const who = nick === undefined ? name : plainName(nick, '?');
    const deed = deedOf(t, doer(last, who), text);
    if (deed !== null || nick === undefined) return deed ?? text;
    return t('conversation.news', { name: direction === 'out' ? t('conversation.you') : who, text });
  };
};
