import { describe, expect, it } from 'vitest';
import { RoomsLedger, type Heard, type RoomRules } from '../../fault/chaos/rooms-ledger';

const ROOM = 'verona@rooms.example.org';
const archived: RoomRules = { oneOrder: true, resends: false };
const unarchived: RoomRules = { oneOrder: false, resends: true };

/** Three lines: 1 and 2 at once, 3 once both had been heard. */
const book = (rules: RoomRules) => {
  const ledger = new RoomsLedger(rules);
  const [one, two, three] = [0, 0, 2].map((after, n) => {
    const { line, body } = ledger.write(ROOM, ['Romeo', null, 'Nurse'][n] ?? null, after);
    line.fate = 'ok';
    return body;
  });
  return { ledger, one: one ?? '', two: two ?? '', three: three ?? '' };
};
const heard = (...bodies: readonly string[]): readonly Heard[] =>
  bodies.map((body) => ({ id: `id of ${body}`, body }));
const nothing = { lost: [], doubled: [], disordered: [], resent: 0 };

describe('the book of what was said in rooms', () => {
  it('order is that of the room; where it gives each another one, what was heard before stands above', () => {
    for (const rules of [archived, unarchived]) {
      const { ledger, one, two, three } = book(rules);
      const said = heard(one, two, three);
      expect(ledger.check(ROOM, said, [one, two, three])).toEqual(nothing);
      const atOnce = ledger.check(ROOM, said, [two, one, three]).disordered;
      expect(atOnce).toHaveLength(rules.oneOrder ? 1 : 0);
      expect(ledger.check(ROOM, said, [one, three, two]).disordered).toEqual(['shown #2 after #3']);
    }
  });

  it('what one has written stands in that order, also where the next was written before the first was heard', () => {
    for (const rules of [archived, unarchived]) {
      const ledger = new RoomsLedger(rules);
      const said = ['first', 'second'].map(() => ledger.write(ROOM, 'Romeo', 0).body);
      expect(ledger.check(ROOM, heard(...said), [...said].reverse()).disordered).toEqual([
        'shown #1 after #2',
      ]);
    }
  });

  it('what is not shown, or twice, is found in both', () => {
    for (const rules of [archived, unarchived]) {
      const { ledger, one, two, three } = book(rules);
      const said = heard(one, two, three);
      expect(ledger.check(ROOM, said, [one, two]).lost).toEqual(['#3 is not shown']);
      expect(ledger.check(ROOM, said, [one, two, two, three]).doubled).toEqual(['#2 shown 2 times']);
      expect(ledger.check(ROOM, heard(one, three), [one, two, three]).lost).toEqual(['#2 was never said']);
    }
  });

  it('what is said twice is sent again where nobody could be asked: if it is ours, and has one id', () => {
    const { ledger, one, two, three } = book(unarchived);
    const shown = [one, two, three];
    expect(ledger.check(ROOM, heard(one, two, three, two), shown)).toEqual({ ...nothing, resent: 1 });
    const otherId = [...heard(one, two, three), { id: 'another', body: two }];
    expect(ledger.check(ROOM, otherId, shown).doubled).toEqual(['#2 said 2 times']);
    expect(ledger.check(ROOM, heard(one, two, one, three), shown).doubled).toEqual(['#1 said 2 times']);
    const strict = book(archived);
    expect(strict.ledger.check(ROOM, heard(one, two, three, two), shown).doubled).toHaveLength(1);
  });
});
