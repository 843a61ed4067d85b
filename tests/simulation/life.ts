import { createCore } from '../../src-main/core';
import type { Core } from '../../src-main/core-api';
import type { Ports, Timer } from '../../src-main/ports';
import { Chance } from './chance';
import type { Life } from './disk';
import { Wire } from './wire';
import type { World } from './world';

export const url = 'wss://sim.test/ws';

/** One life of the core, from its start to its end by a kill; every call of a port is a place where it may end. */
export class CoreLife implements Life {
  alive = true;
  steps = 0;
  /** The step at which it ends; none: it lives on. */
  killAt = Infinity;
  readonly core: Core;
  wire: Wire | null = null;
  /** How often it has reached for the server. */
  connects = 0;
  /** Frames that it wrote. */
  written = 0;
  /** Times that the computer slept: its own clock for intervals stands still meanwhile. */
  slept = 0;
  #begun: Promise<void> | null = null;
  #asleep: (() => void)[] | null = null;
  readonly #onWake = new Set<() => void>();

  constructor(private readonly world: World) {
    const { disk, chance } = world;
    const ports: Ports = {
      clock: {
        now: () => world.clientNow(),
        monotonic: () => world.time.now - this.slept,
        after: (ms, run) => this.timer(ms, run),
      },
      // Its own, so that a change in the core leaves the rest of a schedule alone.
      random: new Chance(chance.between(0, 2 ** 31)).port(),
      secrets: disk.keyring,
      taskbar: { canFlash: false, flash: () => undefined },
      screens: {
        list: () => Promise.resolve(null),
        take: () => Promise.resolve(null),
        forget: () => undefined,
      },
      spelling: { languages: [], use: () => undefined, onDictionary: () => undefined },
      diagnostics: { versions: () => ({}), recentLog: () => Promise.resolve([]) },
      sounds: {
        choose: () => Promise.resolve(null),
        keep: () => Promise.resolve(),
        remove: () => Promise.resolve(),
      },
      notifier: { show: () => undefined, close: () => undefined },
      opener: { open: () => Promise.resolve(false) },
      http: { get: () => Promise.resolve({ ok: false, reason: 'nothing there' }) },
      files: disk.files(this),
      exports: { choose: () => Promise.resolve(null) },
      paper: { pdf: () => Promise.resolve(new Uint8Array()), print: () => Promise.resolve(false) },
      downloads: { choose: () => Promise.resolve(null) },
      transfer: {
        look: () => Promise.resolve({ is: 'gone' }),
        prepare: () => Promise.resolve('gone'),
        copies: {
          keep: () => Promise.reject(new Error('no disk')),
          remove: () => Promise.resolve(),
          sweep: () => Promise.resolve(),
          clear: () => Promise.resolve(),
        },
        open: () => Promise.resolve(null),
        put: () => Promise.resolve({ is: 'network' }),
        get: () => Promise.resolve({ is: 'network' }),
        page: () => Promise.resolve(null),
      },
      pictures: {
        read: () => Promise.resolve(null),
        has: () => Promise.resolve(false),
        write: () => Promise.resolve(),
        remove: () => Promise.resolve(),
        clear: () => Promise.resolve(),
      },
      system: {
        onSuspend: () => () => undefined,
        onWake: (run) => {
          this.#onWake.add(run);
          return () => this.#onWake.delete(run);
        },
        onNetwork: () => () => undefined,
        hostName: 'sim',
        platform: 'linux',
        locales: ['en'],
        hourCycle: 'h23',
        appVersion: '0.1.0',
        idleSeconds: () => null,
        onLock: () => () => undefined,
        setAutostart: () => Promise.resolve(),
      },
      store: disk.launcher(this, () => world.slowness()),
      log: {
        info: () => undefined,
        warn: () => undefined,
        error: (event, fields) => world.note(event, fields),
      },
    };
    this.core = createCore(ports, {
      connect: () => {
        if (!this.alive) return new Promise(() => undefined);
        this.connects += 1;
        if (!world.server.reachable) return Promise.resolve(null);
        this.wire = new Wire(
          world.time,
          chance,
          world.latency,
          url,
          () => {
            this.written += 1;
            return this.step('frame') === 'done' ? 'written' : 'lost';
          },
          (run) => {
            this.awake(run);
          },
          (direction, frame) => {
            if (world.wordy) world.note(`${direction} ${frame}`);
          },
        );
        world.server.accept(this.wire);
        return Promise.resolve(this.wire.client);
      },
    });
  }

  /** Resolves when the core has read what it keeps. */
  begin(): Promise<void> {
    return (this.#begun ??= this.core.start());
  }

  now(): number {
    return this.world.time.now;
  }

  step(kind: string): 'done' | 'lost' {
    if (!this.alive) return 'lost';
    this.steps += 1;
    if (this.steps < this.killAt) return 'done';
    this.alive = false;
    this.world.died(this, kind);
    return this.world.chance.happens(0.5) ? 'done' : 'lost';
  }

  after(ms: number, run: () => void): void {
    this.world.time.after(ms, () => {
      this.awake(run);
    });
  }

  get sleeping(): boolean {
    return this.#asleep !== null;
  }

  sleep(): void {
    this.#asleep ??= [];
  }

  /** Awake again: what waited meanwhile comes in its order, then the system says so. */
  wake(after: number): void {
    const held = this.#asleep ?? [];
    this.#asleep = null;
    this.slept += after;
    for (const run of held) this.after(0, run);
    this.after(0, () => {
      for (const run of this.#onWake) run();
    });
  }

  /** Runs it at once, or when the computer wakes; not at all when this life is over. */
  private awake(run: () => void): void {
    if (this.#asleep) this.#asleep.push(run);
    else if (this.alive) run();
  }

  private timer(ms: number, run: () => void): Timer {
    const { time } = this.world;
    const due = time.now - this.slept + Math.max(0, ms);
    let timer: Timer | null = null;
    let off = false;
    const wait = (): void => {
      if (!this.alive || off) return;
      timer = time.after(due - (time.now - this.slept), () => {
        this.awake(() => {
          if (off) return;
          if (time.now - this.slept < due) wait();
          else if (this.step('timer') === 'done' && this.alive) run();
        });
      });
    };
    wait();
    return {
      cancel: () => {
        off = true;
        timer?.cancel();
      },
    };
  }
}
