/** The book of what was said in rooms: order is the room's, as somebody heard it who was there all the time. */

export type Fate = 'pending' | 'ok' | 'refused' | 'unknown';

export interface RoomFindings {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly disordered: readonly string[];
}

interface Line {
  readonly name: string;
  readonly room: string;
  readonly ours: boolean;
  fate: Fate;
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

  get size(): number {
    return this.#lines.filter(({ fate }) => fate === 'ok').length;
  }

  /** A new message; its body begins with its name, which no other message has. */
  write(room: string, ours: boolean): { readonly line: Line; readonly body: string } {
    const line: Line = { name: `#${String(this.#lines.length + 1)}`, room, ours, fate: 'pending' };
    this.#lines.push(line);
    return { line, body: `${line.name} in the room` };
  }

  /**
   * @param heard everything that was said in this room, as who never left it heard it
   * @param shown what the app shows of it, oldest first
   */
  check(room: string, heard: readonly string[], shown: readonly string[]): RoomFindings {
    const [said, rows] = [timesOf(heard), timesOf(shown)];
    const lost: string[] = [];
    const doubled: string[] = [];
    const lines = this.#lines.filter((line) => line.room === room);
    for (const { name, ours, fate } of lines) {
      const [there, here] = [said.get(name) ?? 0, rows.get(name) ?? 0];
      if (there > 1) doubled.push(`${name} said ${String(there)} times`);
      if (here > 1) doubled.push(`${name} shown ${String(here)} times`);
      if (there === 0 && (fate === 'ok' || here > 0))
        lost.push(`${name} was never said${ours ? '' : ' by a peer'}`);
      if (here === 0 && (there > 0 || (ours && fate === 'ok'))) lost.push(`${name} is not shown`);
      if (fate === 'refused' && there + here > 0) doubled.push(`${name} was refused, and is there`);
    }
    const ours = lines.filter((line) => line.ours).map(({ name }) => name);
    const disordered = [
      ...jumps([...said.keys()], [...rows.keys()]).map((words) => `shown ${words}`),
      ...jumps(ours, [...said.keys()]).map((words) => `said ${words}`),
    ];
    return { lost, doubled, disordered };
  }
}

/** Where two that follow each other stand the other way round in the right order. */
function jumps(right: readonly string[], found: readonly string[]): readonly string[] {
  const places = new Map(right.map((name, place) => [name, place]));
  const known = found.filter((name) => places.has(name));
  return known.flatMap((name, n) => {
    const before = known[n - 1];
    return before !== undefined && (places.get(before) ?? 0) > (places.get(name) ?? 0)
      ? [`${name} after ${before}`]
      : [];
  });
}
