import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src-shared/model/conversation';
import {
  archiveOf,
  chainsOf,
  copiesOf,
  expected,
  interleaved,
  pageOf,
  peers,
  testEngine,
  world,
  type TestEngine,
} from './archive-model';

const rows = (store: TestEngine, peer: string) => store.call('page', peer, null, 200);
const shown = ({ direction, at, body, retracted, edited, delivery }: Message) => ({
  ...{ direction, at, body, retracted, edited, delivery },
});
const places = (store: TestEngine) =>
  store.engine.writer.all<{ id: number; sort: number }>('SELECT id, sort FROM messages ORDER BY id');

describe('one archive, read in any pieces and from both ends, with copies that come at any moment', () => {
  it('R8 R9 ends as one row for each message, in the archive’s order, whatever came first', () => {
    fc.assert(
      fc.property(world, (given) => {
        const store = testEngine();
        const archive = archiveOf(given);
        const steps = interleaved(copiesOf(archive, given), chainsOf(archive, given), given.picks);
        for (const step of steps) step(store);

        for (const peer of peers) {
          const page = rows(store, peer);
          expect(page.messages.map(shown)).toEqual(expected(archive, peer));
          expect(page.gaps).toEqual([]);
          const incoming = page.messages.filter(({ direction }) => direction === 'in');
          expect(store.call('chat', peer).unread).toBe(incoming.length);
        }
        expect(store.call('outbox')).toEqual([]);
        const [first, last] = [archive[0], archive.at(-1)];
        expect(store.call('ranges', null)).toEqual([
          {
            ...{ with: null, whole: true, lost: false },
            first: { id: first?.id, at: first?.at },
            last: { id: last?.id, at: last?.at },
          },
        ]);
        store.engine.close();
      }),
      { numRuns: 300 },
    );
  });

  it('R8 R9 stays as it is when everything comes once more', () => {
    fc.assert(
      fc.property(world, fc.nat(13), fc.nat(13), (given, from, length) => {
        const store = testEngine();
        const archive = archiveOf(given);
        const steps = interleaved(copiesOf(archive, given), chainsOf(archive, given), given.picks);
        for (const step of steps) step(store);
        const before = { places: places(store), pages: peers.map((peer) => rows(store, peer)) };

        for (const copy of copiesOf(archive, given)) copy(store);
        const again = archive.slice(from, from + length);
        // Of a page with nothing in it that is kept, only its time could tell that it is known.
        const kept = again.some(
          ({ entry }) => entry.is === 'message' || (entry.is === 'amendment' && entry.copy.body !== null),
        );
        if (kept) store.call('addPage', pageOf(again));
        expect({ places: places(store), pages: peers.map((peer) => rows(store, peer)) }).toEqual(before);
        expect(store.call('ranges', null)).toHaveLength(1);
        store.engine.close();
      }),
      { numRuns: 100 },
    );
  });
});
