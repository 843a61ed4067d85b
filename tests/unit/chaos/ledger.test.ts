import { beforeEach, describe, expect, it } from 'vitest';
import { Ledger, type Arrival, type Direction, type Row, type Seen } from '../../fault/chaos/ledger';

const never = (): boolean => false;

describe('the book of a chaos run', () => {
  let ledger: Ledger;
  let rows: Row[];
  let arrivals: Arrival[];
  beforeEach(() => {
    ledger = new Ledger();
    rows = [];
    arrivals = [];
  });
  const write = (direction: Direction, fate: 'ok' | 'refused' | 'unknown' = 'ok'): string => {
    const { entry, body } = ledger.write(direction, 0, 1, 'word');
    entry.fate = fate;
    entry.acked = 1_000;
    return body;
  };
  const show = (direction: Direction, ...bodies: readonly string[]): void => {
    for (const body of bodies) rows.push({ id: rows.length + 1, at: 0, direction, body, delivery: null });
  };
  const arrive = (body: string, id = body): void => void arrivals.push({ body, id });
  const seen = (): readonly Seen[] => [{ rows, arrivals }];
  const counts = (excused: () => boolean = never): readonly number[] => {
    const found = ledger.check(seen(), 0, { lost: excused, mixed: never });
    return [found.lost.length, found.doubled.length, found.disordered.length, found.resent, found.byServer];
  };

  it('is content when each message is at its place once', () => {
    const [out, incoming, unsure] = [write('out'), write('in'), write('in', 'unknown')];
    show('out', out);
    show('in', incoming);
    arrive(out);
    write('out', 'refused');
    expect(unsure).toContain('in 0 2');
    expect([ledger.size, ...counts()]).toEqual([2, 0, 0, 0, 0, 0]);
  });

  it('misses what was taken and is nowhere: in the window, or at the peer', () => {
    show('out', write('out'));
    write('in');
    expect(ledger.missing(seen(), 0)).toHaveLength(2);
    expect(counts()).toEqual([2, 0, 0, 0, 0]);
    // Counted once.
    expect(counts()).toEqual([0, 0, 0, 0, 0]);
  });

  it('misses one whose answer was lost, when the window has it and the peer has not, or the other way round', () => {
    show('out', write('out', 'unknown'));
    expect(counts()[0]).toBe(1);
    arrive(write('out', 'unknown'));
    expect(counts()[0]).toBe(1);
  });

  it('counts two rows, and two ids for one message, as doubled; the same id twice as resent', () => {
    const [one, two, three] = [write('out'), write('out'), write('out')];
    show('out', one, two, two, three);
    arrive(one, 'a');
    arrive(two, 'b');
    arrive(three, 'c');
    arrive(three, 'd');
    expect(counts()).toEqual([0, 2, 0, 0, 0]);
    arrive(one, 'a');
    expect(counts()[3]).toBe(1);
  });

  it('counts what was refused and is there all the same as doubled', () => {
    const body = write('out', 'refused');
    show('out', body);
    arrive(body);
    expect(counts()).toEqual([0, 2, 0, 0, 0]);
  });

  it('sees what stands after one that was written later, in the window and at the peer', () => {
    const [one, two, three] = [write('out'), write('out'), write('out')];
    show('out', one, three, two);
    for (const body of [two, one, three]) arrive(body);
    expect(counts()).toEqual([0, 0, 2, 0, 0]);
  });

  it('gives a killed server what it had acknowledged, never what the window had taken and lost', () => {
    write('in');
    write('out');
    expect(counts(() => true)).toEqual([1, 0, 0, 0, 1]);
  });
});
