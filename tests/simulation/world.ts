import { createCore } from '../../src-main/core';
import type { Core } from '../../src-main/core-api';
import type { Ports } from '../../src-main/ports';
import type { CallArgs, CallName, CallResult } from '../../src-shared/ipc/contract';
import type { AccountId } from '../../src-shared/model/account';
import type { Message } from '../../src-shared/model/conversation';
import { plainOptions } from '../support/core';
import { Chance } from './chance';
import { Disk, type Life } from './disk';
import { own, SimulatedServer, type ServerKind } from './server';
import type { Timeline } from './timeline';
import { Wire } from './wire';

const url = 'wss://sim.test/ws';
const epoch = Date.UTC(2026, 0, 1);

/** One life of the core, from its start to its end by a kill; every call of a port is a place where it may end. */
class CoreLife implements Life {
  alive = true;
  steps = 0;
  /** The step at which it ends; none: it lives on. */
  killAt = Infinity;
  readonly core: Core;
  wire: Wire | null = null;

  constructor(private readonly world: World) {
    const { disk, chance } = world;
    const ports: Ports = {
      clock: {
        now: () => world.clientNow(),
        monotonic: () => world.time.now,
        after: (ms, run) => this.timer(ms, run),
      },
      // Its own, so that a change in the core leaves the rest of a schedule alone.
      random: new Chance(chance.between(0, 2 ** 31)).port(),
      secrets: disk.keyring,
      notifier: { show: () => undefined, close: () => undefined },
      opener: { open: () => Promise.resolve(false) },
      http: { get: () => Promise.resolve({ ok: false, reason: 'nothing there' }) },
      files: disk.files(this),
      exports: { choose: () => Promise.resolve(null) },
      system: {
        onSuspend: () => () => undefined,
        onWake: () => () => undefined,
        onNetwork: () => () => undefined,
        hostName: 'sim',
        platform: 'linux',
        locales: ['en'],
        appVersion: '0.1.0',
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
        if (!world.server.reachable) return Promise.resolve(null);
        this.wire = new Wire(
          world.time,
          chance,
          world.latency,
          url,
          () => (this.step('frame') === 'done' ? 'written' : 'lost'),
          (direction, frame) => {
            if (world.wordy) world.note(`${direction} ${frame}`);
          },
        );
        world.server.accept(this.wire);
        return Promise.resolve(this.wire.client);
      },
    });
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
      if (this.alive) run();
    });
  }

  private timer(ms: number, run: () => void): { cancel(): void } {
    if (!this.alive) return { cancel: () => undefined };
    return this.world.time.after(ms, () => {
      if (this.step('timer') === 'done' && this.alive) run();
    });
  }
}

export interface Sent {
  readonly peer: string;
  readonly body: string;
  /** Whether the command was answered: from then on the message is promised. */
  promised: boolean;
}

/** A core, its server and everything that may happen to them. */
export class World {
  readonly disk: Disk;
  readonly server: SimulatedServer;
  /** What the user wrote, in that order. */
  readonly sent: Sent[] = [];
  readonly trace: string[] = [];
  /** The trace has every frame in it. */
  wordy = false;
  readonly latency: number;
  readonly maxSlowness: number;
  life: CoreLife | null = null;
  kills = 0;
  cuts = 0;
  /** What was expired at the server (R10). */
  readonly expired = new Set<string>();
  account: AccountId | null = null;
  #skew = 0;

  constructor(
    readonly time: Timeline,
    readonly chance: Chance,
    readonly kind: ServerKind,
  ) {
    this.disk = new Disk(() => this.clientNow());
    time.stirred = () => this.disk.stirred;
    this.server = new SimulatedServer(time, chance, kind);
    this.latency = chance.pick([0, 5, 40, 400]);
    this.maxSlowness = chance.pick([0, 0, 5, 100]);
  }

  clientNow(): number {
    return epoch + this.#skew + this.time.now;
  }

  slowness(): number {
    return this.maxSlowness === 0 ? 0 : this.chance.between(0, this.maxSlowness);
  }

  /** The user, or a time server, sets the clock (R11). */
  stepClock(ms: number): void {
    this.#skew += ms;
  }

  note(event: string, fields?: unknown): void {
    this.trace.push(`${this.time.now} ${event} ${fields === undefined ? '' : JSON.stringify(fields)}`);
  }

  /** The first start: signs in and is online before anything happens. */
  async begin(): Promise<void> {
    const life = this.start();
    const outcome = await this.passing(
      life.core.call('account.signIn', {
        jid: own,
        password: 'secret',
        options: { ...plainOptions, server: url },
      }),
    );
    if (!outcome?.ok) throw new Error('no sign-in');
    this.account = outcome.value;
    if (!(await this.untilOnline())) {
      const state = await this.ask('app.state', {});
      throw new Error(
        `never online: ${JSON.stringify(state?.value.accounts[0]?.connection)} ${this.trace.join('\n')}`,
      );
    }
  }

  start(): CoreLife {
    const life = new CoreLife(this);
    this.life = life;
    void life.core.start();
    return life;
  }

  died(life: CoreLife, kind: string): void {
    this.kills += 1;
    this.note('killed', { at: kind, step: life.steps });
    if (this.life === life) this.life = null;
    // What was handed to the network before may still get there.
    const arriving = this.chance.happens(0.5) ? 1 : this.chance.next();
    this.time.after(0, () => {
      life.wire?.orphan(arriving);
    });
  }

  /** Lets time pass until the promise is settled; null: it never is. */
  async passing<T>(promise: Promise<T>, most = 600_000): Promise<T | null> {
    let settled: { readonly value: T } | null = null;
    void promise.then((value) => (settled = { value }));
    await this.time.runUntil(this.time.now + most, () => settled !== null);
    return (settled as { readonly value: T } | null)?.value ?? null;
  }

  async ask<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallResult<N> | null> {
    const outcome = this.life ? await this.passing(this.life.core.call(name, args)) : null;
    return outcome?.ok ? outcome.value : null;
  }

  async untilOnline(): Promise<boolean> {
    for (let tries = 0; tries < 60; tries += 1) {
      const state = await this.ask('app.state', {});
      if (state?.value.accounts[0]?.connection.phase === 'online') return true;
      await this.time.runUntil(this.time.now + 2_000);
    }
    return false;
  }

  send(peer: string, body: string): void {
    const { life, account } = this;
    if (!life || account === null) return;
    const sent: Sent = { peer, body, promised: false };
    this.sent.push(sent);
    void life.core.call('message.send', { account, peer, body }).then((outcome) => {
      if (life.alive && outcome.ok) sent.promised = true;
    });
  }

  async rows(peer: string): Promise<readonly Message[]> {
    const { account } = this;
    if (account === null) return [];
    const rows: Message[] = [];
    let anchor: { side: 'before'; id: number } | null = null;
    for (let pages = 0; pages < 20; pages += 1) {
      const page: CallResult<'messages.page'> | null = await this.ask('messages.page', {
        account,
        peer,
        anchor,
        limit: 200,
      });
      const first: Message | undefined = page?.value.messages[0];
      if (!page || !first) break;
      rows.unshift(...page.value.messages);
      if (!page.value.older) break;
      anchor = { side: 'before', id: first.id };
    }
    return rows;
  }

  close(): void {
    const { life } = this;
    if (life) life.alive = false;
  }
}
