import { beforeAll, describe, expect, it } from 'vitest';
import { checkIds, checks, type Check } from './faults';
import { runAll, type Report } from './run-all';
import { runSchedule } from './schedule';

/** `SIM_SEED=n` runs one schedule and tells all of it; `SIM_COUNT=n` runs so many, from `SIM_FIRST` on. */
const only = process.env['SIM_SEED'];
const count = Number(process.env['SIM_COUNT'] ?? 500);
const first = Number(process.env['SIM_FIRST'] ?? 1);

const table = (report: Report): string =>
  [
    `${report.schedules} schedules, ${report.sum((v) => v.messages)} messages, ${report.sum((v) => v.kills)} kills, ` +
      `${report.sum((v) => v.cuts)} cuts, ${report.faults.of('resumed')} resumed (${report.faults.of('resumed after a kill')} after a kill), ` +
      `${report.faults.of('R3')} refused, ${report.sum((v) => v.resent)} resent, ${report.sum((v) => v.events)} events ` +
      `in ${report.seconds.toFixed(1)} s`,
    ...checkIds.map(
      (id) =>
        `${id.padEnd(4)} ${String(report.faults.of(id)).padStart(7)} times in ${String(report.schedulesWith.of(id)).padStart(6)} schedules: ${checks[id]}`,
    ),
  ].join('\n');

const one = (seed: number): void => {
  it('keeps every promise', async () => {
    const { trace, broken, kind } = await runSchedule(seed, true);
    console.log([...trace, ...broken, JSON.stringify(kind)].join('\n'));
    expect(broken).toEqual([]);
  });
};

const all = (): void => {
  let report: Report;
  beforeAll(async () => {
    report = await runAll(first, count);
    console.log(table(report));
  }, 3_600_000);

  /** It occurred, and wherever it did every promise was kept. */
  const holds = (id: Check): void => {
    expect(report.faults.of(id)).toBeGreaterThan(0);
    const broken = report.broken.filter(({ faults }) => (faults[id] ?? 0) > 0);
    expect(
      broken.slice(0, 5).map(({ seed, broken: what }) => `SIM_SEED=${seed}: ${what.join('; ')}`),
    ).toEqual([]);
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
  it('and where nothing of this happens', () => {
    expect(
      report.broken.slice(0, 5).map(({ seed, broken }) => `SIM_SEED=${seed}: ${broken.join('; ')}`),
    ).toEqual([]);
  });
};

describe('whatever happens when, nothing is lost, doubled or out of order', () => {
  if (only === undefined) all();
  else one(Number(only));
});
