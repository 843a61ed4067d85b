import { spoilerWords } from '../../../src-shared/i18n/spoiler';
import { deedOf } from '../../../src-shared/i18n/words-of';
import type { Conversation } from '../../../src-shared/model/conversation';
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
    const words = spoiler === undefined ? last.text : spoilerWords(t, plainName(spoiler));
    const text = file === undefined ? words : t('files.last', { name: file });
    const who = nick === undefined ? name : plainName(nick, '?');
    const deed = deedOf(t, doer(last, who), text);
    if (deed !== null || nick === undefined) return deed ?? text;
    return t('conversation.news', { name: direction === 'out' ? t('conversation.you') : who, text });
  };
};
