import type { CallArgs, CallName, CallResult } from '../../src-shared/ipc/contract';
import type { AccountId } from '../../src-shared/model/account';
import type { Message } from '../../src-shared/model/conversation';
import { plainOptions } from '../support/core';
import type { Chance } from './chance';
import { Disk } from './disk';
import { Tally } from './faults';
import { CoreLife, url } from './life';
import { SimulatedServer } from './server';
import { own, type ServerKind } from './server-kind';
import type { Timeline } from './timeline';

const epoch = Date.UTC(2026, 0, 1);

export interface Sent {
  readonly peer: string;
  readonly body: string;
  /** Whether the command was answered: from then on the message is promised. */
  promised: boolean;
  answered: boolean;
}

/** A core, its server and everything that may happen to them. */
export class World {
  readonly disk: Disk;
  readonly tally = new Tally();
  /** What was seen to be wrong on the way. */
  readonly wrong: string[] = [];
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
    this.server = new SimulatedServer(time, chance, kind, this.tally);
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
    await this.passing(life.begin());
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

  /** Whether a message that the user wrote has not got to the server yet. */
  get underWay(): boolean {
    return this.sent.some(({ peer, body }) => !this.server.got.get(peer)?.includes(body));
  }

  start(): CoreLife {
    const life = new CoreLife(this);
    this.life = life;
    this.server.freshLife = true;
    void life.begin();
    return life;
  }

  died(life: CoreLife, kind: string): void {
    this.kills += 1;
    if (this.underWay) this.tally.add('R1');
    if (this.server.owes) this.tally.add('R2');
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
    const sent: Sent = { peer, body, promised: false, answered: false };
    this.sent.push(sent);
    void life.core.call('message.send', { account, peer, body }).then((outcome) => {
      sent.answered = true;
      if (life.alive && outcome.ok) sent.promised = true;
    });
    const { slept } = life;
    // The composer works whatever the line does (R6).
    this.time.after(5_000, () => {
      if (life.alive && life.slept === slept && !sent.answered && !life.sleeping)
        this.wrong.push(`${body} was neither taken nor refused in five seconds`);
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
