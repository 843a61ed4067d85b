/** Chat states, XEP-0085. */
import { xml, type Element } from '../element';

const CHAT_STATES = 'http://jabber.org/protocol/chatstates';
const states = ['active', 'composing', 'paused', 'inactive', 'gone'] as const;
export type ChatState = (typeof states)[number];

export const chatState = (state: ChatState): Element => xml(state, { xmlns: CHAT_STATES });

export const parseChatState = (message: Element): ChatState | null => {
  const found = message.getChildElements().find((candidate) => candidate.getNS() === CHAT_STATES);
  return states.find((state) => state === found?.getName()) ?? null;
};
