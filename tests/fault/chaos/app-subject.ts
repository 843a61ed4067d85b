import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallArgs, CallName, CallResult } from '../../../src-shared/ipc/contract';
import type { Outcome } from '../../../src-shared/ipc/errors';
import { launchFlint, type Launched } from '../../desktop/app';
import type { Desktop } from '../../desktop/desktop';
import { childrenOf, end } from './core-subject';
import type { Subject } from './subject';
import { Trace } from './trace';

/** Flint as it was built, in Electron, on a desktop; a profile of its own. Its calls go through the window's bridge. */
export function appSubject(desktop: Desktop): Promise<Subject> {
  return Promise.resolve(new AppSubject(desktop, mkdtempSync(join(desktop.dir, 'chaos-'))));
}

class AppSubject implements Subject {
  #launched: Launched | null = null;
  #ended: Promise<void> = Promise.resolve();
  #starting: Promise<void> = Promise.resolve();
  readonly #acked = new Map<string, number>();
  readonly #trace = new Trace();

  constructor(
    private readonly desktop: Desktop,
    private readonly userData: string,
  ) {}

  get alive(): boolean {
    return this.#launched !== null;
  }

  get ended(): Promise<void> {
    return this.#ended;
  }

  ackedAt(body: string): number | null {
    return this.#acked.get(body) ?? null;
  }

  start(): Promise<void> {
    this.#starting = this.#start();
    return this.#starting;
  }

  async #start(): Promise<void> {
    this.#trace.add('— start');
    const launched = await launchFlint({ desktop: this.desktop, userData: this.userData });
    this.#launched = launched;
    this.#ended = new Promise((resolve) => {
      launched.app.process().once('exit', () => {
        this.#trace.add('— ended');
        if (this.#launched === launched) this.#launched = null;
        resolve();
      });
    });
    await launched.page.exposeFunction('chaosAcked', (body: string, at: number) => {
      if (!this.#acked.has(body)) this.#acked.set(body, at);
    });
    await launched.page.evaluate(WATCH);
  }

  async call<N extends CallName>(name: N, args: CallArgs<N>): Promise<Outcome<CallResult<N>> | null> {
    const launched = this.#launched;
    if (!launched) return null;
    const asked = `window.api.call(${JSON.stringify(name)}, ${JSON.stringify(args)})`;
    const gone = this.#ended.then(() => null);
    try {
      return await Promise.race([launched.page.evaluate<Outcome<CallResult<N>>>(asked), gone]);
    } catch (error) {
      this.#trace.add(`${name}: ${String(error)}`);
      return null;
    }
  }

  async kill(which: 'app' | 'store' | 'both'): Promise<void> {
    // Playwright has no hold of an app that is not up yet.
    await this.#starting;
    const launched = this.#launched;
    if (!launched) return;
    this.#trace.add(`— kill ${which}`);
    const stores = which === 'app' ? [] : storesOf(launched.app.process().pid);
    if (which !== 'store') await launched.kill();
    for (const pid of stores) end(pid);
    if (which !== 'store') await this.#ended;
  }

  arm(): void {
    throw new Error('the app has no steps at which it can be stopped');
  }

  disk(): void {
    throw new Error('the disk of the app cannot be filled');
  }

  trace(): readonly string[] {
    return [...this.#trace.lines(), this.#launched?.log() ?? ''];
  }

  async stop(): Promise<void> {
    await this.#launched?.close();
  }
}

/** The window hears when the server has taken a message. */
const WATCH = `window.api.onBatch(({ events }) => {
  for (const { event } of events)
    if (event.type === 'message' && event.message.direction === 'out' && event.message.delivery !== 'waiting')
      void window.chaosAcked(event.message.body, Date.now());
})`;

/** Electron's utility processes for Node: the store is the only one that the app has. Linux. */
function storesOf(pid: number | undefined): readonly number[] {
  const all = [pid ?? 0];
  for (const one of all) all.push(...childrenOf(one));
  return all.filter((one) => commandOf(one).includes('node.mojom.NodeService'));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
