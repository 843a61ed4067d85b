import type { Way } from '../../support/fault-proxy';
import { Dice } from './dice';

/**
 * An exact moment in the life of the core's process: the n-th time that it is about to ask the store for something, or that
 * the answer is back (so the commit is made), or that a stanza of this kind has just gone out or come in.
 */
export interface DeadlyStep {
  readonly at: 'before call' | 'after call' | 'stanza out' | 'stanza in';
  /** The store's operation, or the beginning of the XML. */
  readonly what: string;
  readonly nth: number;
}

/** One thing that goes wrong; milliseconds. */
export type Fault =
  | { readonly kind: 'none' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'refused'; readonly ms: number }
  | { readonly kind: 'black hole'; readonly only: Way | null; readonly ms: number }
  | { readonly kind: 'delay'; readonly wait: number; readonly ms: number }
  | { readonly kind: 'cut mid-frame'; readonly way: Way; readonly bytes: number }
  | { readonly kind: 'half closed'; readonly way: Way }
  | { readonly kind: 'kill app'; readonly rest: number; readonly again: number | null }
  | { readonly kind: 'kill store'; readonly times: number; readonly ms: number }
  | { readonly kind: 'kill both'; readonly rest: number }
  | {
      readonly kind: 'app dies at a step';
      readonly step: DeadlyStep;
      readonly rest: number;
      readonly cut: boolean;
    }
  | { readonly kind: 'store dies at a step'; readonly step: DeadlyStep; readonly cut: boolean }
  | { readonly kind: 'server killed'; readonly down: number }
  | { readonly kind: 'disk full'; readonly ms: number }
  | { readonly kind: 'disk read-only'; readonly ms: number };
export type FaultKind = Fault['kind'];

/** What one round does: its fault comes after so long, and people go on writing for so long once it is over. */
export interface Plan {
  readonly round: number;
  readonly before: number;
  readonly fault: Fault;
  readonly after: number;
}

/** In the order of a message's way; what only a start or a catch-up asks for comes by way of a cut line. */
const calls = [
  ...['addOutgoing', 'outbox', 'markWritten', 'markSent', 'confirmUpTo'],
  ...['addMessage', 'addMessage', 'saveSession', 'savedSession'],
  ...['ranges', 'addPage', 'addPage', 'joinRanges', 'putRoster', 'chat', 'page'],
] as const;
const stanzas = ['<message', '<message', '<r ', '<a ', '<iq', '<resume'] as const;

const deadlyStep = (dice: Dice): DeadlyStep => {
  const at = dice.weighed<DeadlyStep['at']>([
    [4, 'before call'],
    [4, 'after call'],
    [2, 'stanza out'],
    [2, 'stanza in'],
  ]);
  const ofCall = at === 'before call' || at === 'after call';
  return { at, what: ofCall ? dice.pick(calls) : dice.pick(stanzas), nth: dice.whole(1, 5) };
};
const storeStep = (dice: Dice): DeadlyStep => ({
  at: dice.pick(['before call', 'after call'] as const),
  what: dice.pick(calls),
  nth: dice.whole(1, 5),
});
const way = (dice: Dice): Way => dice.pick(['up', 'down'] as const);

/** What can be done to the core alone, whose store is ours to break; and how often, against the others. */
const ofCore: readonly (readonly [number, (dice: Dice) => Fault])[] = [
  [
    18,
    (dice) => ({
      kind: 'app dies at a step',
      step: deadlyStep(dice),
      rest: dice.whole(0, 300),
      cut: dice.fraction() < 0.4,
    }),
  ],
  [7, (dice) => ({ kind: 'store dies at a step', step: storeStep(dice), cut: dice.fraction() < 0.4 })],
  [5, (dice) => ({ kind: 'disk full', ms: dice.whole(100, 900) })],
  [2, (dice) => ({ kind: 'disk read-only', ms: dice.whole(100, 900) })],
];
const ofBoth: readonly (readonly [number, (dice: Dice) => Fault])[] = [
  [1, () => ({ kind: 'none' })],
  [9, () => ({ kind: 'reset' })],
  [4, (dice) => ({ kind: 'refused', ms: dice.whole(100, 1200) })],
  [
    9,
    (dice) => ({
      kind: 'black hole',
      only: dice.pick([null, 'up', 'down'] as const),
      ms: dice.whole(100, 1600),
    }),
  ],
  [5, (dice) => ({ kind: 'delay', wait: dice.whole(20, 350), ms: dice.whole(200, 900) })],
  [8, (dice) => ({ kind: 'cut mid-frame', way: way(dice), bytes: dice.whole(0, 400) })],
  [7, (dice) => ({ kind: 'half closed', way: way(dice) })],
  [
    9,
    (dice) => ({
      kind: 'kill app',
      rest: dice.whole(0, 400),
      again: dice.fraction() < 0.3 ? dice.whole(0, 700) : null,
    }),
  ],
  [6, (dice) => ({ kind: 'kill store', times: dice.whole(1, 3), ms: dice.whole(20, 300) })],
  [5, (dice) => ({ kind: 'kill both', rest: dice.whole(0, 400) })],
  [5, (dice) => ({ kind: 'server killed', down: dice.whole(0, 1500) })],
];

/** The plan of one round, the same for the same seed, whatever came before. */
export function planOf(seed: string, lane: string, round: number, subject: 'core' | 'app'): Plan {
  const dice = new Dice(`${seed}/${lane}/${subject}/${String(round)}`);
  const kinds = subject === 'core' ? [...ofBoth, ...ofCore] : ofBoth;
  return {
    round,
    before: dice.whole(0, 350),
    fault: dice.weighed(kinds)(dice),
    after: dice.whole(50, 350),
  };
}

/** A fault as it stands in a message about it. */
export const describeFault = (fault: Fault): string => JSON.stringify(fault).replaceAll('"', '');
