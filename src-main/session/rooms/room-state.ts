import type { RoomExit, RoomRefusal, RoomStatus } from '../../../src-shared/model/room';
import type { StanzaError } from '../../xmpp/link';
import type { RoomPresence } from '../../xmpp/xep/0045-muc';

/** What a room is to us, and how often in a row it did not let us back in. */
export interface RoomState {
  readonly status: RoomStatus;
  readonly tries: number;
  /** The user asked for this way in, and waits for what the room says to it. */
  readonly byUser: boolean;
}

export type RoomInput =
  /** The user, the sign-in or the end of a rest asks for it. */
  | { readonly is: 'join'; readonly byUser: boolean }
  /** The room has said that we are in it. */
  | { readonly is: 'entered' }
  | {
      readonly is: 'refused';
      readonly error: StanzaError;
      /** It can be asked for membership (§7.10). */
      readonly registers?: boolean;
    }
  | { readonly is: 'removed'; readonly by: Pick<RoomPresence, 'codes' | 'actor' | 'reason' | 'destroyed'> }
  /** The room does not know us any more (XEP-0410), it was shut down, or it did not answer. */
  | { readonly is: 'lost' }
  /** Out of it for now, and nothing is to be done: no connection, or nobody is to see us. */
  | { readonly is: 'paused' }
  /** The session that we were in it with goes on; whether the room does is asked. */
  | { readonly is: 'resumed' }
  | { readonly is: 'left' };

/** What is to be done at once. */
export type RoomAct = 'join' | 'rest' | 'ask' | 'none';

/** A nick of our own that the room still takes for alive is free again after some minutes: so often it is asked for once more. */
const NICK_TRIES = 8;

const refusals: Readonly<Record<string, RoomRefusal>> = {
  // XEP-0045 §7.2.
  'not-authorized': 'password',
  forbidden: 'banned',
  'registration-required': 'members-only',
  conflict: 'nick-taken',
  'not-acceptable': 'nick-locked',
  'service-unavailable': 'full',
  // ejabberd's.
  'resource-constraint': 'full',
  'item-not-found': 'missing',
  'not-allowed': 'no-creation',
  'remote-server-not-found': 'no-service',
  gone: 'missing',
};

/**
 * XEP-0045 §7.2 and §10.9: what a room of which we are out for good would answer. Into one that we left or were thrown out of we
 * may go again, and what waits goes then.
 */
const endings: Readonly<Partial<Record<RoomExit | RoomRefusal, string>>> = {
  destroyed: 'gone',
  missing: 'item-not-found',
  banned: 'forbidden',
  'members-only': 'registration-required',
};
/** Null: in it, on the way, or kept out by what the user can answer. */
export const endOf = (status: RoomStatus): string | null =>
  status.is === 'out' || status.is === 'refused' ? (endings[status.why] ?? null) : null;

/** Nothing that the user could do anything about. */
const passing = new Set([
  'timeout',
  'lost',
  'remote-server-timeout',
  'internal-server-error',
  'policy-violation',
]);

const refusalOf = ({
  error: { condition, text },
  registers = false,
}: Extract<RoomInput, { is: 'refused' }>): Extract<RoomStatus, { is: 'refused' }> => {
  const why = refusals[condition] ?? 'other';
  return { is: 'refused', why: why === 'members-only' && registers ? 'registration' : why, condition, text };
};

/** XEP-0045 §15.6.2: why an unavailable presence of our own was sent; null: nothing that the user should decide upon. */
const exitOf = ({ codes, destroyed }: Pick<RoomPresence, 'codes' | 'destroyed'>): RoomExit | null => {
  if (destroyed) return 'destroyed';
  if (codes.has(301)) return 'banned';
  // 333: thrown out since the server had trouble with us, which is no moderator's doing.
  if (codes.has(333) || codes.has(332)) return null;
  if (codes.has(307)) return 'kicked';
  return codes.has(321) || codes.has(322) ? 'members-only' : null;
};

const waiting = ({ tries }: RoomState): readonly [RoomState, RoomAct] => [
  { status: { is: 'waiting' }, tries: tries + 1, byUser: false },
  'rest',
];
/** An answer, good or bad: the next trouble is counted from the start. */
const now = (status: RoomStatus): RoomState => ({ status, tries: 0, byUser: false });
const isThere = ({ is }: RoomStatus): boolean => is === 'joined' || is === 'joining' || is === 'waiting';

/**
 * See RoomStatus for the drawing. Never silently out: whatever takes us out of a room that we want to be in leads to `waiting`
 * or to a status with words; `joined` comes from nothing but the room's own word.
 */
export const step = (state: RoomState, input: RoomInput): readonly [RoomState, RoomAct] => {
  const { status, tries } = state;
  switch (input.is) {
    case 'join': {
      const { byUser } = input;
      return [{ status: { is: 'joining' }, tries: byUser ? 0 : tries, byUser }, 'join'];
    }
    case 'entered':
      return [status.is === 'joining' ? now({ is: 'joined' }) : state, 'none'];
    case 'refused': {
      if (status.is !== 'joining') return [state, 'none'];
      const { condition, type } = input.error;
      const refused = refusalOf(input);
      const { why } = refused;
      // Whoever asks for a nick himself can choose another one; of a way back it is our own that hangs there.
      const ghost = why === 'nick-taken' && tries < NICK_TRIES;
      // Nobody mistypes the address of a way back: a service that was there is only away, and who is let in when one goes is us.
      const back = ghost || why === 'no-service' || why === 'full';
      const passes = passing.has(condition) || (type === 'wait' && why === 'other');
      return passes || (back && !state.byUser) ? waiting(state) : [now(refused), 'none'];
    }
    case 'removed': {
      if (status.is !== 'joined' && status.is !== 'joining') return [state, 'none'];
      const why = exitOf(input.by);
      if (!why) return waiting(state);
      const { actor, reason, destroyed } = input.by;
      const instead = destroyed?.instead ?? null;
      return [now({ is: 'out', why, actor, reason: destroyed?.reason ?? reason, instead }), 'none'];
    }
    case 'lost':
      return status.is === 'joined' || status.is === 'joining' ? waiting(state) : [state, 'none'];
    case 'paused':
      return [isThere(status) ? now({ is: 'waiting' }) : state, 'none'];
    case 'resumed':
      return isThere(status) ? [now({ is: 'joining' }), 'ask'] : [state, 'none'];
    case 'left':
      return [now({ is: 'out', why: 'left', actor: null, reason: null, instead: null }), 'none'];
  }
};

const FIRST_REST_MS = 2_000;
const LONGEST_REST_MS = 300_000;

/** How long to wait before the next try, longer each time; `fraction` (0 … 1) keeps many from coming at once. */
export const restMs = (tries: number, fraction: number): number =>
  Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (tries - 1)) * (0.5 + fraction / 2);
