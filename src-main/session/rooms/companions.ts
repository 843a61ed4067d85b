import { privateOf } from '../../../src-shared/model/room';
import { isAuthor, roomAuthor } from '../../xmpp/guards/room-author';
import type { SessionContext } from '../context';
import type { InRoom } from '../incoming/reading';
import type { OneRoom } from './one-room';

/**
 * T10: whom we talk to alone in rooms. A conversation there is that of a nick, and whoever has it now may be another one than
 * whoever had it: that is told in it, and nothing that was written for the one goes to the other.
 */
export interface Companions {
  load(): Promise<void>;
  /** For whom it is what is written there now; '': nobody knows. Undefined: it is no such conversation. */
  whom(peer: string): string | undefined;
  /** Somebody else has that nick than the one it was written for. @param whom see `whom` */
  isAnother(peer: string, whom: string): boolean;
  /** Said there just now. */
  heard(peer: string): void;
  /** Somebody has come in under that nick. */
  came(room: string, nick: string): void;
}

export interface CompanionParts {
  room(jid: string): OneRoom | undefined;
  /** A line in a conversation. @param whom who has the nick from now on */
  tell(peer: string, nick: string, whom: string): void;
}

const keyOf = (there: InRoom): string => roomAuthor({ own: false, ...there }).key;

export const createCompanions = (
  { store }: Pick<SessionContext, 'store'>,
  { room, tell }: CompanionParts,
): Companions => {
  const known = new Map<string, string>();
  /** Told of, with nothing said since: told once. */
  const told = new Set<string>();

  const there = (peer: string): InRoom | null => {
    const alone = privateOf(peer);
    const one = alone ? room(alone.room) : undefined;
    return alone && one ? one.occupants.occupant(alone.nick) : null;
  };
  const note = (peer: string): void => {
    const now = there(peer);
    if (now) known.set(peer, keyOf(now));
    told.delete(peer);
  };
  return {
    async load() {
      for (const { peer, whom } of await store.companions()) known.set(peer, whom);
    },
    whom(peer) {
      const alone = privateOf(peer);
      if (!alone || !room(alone.room)) return undefined;
      note(peer);
      return known.get(peer) ?? '';
    },
    isAnother(peer, whom) {
      const now = there(peer);
      return now !== null && !isAuthor(whom, now);
    },
    heard: note,
    came(jid, nick) {
      const peer = `${jid}/${nick}`;
      const before = known.get(peer);
      const now = there(peer);
      if (before === undefined || !now || isAuthor(before, now)) return;
      known.set(peer, keyOf(now));
      if (!told.has(peer)) tell(peer, nick, keyOf(now));
      told.add(peer);
    },
  };
};
