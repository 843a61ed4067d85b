import type { Translate } from '../../../src-shared/i18n';
import type { CallError } from '../../../src-shared/ipc/errors';
import { plainName } from '../../text/names';

/** What a room answers to somebody who wants to change others' place in it; '' where it says nothing of its own. */
export const moderationRefusal = ({ code, params }: CallError, nick: string, t: Translate): string => {
  if (code !== 'server-refused') return '';
  switch (params?.['condition']) {
    case 'forbidden':
    case 'not-allowed':
    case 'not-authorized':
      return t('moderation.refused-forbidden');
    case 'item-not-found':
      return t('moderation.refused-not-found', { nick: plainName(nick, '?') });
    case 'conflict':
      return t('moderation.refused-conflict');
    default:
      return '';
  }
};
