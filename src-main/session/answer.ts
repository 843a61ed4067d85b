import type { Message } from '../../src-shared/model/conversation';
import { fileNameOf } from '../../src-shared/model/file';
import type { Answer } from '../store/store';
import { quotedWords } from '../xmpp/xep/0461-replies';

/**
 * What an answer says of the message that is answered: whose it is, and its words for clients that know nothing of answers. In
 * a room those say who spoke.
 */
export const answerTo = ({ id, peer, nick, direction, body, file }: Message, own: string): Answer => {
  const words = quotedWords(file ? fileNameOf(file) : body);
  return nick === undefined
    ? { id, to: direction === 'out' ? own : peer, words }
    : { id, to: `${peer}/${nick}`, words: `${nick}:\n${words}` };
};
