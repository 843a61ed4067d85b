import type { ChatMarks } from '../../src-shared/model/conversation';
import type { Timer } from '../ports';
import type { SessionContext } from './context';

/** What the user sets for a conversation; what is muted for a time is heard again when that is over. */
export interface Mutes {
  set(peer: string, marks: Partial<ChatMarks>): Promise<void>;
  /** Looks for what is over, and waits for the next: at the start, and when the computer may have slept. */
  settle(): Promise<void>;
  /** The account is closed. */
  stop(): void;
}

/** Timers of more than 24 days do not hold; and a clock may be set meanwhile. */
const LONGEST_MS = 6 * 3_600_000;

export const createMutes = (
  { account, store, hub, ports }: Pick<SessionContext, 'account' | 'store' | 'hub' | 'ports'>,
  /** What is muted needs no notification any more. */
  notices: { read(peer: string): void },
): Mutes => {
  let timer: Timer | null = null;
  let turn = 0;

  const put = async (peer: string, marks: Partial<ChatMarks>): Promise<void> => {
    hub.emit({ topic: 'chats', type: 'chat', account, chat: await store.setMarks(peer, marks) });
  };
  const settle = async (): Promise<void> => {
    timer?.cancel();
    const mine = (turn += 1);
    const now = ports.clock.now();
    let next = Infinity;
    for (const { peer, marks } of await store.chats()) {
      if (marks.mutedUntil === null) continue;
      if (marks.mutedUntil <= now) await put(peer, { mutedUntil: null });
      else next = Math.min(next, marks.mutedUntil);
    }
    // Another look has begun meanwhile: it waits for the next.
    if (mine === turn && next !== Infinity) {
      timer = ports.clock.after(Math.min(LONGEST_MS, next - now), soon);
    }
  };
  const soon = (): void => {
    settle().catch((error: unknown) => {
      ports.log.warn('mutes', { reason: error instanceof Error ? error.name : 'unknown' });
    });
  };
  return {
    async set(peer, marks) {
      await put(peer, marks);
      if (marks.mutedUntil === undefined) return;
      if (marks.mutedUntil !== null) notices.read(peer);
      await settle();
    },
    settle,
    stop() {
      timer?.cancel();
      // A look that is under way waits for nothing any more.
      turn += 1;
    },
  };
};
