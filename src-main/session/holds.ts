import type { Ports, Timer } from '../ports';
import type { StanzaError } from '../xmpp/link';

/**
 * Conversations in which the server wants to hear less of us (R19): what it sent back goes again after a while, each time a
 * longer one, and nothing that was written later goes before it.
 */
export interface Holds {
  /** Holds the conversation back for this message's sake. False: it was tried often enough. */
  hold(peer: string, id: number): boolean;
  isHeld(peer: string): boolean;
  /** It went, or failed for good. */
  forget(id: number): void;
}

const FIRST_MS = 2_000;
const LONGEST_MS = 60_000;
/** After about six minutes the user had better know. */
const MAX_TRIES = 10;

/** RFC 6120 §8.3.2 and §8.3.3.12, §8.3.3.17: the same stanza may be taken later. */
export const isForNow = ({ condition, type }: StanzaError): boolean =>
  type === 'wait' || condition === 'policy-violation' || condition === 'resource-constraint';

export const createHolds = (ports: Pick<Ports, 'clock' | 'random'>, release: () => void): Holds => {
  const held = new Map<string, Timer>();
  /** How often each message was sent back. */
  const tries = new Map<number, number>();

  return {
    hold(peer, id) {
      const count = (tries.get(id) ?? 0) + 1;
      if (count > MAX_TRIES) return false;
      tries.set(id, count);
      // The others of the same burst are sent back too: the first one decides.
      if (held.has(peer)) return true;
      const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (count - 1));
      // Half of it is jitter, so that many clients do not come back at once.
      const delay = ceiling * (0.5 + ports.random.fraction() / 2);
      held.set(
        peer,
        ports.clock.after(delay, () => {
          held.delete(peer);
          release();
        }),
      );
      return true;
    },
    isHeld: (peer) => held.has(peer),
    forget(id) {
      tries.delete(id);
    },
  };
};
