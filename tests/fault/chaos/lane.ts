import { setTimeout as pause } from 'node:timers/promises';
import type { CallArgs, CallName, CallResult } from '../../../src-shared/ipc/contract';
import type { AccountId } from '../../../src-shared/model/account';
import { CAPABILITIES } from '../../servers/capabilities';
import { newAccount, type TestAccount } from '../../servers/shared';
import type { TestServer } from '../../servers/server';
import { plainOptions } from '../../support/core';
import { faultProxy, type FaultProxy } from '../../support/fault-proxy';
import { archiveOf } from './archive-of';
import { ChaosPeer } from './chaos-peer';
import { Dice } from './dice';
import { describeFault, planOf, type Plan } from './faults';
import { inflict } from './inflict';
import { Ledger, nameOf, type Findings, type Row, type Seen } from './ledger';
import { ServerDoing } from './server-doing';
import type { Subject } from './subject';
import { Traffic } from './traffic';
import { Wire } from './wire';

export interface LaneOptions {
  readonly server: TestServer;
  readonly subject: Subject;
  readonly kind: 'core' | 'app';
  readonly seed: string;
}
export interface RoundResult {
  readonly plan: Plan;
  readonly messages: number;
  readonly findings: Findings;
  /** From when the world was in order until all was there, in milliseconds. */
  readonly recovery: number;
}

/** After this long what is not there counts as lost. */
const PATIENCE_MS = 45_000;
/** So long nothing may come of what the server holds in a dead session, which it gives up after 300 s. */
const HELD_MS = 420_000;
/** So long after the fault what the server has lost may still come. */
const CALM_MS = 7_000;
const LOOK_EVERY_MS = 120;
/** Everything is looked at again, in case something old comes once more. */
const WHOLE_EVERY = 20;
/** One account on one server, round after round. */
export class Lane {
  readonly #ledger = new Ledger();
  #proxy: FaultProxy | null = null;
  #peers: readonly ChaosPeer[] = [];
  #account: AccountId | null = null;
  #ours: TestAccount | null = null;
  #wire: Wire | null = null;
  #doing: ServerDoing | null = null;
  /** As of the last look. */
  #seen: readonly Seen[] = [];

  constructor(private readonly options: LaneOptions) {}

  async open(): Promise<void> {
    const { server, subject } = this.options;
    const { port, pathname } = new URL(server.wsUrl);
    this.#proxy = await faultProxy({ port: Number(port), uncompressed: true });
    const [ours, ...theirs] = await Promise.all(
      ['juliet', 'romeo', 'nurse'].map((name) => newAccount(server, server, name)),
    );
    if (!ours) throw new Error('no account');
    this.#ours = ours;
    this.#wire = new Wire(this.#proxy);
    this.#peers = theirs.map(
      (account, n) =>
        new ChaosPeer(server, account, n === 0 && server.tcpPort !== undefined ? 'slixmpp' : 'stanza'),
    );
    this.#doing = new ServerDoing({ server, ours, peers: this.#peers, wire: this.#wire });
    await Promise.all([subject.start(), ...this.#peers.map((peer) => peer.connect())]);
    this.#account = await this.#ask('account.signIn', {
      jid: ours.jid,
      password: ours.password,
      options: { ...plainOptions, server: `ws://127.0.0.1:${String(this.#proxy.port)}${pathname}` },
    });
    if (
      !(await this.#within(
        () => PATIENCE_MS,
        () => this.#ready(),
      ))
    )
      throw new Error('never online');
  }

  async close(): Promise<void> {
    await this.options.subject.stop();
    await Promise.all(this.#peers.map((peer) => peer.leave()));
    await this.#proxy?.stop();
  }

  get messages(): number {
    return this.#ledger.size;
  }

  async round(round: number): Promise<RoundResult> {
    const { server, subject, seed, kind } = this.options;
    const plan = planOf(seed, server.kind, round, kind);
    const before = this.#ledger.size;
    const traffic = new Traffic(
      { subject, account: this.#id(), jid: this.#ours?.jid ?? '', peers: this.#peers, ledger: this.#ledger },
      round,
      new Dice(`${seed}/traffic/${server.kind}/${String(round)}`),
    );
    await pause(plan.before);
    await inflict(plan.fault, {
      subject,
      proxy: this.#line(),
      server,
      peers: this.#peers,
      serverDied: (at) => this.#server().died(at),
    });
    const healed = performance.now();
    await pause(plan.after);
    await traffic.stop();
    const since = round % WHOLE_EVERY === 0 ? 0 : round;
    const seen = await this.#settle(round);
    const recovery = performance.now() - healed;
    const came = seen.some(({ rows }) => rows.some((row) => row.direction === 'in'));
    if (came && !this.#wire?.readable) throw new Error('what the server sends cannot be read on the line');
    const findings = this.#ledger.check(
      since === round ? seen : await this.#look(since),
      since,
      this.#server(),
    );
    return { plan, messages: this.#ledger.size - before, findings, recovery };
  }

  /** All of it once more, at the end. */
  async whole(): Promise<Findings> {
    return this.#ledger.check(await this.#look(0), 0, this.#server());
  }

  /** For the file about a round that failed. */
  async report(plan: Plan | 'end', findings: Findings): Promise<string> {
    const { server, subject, seed, kind } = this.options;
    const words = [
      `${server.kind}, ${kind}, seed ${seed}, ${plan === 'end' ? 'at the end' : `round ${String(plan.round)}: ${describeFault(plan.fault)}`}`,
      ...[...findings.lost.map((one) => `lost: ${one}`), ...findings.doubled.map((one) => `doubled: ${one}`)],
      ...findings.disordered.map((one) => `out of order: ${one}`),
    ];
    const since = plan === 'end' || findings.disordered.length > 0 ? 0 : plan.round - 1;
    const windows = this.#seen.flatMap(({ rows }, peer) => [
      `window ${String(peer)}:`,
      ...rows
        .filter(({ body }) => (this.#ledger.entryOf(body)?.round ?? 0) >= since)
        .map(({ id, at, direction, delivery, body }) =>
          [id, new Date(at).toISOString().slice(11), direction, delivery ?? '', body.slice(0, 24)].join(' '),
        ),
    ]);
    const log = server.log().split('\n').slice(-300);
    const archive = findings.disordered.length > 0 ? await archiveOf(server, this.#ours) : [];
    return [...words, '', ...windows, '', ...archive, '', ...subject.trace(), '', 'server:', ...log].join(
      '\n',
    );
  }

  async #settle(round: number): Promise<readonly Seen[]> {
    const { server, subject } = this.options;
    const began = performance.now();
    let seen: readonly Seen[] = [];
    let patience = PATIENCE_MS;
    let fewest = Infinity;
    let lastNews = 0;
    await this.#within(
      () => lastNews + patience,
      async () => {
        // A step at which it should die may have come only now.
        if (!subject.alive) {
          await subject.ended;
          await subject.start();
        }
        if (!(await this.#ready())) return false;
        seen = await this.#look(round);
        if (seen.some(({ rows }) => rows.some((row) => row.delivery === 'waiting'))) return false;
        this.#learnAcks(seen);
        const missing = this.#ledger.missing(seen, round);
        if (missing.length === 0) return true;
        // With an archive that may be one that it did give us, and that could not be kept: not acknowledged, it is still the server's.
        const held = missing.every(
          (entry) =>
            entry.direction === 'in' &&
            (CAPABILITIES[server.kind].mam || !this.#wire?.carried(nameOf(entry))),
        );
        // ejabberd takes 15 s for each of them, however many there are.
        if (held && missing.length < fewest) lastNews = performance.now() - began;
        fewest = Math.min(fewest, missing.length);
        patience = held ? HELD_MS : PATIENCE_MS;
        const calm = performance.now() - began > CALM_MS;
        if (!calm) return false;
        await this.#server().ask(missing);
        return missing.every((entry) => this.#server().lost(entry)) && (await this.#server().nothingWaits());
      },
    );
    this.#learnAcks(seen);
    return seen;
  }

  /** The window's rows say when the server had ours. */
  #learnAcks(seen: readonly Seen[]): void {
    for (const { rows } of seen)
      for (const { direction, body } of rows) {
        const entry = direction === 'out' ? this.#ledger.entryOf(body) : undefined;
        if (entry) entry.acked ??= this.options.subject.ackedAt(body);
      }
  }

  async #look(since: number): Promise<readonly Seen[]> {
    this.#seen = await Promise.all(
      this.#peers.map(async (peer) => ({ arrivals: peer.heard, rows: await this.#rows(peer.jid, since) })),
    );
    return this.#seen;
  }

  /** What the window shows, oldest first, at least all of the rounds from `since` on. */
  async #rows(peer: string, since: number): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for (;;) {
      const first = rows[0];
      const anchor = first ? ({ side: 'before', id: first.id } as const) : null;
      const page = (await this.#ask('messages.page', { account: this.#id(), peer, anchor, limit: 200 }))
        .value;
      // A row that moved up between two questions is in both answers.
      rows.unshift(...page.messages.filter(({ id }) => !rows.some((row) => row.id === id)));
      const oldest = this.#ledger.entryOf(page.messages[0]?.body ?? '');
      if (page.messages.length === 0 || !page.older || (oldest && oldest.round < since - 1)) return rows;
    }
  }

  /** Signed in, and what the server's archive has is here. */
  async #ready(): Promise<boolean> {
    const [account] = (await this.#ask('app.state', {})).value.accounts;
    if (account?.connection.phase === 'stopped')
      throw new Error(`stopped: ${JSON.stringify(account.connection.failure)}`);
    return account?.connection.phase === 'online' && ['current', 'none'].includes(account.archive.is);
  }

  /** A call that has to succeed, on whichever process is there by then. */
  async #ask<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallResult<N>> {
    let last: unknown = null;
    const end = performance.now() + PATIENCE_MS;
    while (performance.now() < end) {
      const outcome = await this.options.subject.call(name, args);
      if (outcome?.ok) return outcome.value;
      last = outcome?.error;
      if (!this.options.subject.alive) {
        await this.options.subject.ended;
        await this.options.subject.start();
      }
      await pause(50);
    }
    throw new Error(`${name} never succeeds: ${JSON.stringify(last)}`);
  }

  async #within(ms: () => number, done: () => Promise<boolean>): Promise<boolean> {
    const began = performance.now();
    for (;;) {
      if (await done()) return true;
      if (performance.now() > began + ms()) return false;
      await pause(LOOK_EVERY_MS);
    }
  }

  #id(): AccountId {
    if (this.#account === null) throw new Error('not signed in');
    return this.#account;
  }

  #server(): ServerDoing {
    if (!this.#doing) throw new Error('not open');
    return this.#doing;
  }

  #line(): FaultProxy {
    if (!this.#proxy) throw new Error('not open');
    return this.#proxy;
  }
}
