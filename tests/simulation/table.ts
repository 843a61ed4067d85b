import { checkIds, checks, type Check } from './faults';
import type { Report } from './run-all';

/** What happened in all schedules, and how often. */
export const tableOf = (report: Report): string =>
  [
    `${report.schedules} schedules, ${report.sum((v) => v.messages)} messages, ${report.sum((v) => v.kills)} kills, ` +
      `${report.sum((v) => v.cuts)} cuts, ${report.faults.of('resumed')} resumed (${report.faults.of('resumed after a kill')} after a kill), ` +
      `${report.faults.of('R3')} refused, ${report.faults.of('held')} held by a dead session, ${report.sum((v) => v.resent)} resent, ` +
      `${report.sum((v) => v.events)} events in ${report.seconds.toFixed(1)} s`,
    ...checkIds.map(
      (id) =>
        `${id.padEnd(4)} ${String(report.faults.of(id)).padStart(7)} times in ${String(report.schedulesWith.of(id)).padStart(6)} schedules: ${checks[id]}`,
    ),
    `${report.broken.length} broken`,
  ].join('\n');

/** The first schedules that broke a promise, in words; with a check only those in which its fault occurred. */
export const brokenIn = ({ broken }: Report, id?: Check): readonly string[] =>
  broken
    .filter(({ faults }) => id === undefined || (faults[id] ?? 0) > 0)
    .slice(0, 5)
    .map(({ seed, broken: what }) => `--schedules 1 --seed ${seed}: ${what.join('; ')}`);
