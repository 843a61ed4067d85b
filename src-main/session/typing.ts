import type { TypingState } from '../../src-shared/model/conversation';
import type { Timer } from '../ports';
import type { ChatState } from '../xmpp/xep/0085-chat-states';
import type { SessionContext } from './context';

/** Somebody who says nothing more for so long has stopped. */
const FORGET_MS = 30_000;

/** Who is typing to us (XEP-0085). */
export interface Typing {
  heard(peer: string, state: ChatState): void;
  /** A message came, or the stream ended: nobody types any more. */
  stopped(peer: string): void;
  clear(): void;
}

export const createTyping = (context: SessionContext): Typing => {
  const timers = new Map<string, Timer>();
  const tell = (peer: string, state: TypingState): void => {
    context.hub.emit({ topic: 'chats', type: 'typing', account: context.account, peer, state });
  };
  const stopped = (peer: string): void => {
    const timer = timers.get(peer);
    if (!timer) return;
    timer.cancel();
    timers.delete(peer);
    tell(peer, null);
  };
  return {
    heard(peer, state) {
      if (state !== 'composing' && state !== 'paused') {
        stopped(peer);
        return;
      }
      timers.get(peer)?.cancel();
      timers.set(
        peer,
        context.ports.clock.after(FORGET_MS, () => {
          stopped(peer);
        }),
      );
      tell(peer, state);
    },
    stopped,
    clear() {
      for (const peer of [...timers.keys()]) stopped(peer);
    },
  };
};
