/** An archive made up at random, the copies that come of what is in it, and what must be in the store when all have come. */
import fc from 'fast-check';
import { engineOn, type Engine } from '../../../src-main/store/engine';
import type { OperationName } from '../../../src-main/store/protocol';
import type { TestStore } from '../../support/store-kit';
import type { Amendment, ArchivePage, ServerMessage } from '../../../src-main/store/store';
import { blankDatabase, giveBack } from './blank-database';

export const peers = ['romeo@example.org', 'nurse@example.org'] as const;
const start = 1_700_000_000_000;

type MessageEntry = { readonly is: 'message'; readonly copy: ServerMessage; readonly own: boolean };
type Entry = MessageEntry | { readonly is: 'amendment'; readonly copy: Amendment } | { readonly is: 'noise' };
export interface ArchiveEntry {
  readonly id: string;
  readonly at: number;
  readonly entry: Entry;
}
/** One thing that reaches the store. */
export type Step = (store: TestEngine) => void;

/** A store without a process; once closed, its database is that of another one. */
export interface TestEngine {
  readonly engine: Engine;
  call<N extends OperationName>(
    name: N,
    ...args: Parameters<TestStore[N]>
  ): Awaited<ReturnType<TestStore[N]>>;
}
export function testEngine(): TestEngine {
  const db = blankDatabase();
  const engine = engineOn({ writer: db, reader: db, recovered: false }, { file: null, lastTold: null });
  return {
    engine: {
      ...engine,
      close: () => {
        giveBack(db);
      },
    },
    call: (name, ...args) => {
      const [outcome] = engine.write([{ name, args, again: false, streak: 0 }]);
      if (!outcome?.ok) throw outcome?.error;
      return outcome.value as never;
    },
  };
}

const spec = fc.record({
  is: fc.constantFrom('message', 'message', 'message', 'correct', 'retract', 'received', 'read', 'noise'),
  peer: fc.nat(1),
  out: fc.boolean(),
  /** Seconds since the entry before: stamps are often equal. */
  later: fc.constantFrom(0, 0, 0, 1, 60),
  ids: fc.constantFrom('both', 'message', 'short', 'none'),
  target: fc.nat(),
  /** The correction of a correction names that instead of the first message. */
  chained: fc.boolean(),
  /** Copies beside the archive's. */
  copies: fc.subarray(['live', 'carbon', 'offline'] as const),
  /** The server puts its archive id on live copies. */
  stamped: fc.boolean(),
  own: fc.boolean(),
});
export type Spec = typeof spec extends fc.Arbitrary<infer T> ? T : never;

export const world = fc.record({
  specs: fc.array(spec, { minLength: 1, maxLength: 14 }),
  /** Our clock against the server's, in milliseconds. */
  skew: fc.constantFrom(0, 90_000, -90_000, 86_400_000, -86_400_000),
  cuts: fc.array(fc.nat(13), { maxLength: 6 }),
  meet: fc.nat(6),
  close: fc.constantFrom('both', 'join', 'overlap' as const),
  /** Decides what comes next. */
  picks: fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }),
});
export type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const long = (index: number) => `a-long-and-random-id-${index}`;

export function archiveOf({ specs }: Pick<World, 'specs'>): readonly ArchiveEntry[] {
  let at = start;
  const entries: ArchiveEntry[] = [];
  specs.forEach((given, index) => {
    at += given.later * 1000;
    const id = `s${index}`;
    entries.push({ id, at, entry: makeEntry(given, index, id, at, entries) });
  });
  return entries;
}

function makeEntry(
  given: Spec,
  index: number,
  id: string,
  at: number,
  before: readonly ArchiveEntry[],
): Entry {
  if (given.is === 'noise') return { is: 'noise' };
  const peer = peers[given.peer] ?? peers[0];
  if (given.is === 'message') {
    const own = given.out && given.own;
    const ids = own ? 'both' : given.ids;
    const copy: ServerMessage = {
      ...{
        peer,
        direction: given.out ? 'out' : 'in',
        kind: 'chat',
        subject: null,
        body: `text ${index}`,
        at,
      },
      messageId: ids === 'none' ? null : ids === 'short' ? `m${index}` : long(index),
      originId: ids === 'both' ? long(index) : null,
      ...{ stanzaId: id, source: 'archive', markable: false, seen: false, standing: 'open' },
    };
    return { is: 'message', copy, own };
  }
  const wanted = (entry: Entry): entry is MessageEntry =>
    entry.is === 'message' &&
    entry.copy.peer === peer &&
    entry.copy.messageId !== null &&
    (given.is === 'correct' || given.is === 'retract' || entry.copy.direction === 'out');
  const targets = before.flatMap(({ entry }) => (wanted(entry) ? [entry.copy] : []));
  const target = targets[given.target % Math.max(1, targets.length)];
  const targetId = target?.originId ?? target?.messageId;
  if (!target || !targetId) return { is: 'noise' };
  const last = before.flatMap(({ entry }) =>
    entry.is === 'amendment' && entry.copy.kind === 'correct' && rootOf(before, entry.copy) === targetId
      ? [entry.copy]
      : [],
  );
  const chain = given.chained && (given.is === 'correct' || given.is === 'retract') ? last.at(-1) : undefined;
  const copy: Amendment = {
    ...{
      peer,
      direction: target.direction,
      kind: given.is,
      at,
      stanzaId: id,
      messageId: `amendment-number-${index}`,
    },
    target: chain?.messageId ?? targetId,
    body: given.is === 'correct' ? `correction ${index}` : null,
  };
  return { is: 'amendment', copy };
}

function rootOf(entries: readonly ArchiveEntry[], { target }: Amendment): string {
  for (const { entry } of entries) {
    if (entry.is === 'amendment' && entry.copy.messageId === target) return rootOf(entries, entry.copy);
  }
  return target;
}

/** Rows of one conversation as they must be at the end, in order. */
export function expected(archive: readonly ArchiveEntry[], peer: string): readonly object[] {
  return archive.flatMap(({ at, entry }) => {
    if (entry.is !== 'message' || entry.copy.peer !== peer) return [];
    const { messageId, originId, direction, body } = entry.copy;
    const said = archive.flatMap((other) => {
      if (other.entry.is !== 'amendment' || other.entry.copy.direction !== direction) return [];
      const root = rootOf(archive, other.entry.copy);
      const about = other.entry.copy.peer === peer && (root === messageId || root === originId);
      return about ? [other.entry.copy] : [];
    });
    const retracted = said.some(({ kind }) => kind === 'retract');
    const corrections = said.filter(({ kind }) => kind === 'correct');
    const told = (kind: string) => said.some((amendment) => amendment.kind === kind);
    const delivery = told('read') ? 'read' : told('received') ? 'received' : 'sent';
    return [
      {
        ...{ direction, at, retracted, delivery: direction === 'out' ? delivery : null },
        body: retracted ? '' : (corrections.at(-1)?.body ?? body),
        edited: !retracted && corrections.length > 0,
      },
    ];
  });
}

/** Copies that come by themselves, in any order. */
export function copiesOf(archive: readonly ArchiveEntry[], { specs, skew }: World): readonly Step[] {
  return archive.flatMap(({ at, entry }, index): readonly Step[] => {
    const given = specs[index];
    if (!given || entry.is === 'noise') return [];
    const local = at + skew + 137;
    if (entry.is === 'amendment') {
      const { copy } = entry;
      const live = { ...copy, at: local, stanzaId: given.stamped ? copy.stanzaId : null };
      return given.copies.includes('live') ? [(store) => store.call('amend', live)] : [];
    }
    const { copy, own } = entry;
    if (own) {
      const { peer, body, originId } = copy;
      return [(store) => store.call('addOutgoing', { peer, body, originId: originId ?? '', at: local })];
    }
    // Where nothing but its stamp tells a message, or only an id that comes again, live copies have the archive's id.
    const stamped = given.stamped || given.ids === 'none' || given.ids === 'short';
    return given.copies.map((source) => (store) => {
      const stanzaId = stamped ? copy.stanzaId : null;
      store.call('addMessage', { ...copy, source, stanzaId, at: source === 'live' ? local : at });
    });
  });
}

/** A page of everything, or of what was said with one peer. */
export function pageOf(entries: readonly ArchiveEntry[], rest: Partial<ArchivePage> = {}): ArchivePage {
  return {
    with: null,
    places: entries.map(({ id, at }) => ({ id, at })),
    messages: entries.flatMap(({ entry }) => (entry.is === 'message' ? [entry.copy] : [])),
    amendments: entries.flatMap(({ entry }) => (entry.is === 'amendment' ? [entry.copy] : [])),
    ...{ after: null, before: null, whole: false, lost: false },
    ...rest,
  };
}

export interface Chains {
  readonly forward: readonly Step[];
  readonly backward: readonly Step[];
  /** When both are done. */
  readonly last: readonly Step[];
}

/** The archive read in pages from both ends, until they meet. */
export function chainsOf(archive: readonly ArchiveEntry[], { cuts, meet, close }: World): Chains {
  const bounds = [...new Set([0, ...cuts.filter((cut) => cut < archive.length), archive.length])].sort(
    (a, b) => a - b,
  );
  const segments = bounds.slice(1).map((end, n) => [bounds[n] ?? 0, end] as const);
  const middle = meet % (segments.length + 1);
  const add =
    (page: ArchivePage): Step =>
    (store) =>
      store.call('addPage', page);
  const idAt = (index: number) => archive[index]?.id ?? null;
  const both = middle > 0 && middle < segments.length;
  const forward = segments.slice(0, middle).map(([from, end], n) => {
    const closing = both && n === middle - 1;
    const upTo = closing && close === 'overlap' ? end + 1 : end;
    return add(
      pageOf(archive.slice(from, upTo), {
        after: from === 0 ? null : idAt(from - 1),
        whole: from === 0,
        before: closing && close === 'both' ? idAt(end) : null,
      }),
    );
  });
  const backward = segments
    .slice(middle)
    .reverse()
    .map(([from, end]) =>
      add(
        pageOf(archive.slice(from, end), {
          before: end === archive.length ? null : idAt(end),
          whole: from === 0,
        }),
      ),
    );
  const meeting = segments[middle]?.[0] ?? 0;
  const [left, right] = [idAt(meeting - 1), idAt(meeting)];
  const last: Step[] = both && left && right ? [(store) => store.call('joinRanges', null, left, right)] : [];
  return { forward, backward, last };
}

/** One order of all: chains stay in their order, everything else comes anywhere. */
export function interleaved(
  copies: readonly Step[],
  chains: Chains,
  picks: readonly number[],
): readonly Step[] {
  const queues = [...copies.map((copy) => [copy]), [...chains.forward], [...chains.backward]];
  const steps: Step[] = [];
  for (let turn = 0; ; turn++) {
    const open = queues.filter((queue) => queue.length > 0);
    if (open.length === 0) return [...steps, ...chains.last];
    const next = open[(picks[turn % picks.length] ?? 0) % open.length]?.shift();
    if (next) steps.push(next);
  }
}
