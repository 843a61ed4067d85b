import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archiveOf, pageOf, peers, testEngine, world } from './archive-model';

describe('ranges of an archive', () => {
  it('R9 never say more than the pages that were read, in whatever pieces, with whatever else comes', () => {
    const queries = fc.array(
      fc.record({
        from: fc.nat(13),
        length: fc.nat(5),
        after: fc.boolean(),
        before: fc.boolean(),
        with: fc.boolean(),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(world, queries, (given, asked) => {
        const store = testEngine();
        const archive = archiveOf(given);
        const read = { '': new Set<string>(), [peers[0]]: new Set<string>() } as const;
        for (const query of asked) {
          const key = query.with ? peers[0] : '';
          const all = query.with
            ? archive.filter(({ entry }) => entry.is !== 'noise' && entry.copy.peer === peers[0])
            : archive;
          const entries = all.slice(query.from, query.from + query.length);
          if (query.from > all.length) continue;
          // What the query said proves something even where the page is empty.
          const after = query.after ? (all[query.from - 1]?.id ?? null) : null;
          const before = query.before ? (all[query.from + entries.length]?.id ?? null) : null;
          for (const { id } of entries) read[key].add(id);
          const page = pageOf(entries, { with: query.with ? peers[0] : null, after, before });
          const { fresh } = store.call('addPage', page);
          expect(fresh.length).toBeLessThanOrEqual(page.messages.length);

          for (const range of [...store.call('ranges', null), ...store.call('ranges', peers[0])]) {
            const known = read[range.with === null ? '' : peers[0]];
            const of = archive.filter(
              ({ entry }) => range.with === null || (entry.is !== 'noise' && entry.copy.peer === range.with),
            );
            const [first, last] = [range.first.id, range.last.id].map((id) =>
              of.findIndex((one) => one.id === id),
            );
            const claimed = of.slice(first, (last ?? -1) + 1).map(({ id }) => id);
            expect(claimed.length).toBeGreaterThan(0);
            expect(claimed.filter((id) => !known.has(id))).toEqual([]);
          }
          // Each conversation is in the order of the archive as far as one range goes.
          const order = store.engine.writer.all<{ stanza_id: string; range: number }>(
            `SELECT m.stanza_id, p.range FROM messages m JOIN archive_pages p ON p.id = m.page
             ORDER BY m.peer, p.range, m.sort`,
          );
          for (const peer of peers) {
            for (const range of new Set(order.map((row) => row.range))) {
              const ids = order.filter((row) => row.range === range).map((row) => row.stanza_id);
              const mine = archive.filter(
                ({ id, entry }) => ids.includes(id) && entry.is === 'message' && entry.copy.peer === peer,
              );
              const there = ids.filter((id) => mine.some((one) => one.id === id));
              expect(there).toEqual(mine.map(({ id }) => id));
            }
          }
        }
        store.engine.close();
      }),
      { numRuns: 150 },
    );
  });
});
