import { isTextKey, type Translate } from '../../../src-shared/i18n';
import type { Message } from '../../../src-shared/model/conversation';

/** A change of a message that was not sent, where the message itself was. */
export const failedChange = (message: Message) =>
  message.delivery === 'failed' ? null : (message.change?.error ?? null);

/** Why a message, or a change of it, was not sent; null where nothing failed. */
export const failedWords = (message: Message, t: Translate): string | null => {
  const changed = failedChange(message);
  if (message.delivery !== 'failed' && changed === null) return null;
  const error = changed ?? message.error;
  if (error === null) return t('conversation.failed');
  const key = `conversation.reason-${error.condition}`;
  const reason = isTextKey(key) ? t(key) : t('conversation.reason-undefined', { condition: error.condition });
  const what = message.retracted ? 'retract-failed' : changed ? 'change-failed' : 'failed-because';
  return t(`conversation.${what}`, { reason });
};
