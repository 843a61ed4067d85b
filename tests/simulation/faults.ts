/** What may happen in a schedule, by the ids of docs/checks.md; a promise counts as tried only where its fault occurred. */
export const checks = {
  R1: 'killed while a message of ours was under way',
  R2: 'killed while a message for us was under way',
  R3: 'a resumption refused',
  R4: 'an acknowledgement of more than was sent',
  R5: 'the server restarted while a message of ours was under way',
  R6: 'a line gone without a word',
  R7: 'the computer slept',
  R8: 'a message came as more than one copy',
  R9: 'an archive told of several messages',
  R10: 'a place that the archive does not know any more',
  R11: 'the clock was set',
  R26: 'a server that resumed and lost everything',
} as const;
export type Check = keyof typeof checks;
export const checkIds = Object.keys(checks) as readonly Check[];

/** Counted too: that sessions do outlive a kill. */
export type Counted = Check | 'resumed' | 'resumed after a kill' | 'held';

/** How often what occurred. */
export class Tally {
  readonly #counts = new Map<Counted, number>();

  add(what: Counted, times = 1): void {
    this.#counts.set(what, this.of(what) + times);
  }

  of(what: Counted): number {
    return this.#counts.get(what) ?? 0;
  }

  get counts(): Readonly<Partial<Record<Counted, number>>> {
    return Object.fromEntries(this.#counts);
  }
}
