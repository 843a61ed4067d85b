import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/support/paths';
import { CAPABILITIES } from '../../servers/capabilities';
import type { MAIN_SERVERS } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { describeFault, type Plan } from './faults';
import { Lane } from './lane';
import type { Findings } from './ledger';
import type { Subject } from './subject';
import type { Tally } from './tally';

export type ChaosServer = (typeof MAIN_SERVERS)[number];
export interface ChaosOptions {
  /** Over all servers together. */
  readonly rounds: number;
  readonly seed: string;
  readonly servers: readonly ChaosServer[];
  /** For each server: so many of its kind, side by side, share its rounds. */
  readonly lanes: number;
  readonly kind: 'core' | 'app';
  /** The first round of each server. */
  readonly from: number;
  readonly subject: () => Promise<Subject>;
  readonly say: (line: string) => void;
  /** Ends the run after the round that is under way. */
  readonly signal: AbortSignal;
  readonly tally: Tally;
}

const reports = join(root, 'test-results', 'chaos');
const bad = ({ lost, doubled, disordered }: Findings): boolean =>
  lost.length + doubled.length + disordered.length > 0;

/** All rounds, each server on a lane of its own beside the others. */
export async function runChaos(options: ChaosOptions): Promise<void> {
  const { servers, rounds, lanes, from } = options;
  const done = await Promise.allSettled(
    servers.flatMap((kind, n) => {
      const share = Math.floor(rounds / servers.length) + (n < rounds % servers.length ? 1 : 0);
      const all = Array.from({ length: share }, (_, round) => from + round);
      return Array.from({ length: lanes }, (_, lane) =>
        runLane(
          kind,
          all.filter((round) => round % lanes === lane),
          options,
        ),
      );
    }),
  );
  const failed = done.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

async function runLane(kind: ChaosServer, rounds: readonly number[], options: ChaosOptions): Promise<void> {
  if (rounds.length === 0) return;
  const { seed, say, signal, tally } = options;
  const can = CAPABILITIES[kind];
  const resends = !can.mam && can.smResume !== 'works';
  const server = await startServer(kind);
  const lane = new Lane({ server, subject: await options.subject(), kind: options.kind, seed });
  try {
    await lane.open();
    for (const round of rounds) {
      if (signal.aborted) break;
      const result = await lane.round(round).catch((error: unknown) => {
        throw new Error(`${kind}, seed ${seed}, round ${String(round)}: ${String(error)}`, { cause: error });
      });
      tally.add(kind, { ...result, fault: result.plan.fault }, resends);
      const { findings, plan, messages, recovery } = result;
      const wrong = bad(findings) || (!resends && findings.resent > 0);
      say(
        `${kind} ${String(round)} ${describeFault(plan.fault)}: ${String(messages)} messages, ` +
          `${recovery.toFixed(0)} ms${findings.byServer > 0 ? `, ${String(findings.byServer)} lost by the server` : ''}${wrong ? ` — WRONG ${words(findings)}` : ''}`,
      );
      if (wrong || findings.byServer > 0) await keepReport(lane, kind, plan, findings);
    }
    const end = await lane.whole();
    tally.add(kind, { findings: { ...end, resent: 0 } }, resends);
    if (bad(end)) {
      say(`${kind} at the end — WRONG ${words(end)}`);
      await keepReport(lane, kind, 'end', end);
    }
  } finally {
    await lane.close().catch(() => undefined);
    await server.stop();
  }
}

async function keepReport(
  lane: Lane,
  kind: ChaosServer,
  plan: Plan | 'end',
  findings: Findings,
): Promise<void> {
  mkdirSync(reports, { recursive: true });
  const name = `${kind}-${plan === 'end' ? plan : String(plan.round)}.txt`;
  writeFileSync(join(reports, name), await lane.report(plan, findings));
}

function words({ lost, doubled, disordered, resent }: Findings): string {
  const list = [
    ...lost.map((one) => `lost ${one}`),
    ...doubled.map((one) => `doubled ${one}`),
    ...disordered.map((one) => `out of order ${one}`),
  ];
  return `${list.slice(0, 12).join('; ')}${list.length > 12 ? ` and ${String(list.length - 12)} more` : ''}${resent ? ` resent ${String(resent)}` : ''}`;
}
