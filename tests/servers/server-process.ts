import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { guardFolder, type Guard } from './guard';

const READY_MS = 60_000;
const GRACE_MS = 8_000;
const LOG_LIMIT = 8 * 1024 * 1024;

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** One server's program in one folder: started, ended gently or hard, started again; its output is kept as its log. */
export class ServerProcess {
  readonly folder: string;
  private readonly guard: Guard;
  private child: ChildProcessWithoutNullStreams | undefined;
  private output = '';

  constructor(private readonly name: string) {
    this.folder = mkdtempSync(join(tmpdir(), `flint-${name}-`));
    this.guard = guardFolder(this.folder);
  }

  get log(): string {
    return this.output;
  }

  get running(): boolean {
    return this.child !== undefined;
  }

  /**
   * Starts the program and waits until `ready` answers true.
   *
   * @throws Error with the end of the log when it ends, or is not ready in a minute
   */
  async start(command: Command, ready: () => Promise<boolean>): Promise<void> {
    if (this.child !== undefined) throw new Error(`${this.name} runs already`);
    const child = spawn(command.file, command.args, {
      cwd: this.folder,
      // A group of its own: Ctrl+C in the terminal is for us, who then end it in order.
      detached: true,
      env: { ...process.env, ...command.env },
      stdio: 'pipe',
    });
    this.child = child;
    this.guard.watch(child.pid);
    const keep = (text: string): void => {
      this.output = (this.output + text).slice(-LOG_LIMIT);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      keep(`${error.message}\n`);
    });
    child.once('exit', () => {
      if (this.child === child) this.child = undefined;
      this.guard.watch(undefined);
    });

    const deadline = Date.now() + READY_MS;
    while (!(await ready())) {
      if (this.child !== child || child.exitCode !== null) throw this.failure('ended at its start');
      if (Date.now() > deadline) throw this.failure('was not ready in a minute');
      await sleep(40);
    }
  }

  /** Writes a line to the program's standard input. */
  write(line: string): void {
    if (this.child === undefined) throw new Error(`${this.name} does not run`);
    this.child.stdin.write(`${line}\n`);
  }

  /** Calls back for every piece of output of the program that runs now; ends with it. */
  onOutput(listener: (text: string) => void): void {
    this.child?.stdout.on('data', listener);
  }

  /** Sends the signal and waits for the end; SIGKILL follows when it takes longer than some seconds. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.child;
    if (child?.pid === undefined) return;
    const gone = once(child, 'exit');
    signalGroup(child.pid, signal);
    const late = setTimeout(() => {
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    }, GRACE_MS);
    await gone;
    clearTimeout(late);
  }

  /** Ends the program and removes its folder. */
  async remove(): Promise<void> {
    await this.end('SIGTERM');
    await this.guard.release();
  }

  private failure(what: string): Error {
    return new Error(`${this.name} ${what}. The end of its log:\n${this.output.slice(-4_000)}`);
  }
}

/** True when something accepts connections on this port of the loopback interface. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const answer = (yes: boolean) => (): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', answer(true)).once('error', answer(false));
  });
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
