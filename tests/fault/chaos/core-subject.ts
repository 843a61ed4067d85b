import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deadlines } from '../../../src-main/xmpp/stream/deps';
import type { CallArgs, CallName, CallResult } from '../../../src-shared/ipc/contract';
import type { Outcome } from '../../../src-shared/ipc/errors';
import { bundle, storeBundle } from '../../support/store-launcher';
import type { Order, Report } from './core-orders';
import type { Subject } from './subject';
import { Trace } from './trace';

/** So that what a user waits half a minute for takes a second here. */
const DEADLINES: Partial<Deadlines> = {
  step: 6_000,
  total: 35_000,
  resumeAck: 4_000,
  probeEvery: 700,
  probeAnswer: 5_000,
  iq: 6_000,
  close: 200,
};

let bundled: Promise<string> | null = null;

/** The core in a process of plain Node, its store in a child of that; a profile of its own. */
export async function coreSubject(): Promise<Subject> {
  bundled ??= bundle('tests/fault/chaos/core-process.ts', 'chaos-bundle');
  const [script, storeFile, dir] = await Promise.all([
    bundled,
    storeBundle(),
    mkdtemp(join(tmpdir(), 'flint-chaos-')),
  ]);
  return new CoreSubject(script, storeFile, dir);
}

class CoreSubject implements Subject {
  #child: ChildProcess | null = null;
  #up = false;
  #next = 1;
  #ended: Promise<void> = Promise.resolve();
  readonly #waiting = new Map<number, (outcome: Outcome<unknown> | null) => void>();
  readonly #acked = new Map<string, number>();
  readonly #trace = new Trace();

  constructor(
    private readonly script: string,
    private readonly storeFile: string,
    private readonly dir: string,
  ) {}

  get alive(): boolean {
    return this.#up;
  }

  get ended(): Promise<void> {
    return this.#ended;
  }

  ackedAt(body: string): number | null {
    return this.#acked.get(body) ?? null;
  }

  async start(): Promise<void> {
    this.#trace.add('— start');
    const child = fork(this.script, {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#trace.add(`printed ${text}`);
      });
    const up = new Promise<void>((resolve) => {
      child.on('message', (report: Report) => {
        if (report.tell === 'up') resolve();
        else this.#hear(report);
      });
    });
    this.#ended = once(child, 'exit').then(([code, signal]) => {
      this.#trace.add(`— ended ${String(signal ?? code)}`);
      this.#up = false;
      for (const give of this.#waiting.values()) give(null);
      this.#waiting.clear();
    });
    this.#order({
      do: 'start',
      dir: this.dir,
      storeFile: this.storeFile,
      secretsFile: join(this.dir, 'keyring.json'),
      deadlines: DEADLINES,
    });
    await Promise.race([up.then(() => (this.#up = child.exitCode === null)), this.#ended]);
  }

  call<N extends CallName>(name: N, args: CallArgs<N>): Promise<Outcome<CallResult<N>> | null> {
    if (!this.#up) return Promise.resolve(null);
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve as (outcome: Outcome<unknown> | null) => void);
      this.#order({ do: 'call', id, name, args });
    });
  }

  async kill(which: 'app' | 'store' | 'both'): Promise<void> {
    const pid = this.#child?.pid;
    if (pid === undefined || this.#child?.exitCode !== null || this.#child.signalCode !== null) return;
    this.#trace.add(`— kill ${which}`);
    const children = which === 'app' ? [] : childrenOf(pid);
    if (which !== 'store') process.kill(pid, 'SIGKILL');
    for (const child of children) end(child);
    if (which !== 'store') await this.#ended;
  }

  arm(...[who, step]: Parameters<Subject['arm']>): void {
    this.#trace.add(`— armed ${who} ${JSON.stringify(step)}`);
    this.#order({ do: 'arm', who, step });
  }

  disk(...[fault]: Parameters<Subject['disk']>): void {
    this.#trace.add(`— disk ${JSON.stringify(fault)}`);
    this.#order({ do: 'disk', fault });
  }

  trace(): readonly string[] {
    return this.#trace.lines();
  }

  async stop(): Promise<void> {
    await this.kill('both');
    await rm(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }

  #order(order: Order): void {
    if (this.#child?.connected) this.#child.send(order, () => undefined);
  }

  #hear(report: Report): void {
    if (report.tell === 'trace') this.#trace.add(report.line);
    else if (report.tell === 'acked') {
      if (!this.#acked.has(report.body)) this.#acked.set(report.body, report.at);
    } else if (report.tell === 'answer') {
      this.#waiting.get(report.id)?.(report.outcome);
      this.#waiting.delete(report.id);
    }
  }
}

/** The processes that this one has started (Linux). */
export function childrenOf(pid: number): readonly number[] {
  try {
    const text = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

export function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
