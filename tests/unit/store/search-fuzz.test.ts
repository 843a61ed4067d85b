import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokens } from '../../../src-main/store/text/tokens';
import { blankDatabase, giveBack } from './blank-database';
import { addRow, emptyDatabase, find } from './search-kit';

const scripts = [
  fc.constantFrom(...Array.from('abcXYZ 019 .,;:!?"\'()*^-+{}[]~&|/\\@#%_=<>\n\t')),
  fc.constantFrom('é', 'e\u0301', 'ß', 'İ', 'ı', 'ς', 'Ω', 'Ж', 'ø', 'ﬁ', '½', '²', '①', 'Å', 'ǆ'),
  fc.constantFrom(...Array.from('苏州这边也一样東京タワーがﾊﾞ한국어ดีครับน้ำກຂកខကခ')),
  fc.constantFrom('🎉', '👩‍👩‍👧', '👍🏽', '☀️', '5️⃣', '𠮷', '𝒳', '🏳️‍🌈', '™', '©'),
  fc.constantFrom('ह', 'ि', '्', 'ة', '\u064b', 'ש', '\u05b8', '\u200d', '\u200f', '\u202e', '\ufeff'),
  fc.constantFrom('\ud800', '\udc00', '\ue000', '\uf8ff', '\u{f0e31}', '\u{10ffff}', '\uffff'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }).filter((text) => !text.includes('\0')),
];
/** A body as the store takes it. */
const body = fc.array(fc.oneof(...scripts), { maxLength: 40 }).map((parts) => parts.join(''));
const typed = fc.oneof(
  body,
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(fc.constantFrom('AND', 'OR', 'NOT', 'NEAR(', ')', '"', '*', 'words:', 'a', '+', '-', '^', '\0'))
    .map((parts) => parts.join(' ')),
);

describe('search, whatever is written and typed', () => {
  it('never throws, and every mark is a place in the snippet', () => {
    const db = emptyDatabase();
    fc.assert(
      fc.property(body, typed, (text, query) => {
        addRow(db, { body: text });
        for (const { snippet } of find(db, { text: query, limit: 5 }).hits) {
          let last = 0;
          for (const [start, end] of snippet.marks) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            last = end;
          }
          expect(last).toBeLessThanOrEqual(snippet.text.length);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('finds each message by every piece of its words, and marks the piece', () => {
    fc.assert(
      fc.property(body, fc.nat(), fc.nat({ max: 3 }), (text, from, more) => {
        const words = tokens(text);
        const first = words[from % Math.max(1, words.length)];
        if (!first) return;
        // From a word on, as far as no space is in between.
        const last = words[(from % words.length) + more] ?? first;
        const piece = text.slice(first.start, last.end);
        if (/\s/u.test(piece)) return;
        const db = blankDatabase();
        const id = addRow(db, { body: text });
        addRow(db, { body: 'something else' });
        const hit = find(db, { text: piece }).hits.find(({ message }) => message.id === id);
        giveBack(db);
        expect(hit).toBeDefined();
        expect(hit?.snippet.marks.length).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  });
});
