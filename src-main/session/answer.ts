import type { Message } from '../../src-shared/model/conversation';
import { fileNameOf } from '../../src-shared/model/file';
import type { Answer } from '../store/store';
import { quotedWords } from '../xmpp/xep/0461-replies';

/**
 * What an answer says of the message that is answered: whose it is, and its words for clients that know nothing of answers. In
 * a room those say who spoke.
 *
 * @param own our address, as the other side has it
 */
export const answerTo = (
  { id, peer, nick, direction, body, file, spoiler }: Message,
  own: string,
): Answer => {
  // What is not to be seen at once is not told on either.
  const words = quotedWords(file ? fileNameOf(file) : (spoiler ?? body)) || '…';
  return nick === undefined
    ? { id, to: direction === 'out' ? own : peer, words }
    : { id, to: `${peer}/${nick}`, words: `${nick}:\n${words}` };
};
