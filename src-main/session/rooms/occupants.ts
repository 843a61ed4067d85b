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
/** No room is so big; more come only from a server that means harm. */
const MOST = 20_000;

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
      tell(
        nicks.flatMap((one) => known.get(one) ?? []),
        nicks.filter((one) => !known.has(one)),
      );
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
      known.set(occupant.nick, occupant);
      touch(occupant.nick);
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
