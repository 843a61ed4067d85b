import type { Occupant, Wearer } from '../../../src-shared/model/room';
import type { Ports, Timer } from '../../ports';
import { authorKeys } from '../../xmpp/guards/room-author';
import type { InRoom } from '../incoming/reading';
import { ownText } from '../own-text';

/** Who is in one room. */
export interface Occupants {
  readonly size: number;
  all(): readonly Occupant[];
  find(nick: string): Occupant | null;
  occupant(nick: string): InRoom | null;
  /** Those who have hats (XEP-0317). */
  wearers(): readonly Wearer[];
  /** @param id XEP-0421, where the room gives such ids */
  put(occupant: Occupant, id?: string | null): void;
  /** False: he was not there. @param next the nick under which he stays (XEP-0045 §7.6) */
  remove(nick: string, next?: string): boolean;
  clear(): void;
}

/** What changed since it was told last, four times a second at most: in a big room presences come in storms (R22). */
const EVERY_MS = 250;
/** So many in one event: thousands at once would hold up this process and the window. */
const MOST_TOLD = 500;
/** No room is so big; more come only from a server that means harm. */
const MOST = 20_000;
/** Of those who have hats; a room where all have some says nothing by them. */
const MOST_WEARERS = 100;
const MAX_STATUS = 1_000;

const compact = ({ nick, jid, status, hats, ...rest }: Occupant): Occupant => ({
  nick: ownText(nick),
  jid: jid === null ? null : ownText(jid),
  status: status === null ? null : ownText(status, MAX_STATUS),
  ...(hats ? { hats: hats.map((hat) => ownText(hat)) } : {}),
  ...rest,
});

export const createOccupants = (
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
  tell: (changed: readonly Occupant[], gone: readonly string[]) => void,
): Occupants => {
  const known = new Map<string, Occupant>();
  const stays = new Map<string, Pick<InRoom, 'stay' | 'occupantId'>>();
  const hatted = new Set<string>();
  const session = random.id();
  let count = 0;
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
    occupant(nick) {
      const [there, stay] = [known.get(nick), stays.get(nick)];
      return there && stay ? { jid: there.jid, ...stay } : null;
    },
    wearers: () =>
      [...(hatted.size > MOST_WEARERS ? [] : hatted)].flatMap((nick) => {
        const [one, stay] = [known.get(nick), stays.get(nick)];
        return one?.hats && stay ? [{ authors: authorKeys({ jid: one.jid, ...stay }), hats: one.hats }] : [];
      }),
    put(occupant, id = null) {
      if (known.size >= MOST && !known.has(occupant.nick)) return;
      const kept = compact(occupant);
      known.set(kept.nick, kept);
      if (kept.hats) hatted.add(kept.nick);
      else hatted.delete(kept.nick);
      const stay = stays.get(kept.nick)?.stay ?? `${session}-${String(++count)}`;
      stays.set(kept.nick, { stay, occupantId: id === null ? null : ownText(id) });
      touch(kept.nick);
    },
    remove(nick, next) {
      const stay = stays.get(nick);
      stays.delete(nick);
      hatted.delete(nick);
      if (next !== undefined && stay !== undefined && stays.size < MOST) stays.set(ownText(next), stay);
      const was = known.delete(nick);
      if (was) touch(nick);
      return was;
    },
    clear() {
      for (const nick of known.keys()) touch(nick);
      known.clear();
      hatted.clear();
      stays.clear();
    },
  };
};
