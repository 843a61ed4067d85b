/** Last message correction, XEP-0308. */
import { child, type Element } from '../element';
import { readId } from './0359-stanza-ids';

const CORRECT = 'urn:xmpp:message-correct:0';

/** The id of the message that this one replaces; null when it is no correction. */
export const parseReplace = (message: Element): string | null => readId(child(message, 'replace', CORRECT));
