import { beforeAll, describe, expect, it } from 'vitest';
import type { Check } from './faults';
import { runAll, type Report } from './run-all';
import { brokenIn, tableOf } from './table';

/** So many as there is time for in each run of all tests; `npm run simulate` has more, and tells of one. */
const SCHEDULES = 600;

describe('whatever happens when, nothing is lost, doubled or out of order', () => {
  let report: Report;
  beforeAll(async () => {
    report = await runAll(1, SCHEDULES);
    console.log(tableOf(report));
  }, 3_600_000);

  /** It occurred, and wherever it did every promise was kept. */
  const holds = (id: Check): void => {
    expect(report.faults.of(id)).toBeGreaterThan(0);
    expect(brokenIn(report, id)).toEqual([]);
  };

  it('R1 killed while a message of ours is under way', () => {
    holds('R1');
  });
  it('R2 killed while a message for us is under way, before or after it is kept', () => {
    holds('R2');
  });
  it('R3 a resumption is refused', () => {
    holds('R3');
  });
  it('R4 the server acknowledges more than was sent: the stream ends, and another begins', () => {
    holds('R4');
  });
  it('R5 the server restarts: nothing is called sent that it never had', () => {
    holds('R5');
  });
  it('R6 the line is gone without a word: seen in 30 seconds, and messages are taken all the while', () => {
    holds('R6');
  });
  it('R7 the computer sleeps for a minute, an hour, three days: back in a minute, without a storm', () => {
    holds('R7');
  });
  it('R8 a message comes in more than one copy', () => {
    holds('R8');
  });
  it('R9 the archive gives the order', () => {
    holds('R9');
  });
  it('R10 a place in the archive has expired', () => {
    holds('R10');
  });
  it('R11 the clock is set, by seconds or by a day', () => {
    holds('R11');
  });
  it('R26 a server resumes and loses everything', () => {
    holds('R26');
  });

  it('R2 a session outlives a kill of the app', () => {
    expect(report.faults.of('resumed after a kill')).toBeGreaterThan(0);
  });
  it('R9 a dead session puts messages into the archive long after they came', () => {
    expect(report.faults.of('held')).toBeGreaterThan(0);
  });
  it('and where nothing of this happens', () => {
    expect(brokenIn(report)).toEqual([]);
  });
});
