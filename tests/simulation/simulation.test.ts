import { expect, it } from 'vitest';
import { runSchedule, type Verdict } from './schedule';

/** `SIM_SEED=n` runs one schedule and tells all of it; `SIM_COUNT=n` runs so many. */
const only = process.env['SIM_SEED'];
const count = Number(process.env['SIM_COUNT'] ?? 500);
const first = Number(only ?? process.env['SIM_FIRST'] ?? 1);

it(
  'R1 R2 R3 R5 R8 R9 R10 R11 R26 nothing is lost, doubled or out of order, whatever happens when',
  { timeout: 600_000 },
  async () => {
    const verdicts: Verdict[] = [];
    const began = performance.now();
    for (let seed = first; seed < first + (only === undefined ? count : 1); seed += 1) {
      const verdict = await runSchedule(seed, only !== undefined);
      if (only !== undefined)
        console.log([...verdict.trace, ...verdict.broken, JSON.stringify(verdict.kind)].join('\n'));
      verdicts.push(verdict);
    }
    const sum = (of: (verdict: Verdict) => number): number =>
      verdicts.reduce((total, verdict) => total + of(verdict), 0);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      `${verdicts.length} schedules, ${sum((v) => v.messages)} messages, ${sum((v) => v.kills)} kills, ${sum((v) => v.cuts)} cuts, ` +
        `${sum((v) => v.resent)} resent, ${sum((v) => v.events)} events in ${seconds} s`,
    );
    const broken = verdicts.filter((verdict) => verdict.broken.length > 0);
    expect(
      broken.slice(0, 5).map(({ seed, broken: what }) => `SIM_SEED=${seed}: ${what.join('; ')}`),
    ).toEqual([]);
  },
);
