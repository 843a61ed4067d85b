import type { Clock, Log, StoreLauncher, StoreProcess, Timer } from '../ports';
import { Calls } from './calls';
import type { FromProcess, OpenMessage } from './protocol';
import { StoreError } from './store';

export interface ConnectionOptions {
  readonly launcher: StoreLauncher;
  readonly clock: Clock;
  readonly log: Log;
  readonly file: string | null;
  readonly key: string | null;
  /** A fresh database took the place of one that was damaged, or that was in memory. */
  readonly onRecovered: () => void;
}

/**
 *            ready            opened
 *   starting ─────▶ opening ─────────▶ open ──close──▶ closing ──closed, exit──▶ closed
 *      ▲  ▲           │  │ refused      │ exit, damaged    ▲
 *      │  │           │  └──▶ down      ▼                  │ close, from anywhere
 *      │  └───────────┴─exit──────▶ resting
 *      └──────────────after a while─────┘   (down: at the next call)
 */
type State =
  | { readonly is: 'starting' | 'opening' | 'open' | 'closing'; readonly process: StoreProcess }
  | { readonly is: 'resting'; readonly timer: Timer }
  | { readonly is: 'down' | 'closed' };

type Opened = Extract<FromProcess, { readonly kind: 'opened' }>;

/** Milliseconds before the next start, by the number of deaths since the last answer; after the last, down. */
const rests = [0, 50, 250, 1000, 3000] as const;
/** A process that does not say a word in this time is taken for hung. */
const startDeadline = 15_000;
/** For the calls that wait at closing, and then for the process to end. */
const closeDeadline = 2_000;

/** Keeps a store process alive and a database open in it. */
export class StoreConnection {
  readonly calls = new Calls();
  readonly #options: ConnectionOptions;
  #state: State = { is: 'down' };
  #deaths = 0;
  #rebuild = false;
  /** See OpenMessage. */
  #lastTold: number | null = null;
  #deadline: Timer | null = null;
  #opened: ((error: StoreError | null) => void) | null = null;
  #ended: (() => void) | null = null;
  #closing: Promise<void> | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Resolves once open; rejects with StoreError. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#opened = (error) => {
        this.#opened = null;
        if (error) reject(error);
        else resolve();
      };
      this.#start();
    });
  }

  call(...[name, args]: Parameters<Calls['add']>): Promise<unknown> {
    if (this.#closing) {
      return Promise.reject(new StoreError('closed', 'the store is closed'));
    }
    const result = this.calls.add(name, args);
    if (this.#state.is === 'down') this.#start();
    return result;
  }

  /** Told to the next process, so that it knows what an earlier one could not tell any more. */
  told(messageId: number): void {
    this.#lastTold = Math.max(this.#lastTold ?? 0, messageId);
  }

  /** Waits for the calls on the way, then closes database and process; at most a few seconds. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (!this.calls.empty) await this.#within(this.calls.idle());
    const state = this.#state;
    this.#deadline?.cancel();
    if (state.is === 'resting') state.timer.cancel();
    if ('process' in state) {
      const { process } = state;
      const end = new Promise<void>((resolve) => {
        this.#ended = resolve;
      });
      this.#state = { is: 'closing', process };
      if (state.is === 'open') process.post({ kind: 'close' });
      else process.kill();
      await this.#within(end);
      if (this.#ended) {
        process.kill();
        await this.#within(end);
      }
    }
    this.#state = { is: 'closed' };
    const error = new StoreError('closed', 'the store is closed');
    this.calls.reject(error);
    this.#opened?.(error);
  }

  #within(work: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#options.clock.after(closeDeadline, resolve);
      void work.then(() => {
        timer.cancel();
        resolve();
      });
    });
  }

  #start(): void {
    const process = this.#options.launcher.launch();
    this.#state = { is: 'starting', process };
    process.onMessage((message) => {
      if ('process' in this.#state && this.#state.process === process) {
        this.#receive(process, message as FromProcess);
      }
    });
    process.onExit((code) => {
      if ('process' in this.#state && this.#state.process === process) this.#died(code);
    });
    this.#deadline = this.#options.clock.after(startDeadline, () => {
      process.kill();
    });
  }

  #receive(process: StoreProcess, message: FromProcess): void {
    switch (message.kind) {
      case 'ready': {
        this.#deadline?.cancel();
        this.#state = { is: 'opening', process };
        const { file, key } = this.#options;
        const open: OpenMessage = {
          kind: 'open',
          file,
          key,
          rebuild: this.#rebuild,
          lastTold: this.#lastTold,
        };
        process.post(open);
        return;
      }
      case 'opened':
        this.#isOpen(process, message);
        return;
      case 'refused':
        this.#refused(process, new StoreError(message.reason, message.message));
        return;
      case 'answer':
      case 'failed':
        if (message.kind === 'failed' && message.reason === 'damaged' && this.#canRebuild()) {
          // The call waits for the fresh database.
          this.#replace(process, 'damaged');
          return;
        }
        if (message.kind === 'failed' && message.reason === 'bug')
          this.#options.log.error('store-bug', { at: message.message });
        this.#deaths = 0;
        this.calls.settle(message);
        return;
      case 'closed':
        process.kill();
    }
  }

  #isOpen(process: StoreProcess, { lastId, recovered }: Opened): void {
    this.#state = { is: 'open', process };
    // What was in memory only went with the process.
    const lost = this.#options.file === null && this.#lastTold !== null;
    this.#lastTold ??= lastId;
    this.#rebuild = false;
    if (recovered || lost) {
      this.#options.log.warn('store-rebuilt');
      this.#options.onRecovered();
    }
    this.#opened?.(null);
    this.calls.connect((message) => {
      process.post(message);
    });
  }

  #refused(process: StoreProcess, error: StoreError): void {
    if (error.reason === 'damaged' && this.#canRebuild()) {
      this.#replace(process, 'damaged');
      return;
    }
    this.#state = { is: 'down' };
    process.kill();
    this.#options.log.error('store-refused', { reason: error.reason });
    this.#fail(error);
  }

  #canRebuild(): boolean {
    return this.#options.file !== null && !this.#rebuild;
  }

  /** A fresh process puts the damaged file aside: only the end of the old one surely closes it. */
  #replace(process: StoreProcess, reason: StoreError['reason']): void {
    this.#options.log.error('store-damaged');
    this.#rebuild = true;
    this.calls.disconnect(reason);
    process.kill();
  }

  #died(code: number): void {
    this.#deadline?.cancel();
    if (this.#state.is === 'closing') {
      this.#ended?.();
      this.#ended = null;
      return;
    }
    this.#options.log.warn('store-died', { code, deaths: this.#deaths });
    this.calls.disconnect('io');
    const rest = rests[this.#deaths++];
    if (rest === undefined) {
      this.#deaths = 0;
      this.#state = { is: 'down' };
      this.#fail(new StoreError('io', `the store’s process ends again and again (${code})`));
      return;
    }
    const timer = this.#options.clock.after(rest, () => {
      this.#start();
    });
    this.#state = { is: 'resting', timer };
  }

  #fail(error: StoreError): void {
    this.calls.reject(error);
    this.#opened?.(error);
  }
}
