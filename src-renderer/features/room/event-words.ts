import type { Translate } from '../../../src-shared/i18n';
import { roomEvents, type Message } from '../../../src-shared/model/conversation';
import { plainName } from '../../text/names';

/** What happened in a room, in words. */
export const eventWords = (
  { subject, nick = '', body }: Pick<Message, 'subject' | 'nick' | 'body'>,
  t: Translate,
): string => {
  const event = roomEvents.find((one) => one === subject);
  const who = plainName(nick, '?');
  const text = plainName(body);
  const withReason = (words: string): string =>
    text ? t('room.event-reason', { event: words, reason: text }) : words;
  switch (event) {
    case 'subject':
      return text
        ? t('room.event-subject', { nick: who, text })
        : t('room.event-subject-none', { nick: who });
    case 'renamed':
    case 'own-nick':
      return t(`room.event-${event}`, { nick: who, text });
    case 'kicked':
    case 'banned':
      return withReason(nick ? t(`room.event-${event}`, { nick: who }) : t(`room.event-${event}-you`));
    case 'members-only':
    case 'destroyed':
      return withReason(t(`room.event-${event}-you`));
    case 'declined':
      return withReason(t('room.event-declined', { who }));
    case 'another':
      return t('room.event-another', { nick: who });
    case 'invite-failed':
      return t('room.event-invite-failed', { who });
    case 'non-anonymous':
    case 'semi-anonymous':
      return t(`room.event-${event}`);
    default:
      return text;
  }
};
