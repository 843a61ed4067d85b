import type { Fault, FaultKind } from './faults';
import type { Findings } from './ledger';

interface Line {
  readonly server: string;
  readonly fault: FaultKind | 'at the end';
  rounds: number;
  messages: number;
  lost: number;
  doubled: number;
  disordered: number;
  resent: number;
  byServer: number;
  slowest: number;
}
/** A round, or what was found at the end of all, without a fault. */
interface Counted {
  readonly fault?: Fault;
  readonly findings: Findings;
  readonly messages?: number;
  /** Milliseconds. */
  readonly recovery?: number;
}

/** The results of all rounds, by server and kind of fault. */
export class Tally {
  readonly #lines = new Map<string, Line>();

  /** @param resends whether the same id may come twice on this server: it has neither archive nor resumption */
  add(server: string, result: Counted, resends: boolean): void {
    const { findings, messages = 0, recovery = 0 } = result;
    const fault = result.fault?.kind ?? 'at the end';
    const key = `${server}/${fault}`;
    const line = this.#lines.get(key) ?? {
      ...{ server, fault, rounds: 0, messages: 0, lost: 0, doubled: 0, disordered: 0 },
      ...{ resent: 0, byServer: 0, slowest: 0 },
    };
    this.#lines.set(key, line);
    line.rounds += result.fault ? 1 : 0;
    line.messages += messages;
    line.lost += findings.lost.length;
    line.doubled += findings.doubled.length + (resends ? 0 : findings.resent);
    line.disordered += findings.disordered.length;
    line.resent += findings.resent;
    line.byServer += findings.byServer;
    line.slowest = Math.max(line.slowest, recovery);
  }

  get good(): boolean {
    const { lost, doubled, disordered } = this.#sum();
    return lost + doubled + disordered === 0;
  }

  /** The table, in Markdown. */
  table(): string {
    const head = [
      ...['server', 'fault', 'rounds', 'messages', 'lost', 'doubled', 'out of order', 'resent'],
      ...['lost by the server', 'slowest recovery'],
    ];
    const rows = [...this.#lines.values()]
      .filter((line) => line.rounds > 0 || line.lost + line.doubled + line.disordered > 0)
      .sort((a, b) => a.server.localeCompare(b.server) || a.fault.localeCompare(b.fault))
      .map((line) => [line.server, line.fault, ...figures(line)]);
    const all = [head, ...rows, ['all', '', ...figures(this.#sum())]];
    const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
    const write = (row: readonly string[]): string =>
      `| ${row.map((cell, n) => (n < 2 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join(' | ')} |`;
    const rule = `|${widths.map((width, n) => (n < 2 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
    return [write(head), rule, ...all.slice(1).map(write)].join('\n');
  }

  /** The last line. */
  verdict(): string {
    const { rounds, messages, lost, doubled, disordered } = this.#sum();
    return `${String(rounds)} rounds, ${String(messages)} messages, ${String(lost)} lost, ${String(doubled)} doubled, ${String(disordered)} out of order`;
  }

  #sum(): Line {
    const sum: Line = {
      ...{ server: 'all', fault: 'none', rounds: 0, messages: 0, lost: 0, doubled: 0, disordered: 0 },
      ...{ resent: 0, byServer: 0, slowest: 0 },
    };
    for (const line of this.#lines.values()) {
      for (const key of [
        'rounds',
        'messages',
        'lost',
        'doubled',
        'disordered',
        'resent',
        'byServer',
      ] as const)
        sum[key] += line[key];
      sum.slowest = Math.max(sum.slowest, line.slowest);
    }
    return sum;
  }
}

const figures = (line: Line): readonly string[] => [
  ...[line.rounds, line.messages, line.lost, line.doubled, line.disordered, line.resent, line.byServer].map(
    String,
  ),
  `${(line.slowest / 1000).toFixed(1)} s`,
];
