/** The book of what was said in rooms: order is the room's, as somebody heard it who was there all the time. */

import { causedJumps, jumps } from './rooms-order';

export type Fate = 'pending' | 'ok' | 'refused' | 'unknown';

export interface RoomFindings {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly disordered: readonly string[];
  /** Said twice by the room under one id, where nobody could be asked whether it had been said. */
  readonly resent: number;
}

interface Line {
  readonly name: string;
  readonly room: string;
  /** Nick of who wrote it; null: we did. */
  readonly by: string | null;
  /** How much had been heard in the room when it was written. */
  readonly after: number;
  fate: Fate;
}
/** As who never left the room heard it. */
export interface Heard {
  readonly id: string;
  readonly body: string;
}
/** What can be asked of a room. */
export interface RoomRules {
  /** It says everything to all in one order. Where not, what was heard before something was written stands above it. */
  readonly oneOrder: boolean;
  /** Where it keeps too little to ask, the same id may be said twice. */
  readonly resends: boolean;
}

const NAME = /^#\d+ /;
const nameOf = (body: string): string | undefined => NAME.exec(body)?.[0].trimEnd();
const timesOf = (bodies: readonly string[]): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  for (const body of bodies) {
    const name = nameOf(body);
    if (name !== undefined) times.set(name, (times.get(name) ?? 0) + 1);
  }
  return times;
};

export class RoomsLedger {
  readonly #lines: Line[] = [];

  constructor(private readonly rules: RoomRules) {}

  get size(): number {
    return this.#lines.filter(({ fate }) => fate === 'ok').length;
  }

  /** A new message; its body begins with its name, which no other message has. */
  write(room: string, by: string | null, after: number): { readonly line: Line; readonly body: string } {
    const line: Line = { name: `#${String(this.#lines.length + 1)}`, room, by, after, fate: 'pending' };
    this.#lines.push(line);
    return { line, body: `${line.name} in the room` };
  }

  /**
   * @param heard everything that was said in this room, as who never left it heard it
   * @param shown what the app shows of it, oldest first
   */
  check(room: string, heard: readonly Heard[], shown: readonly string[]): RoomFindings {
    const [said, rows] = [timesOf(heard.map(({ body }) => body)), timesOf(shown)];
    const lost: string[] = [];
    const doubled: string[] = [];
    let resent = 0;
    const lines = this.#lines.filter((line) => line.room === room);
    for (const { name, by, fate } of lines) {
      const ours = by === null;
      const [there, here] = [said.get(name) ?? 0, rows.get(name) ?? 0];
      const underOneId =
        new Set(heard.filter(({ body }) => nameOf(body) === name).map(({ id }) => id)).size < 2;
      if (there > 1 && this.rules.resends && ours && underOneId) resent += there - 1;
      else if (there > 1) doubled.push(`${name} said ${String(there)} times`);
      if (here > 1) doubled.push(`${name} shown ${String(here)} times`);
      if (there === 0 && (fate === 'ok' || here > 0))
        lost.push(`${name} was never said${ours ? '' : ' by a peer'}`);
      if (here === 0 && (there > 0 || (ours && fate === 'ok'))) lost.push(`${name} is not shown`);
      if (fate === 'refused' && there + here > 0) doubled.push(`${name} was refused, and is there`);
    }
    const wroteIn = (who: string | null) => lines.filter(({ by }) => by === who).map(({ name }) => name);
    const after = new Map(lines.map((line) => [line.name, line.after]));
    const [right, here] = [[...said.keys()], [...rows.keys()]];
    const shownWrong = this.rules.oneOrder ? jumps(right, here) : causedJumps(placesOf(heard), after, here);
    const authors = new Set(lines.map(({ by }) => by));
    const ownOrder = this.rules.oneOrder ? [] : [...authors].flatMap((who) => jumps(wroteIn(who), here));
    const disordered = [
      ...new Set([...shownWrong, ...ownOrder].map((words) => `shown ${words}`)),
      ...jumps(wroteIn(null), right).map((words) => `said ${words}`),
    ];
    return { lost, doubled, disordered, resent };
  }
}

/** Where each was heard first. */
function placesOf(heard: readonly Heard[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [place, { body }] of heard.entries()) {
    const name = nameOf(body);
    if (name !== undefined && !places.has(name)) places.set(name, place);
  }
  return places;
}
