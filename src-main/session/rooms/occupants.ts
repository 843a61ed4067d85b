import type { Occupant } from '../../../src-shared/model/room';
import type { Clock, Timer } from '../../ports';

/** Who is in one room. */
export interface Occupants {
  readonly size: number;
  all(): readonly Occupant[];
  find(nick: string): Occupant | null;
  put(occupant: Occupant): void;
  remove(nick: string): void;
  clear(): void;
}

/** What changed since it was told last, four times a second at most: in a big room presences come in storms (R22). */
const EVERY_MS = 250;
/** So many in one event: thousands at once would hold up this process and the window. */
const MOST_TOLD = 500;
/** No room is so big; more come only from a server that means harm. */
const MOST = 20_000;
const MAX_STATUS = 1_000;

/** A text of its own: what was cut out of a stanza keeps the whole stanza in memory, thousands of times over. */
const own = (text: string): string => Buffer.from(text).toString();
const compact = ({ nick, jid, status, ...rest }: Occupant): Occupant => ({
  nick: own(nick),
  jid: jid === null ? null : own(jid),
  status: status === null ? null : own(status.slice(0, MAX_STATUS)),
  ...rest,
});

export const createOccupants = (
  clock: Clock,
  tell: (changed: readonly Occupant[], gone: readonly string[]) => void,
): Occupants => {
  const known = new Map<string, Occupant>();
  const touched = new Set<string>();
  let timer: Timer | null = null;
  const touch = (nick: string): void => {
    touched.add(nick);
    timer ??= clock.after(EVERY_MS, () => {
      timer = null;
      const nicks = [...touched];
      touched.clear();
      for (let from = 0; from < nicks.length; from += MOST_TOLD) {
        const some = nicks.slice(from, from + MOST_TOLD);
        tell(
          some.flatMap((one) => known.get(one) ?? []),
          some.filter((one) => !known.has(one)),
        );
      }
    });
  };
  return {
    get size() {
      return known.size;
    },
    all: () => [...known.values()],
    find: (nick) => known.get(nick) ?? null,
    put(occupant) {
      if (known.size >= MOST && !known.has(occupant.nick)) return;
      const kept = compact(occupant);
      known.set(kept.nick, kept);
      touch(kept.nick);
    },
    remove(nick) {
      if (known.delete(nick)) touch(nick);
    },
    clear() {
      for (const nick of known.keys()) touch(nick);
      known.clear();
    },
  };
};
