/** MUC self-ping, XEP-0410: what the answer to a ping of our own address in a room says. */
import type { StanzaError } from '../link';

/** `unknown`: the room, or its service, could not be asked. */
export type SelfPing = 'in' | 'out' | 'unknown';

/** Ours, or another client of ours in its place, knows no ping: whoever passed it on counts us in. */
const PASSED_ON = new Set(['service-unavailable', 'feature-not-implemented']);
const UNDECIDED = new Set(['remote-server-not-found', 'remote-server-timeout', 'timeout', 'lost']);

/**
 * §3.2: any other error means that we are out: Openfire's is bad-request. That our own nick has just changed (item-not-found) is
 * no reason to be sure: some servers say it of a room that is no more, and to go in twice does no harm.
 *
 * @param error of the answer; null: there was none
 */
export const selfPing = (error: Pick<StanzaError, 'condition' | 'type'> | null): SelfPing => {
  if (error === null) return 'in';
  const { condition, type } = error;
  // Of a component that is away: nothing was passed on.
  if (condition === 'service-unavailable' && type === 'wait') return 'unknown';
  if (PASSED_ON.has(condition)) return 'in';
  return UNDECIDED.has(condition) ? 'unknown' : 'out';
};
