import { setTimeout as pause } from 'node:timers/promises';
import type { CallArgs, CallName, CallResult } from '../../../src-shared/ipc/contract';
import type { AccountId } from '../../../src-shared/model/account';
import type { RoomStatus } from '../../../src-shared/model/room';
import { CAPABILITIES } from '../../servers/capabilities';
import { newAccount } from '../../servers/shared';
import type { TestServer } from '../../servers/server';
import { plainOptions } from '../../support/core';
import { faultProxy, type FaultProxy } from '../../support/fault-proxy';
import { Dice } from './dice';
import { describeFault, planOf, type Fault } from './faults';
import { inflict } from './inflict';
import { RoomsLedger, type Heard, type RoomFindings } from './rooms-ledger';
import { RoomsPeer } from './rooms-peer';
import type { Subject } from './subject';

export interface RoomsLaneOptions {
  readonly server: TestServer;
  readonly subject: Subject;
  readonly seed: string;
}
/** What happens to us in one of the rooms, beside what happens to the line. */
type RoomAct = 'none' | 'leave and join' | 'kicked and join';
export interface RoomsRound {
  readonly fault: Fault;
  readonly words: string;
  readonly messages: number;
  readonly findings: RoomFindings;
  /** From when the world was in order until all was there, in milliseconds. */
  readonly recovery: number;
}

const NICK = 'Juliet';
/** After this long what is not there counts as lost. */
const PATIENCE_MS = 90_000;
const LOOK_EVERY_MS = 150;
/** A room without archive keeps 25 messages for whoever comes in: of what is said in a round nothing may be beyond that. */
const MOST_KEPT = 20;

/** One account in two rooms with two others, round after round. */
export class RoomsLane {
  readonly #ledger: RoomsLedger;
  readonly #rooms: readonly string[];
  #proxy: FaultProxy | null = null;
  #peers: readonly RoomsPeer[] = [];
  #account: AccountId | null = null;

  constructor(private readonly options: RoomsLaneOptions) {
    const { server } = options;
    const { rooms, roomMam } = CAPABILITIES[server.kind];
    this.#ledger = new RoomsLedger({ oneOrder: roomMam, resends: !roomMam });
    const service = `${rooms}.${server.domain}`;
    this.#rooms = ['verona', 'mantua'].map((name) => `${name}-chaos@${service}`);
  }

  async open(): Promise<void> {
    const { server, subject } = this.options;
    const { port, pathname } = new URL(server.wsUrl);
    const proxy = await faultProxy({ port: Number(port), uncompressed: true });
    this.#proxy = proxy;
    const [ours, romeo, nurse] = await Promise.all([
      newAccount(server, server, 'juliet'),
      newAccount(server, server, 'romeo'),
      newAccount(server, server, 'nurse'),
    ]);
    const witness = await RoomsPeer.connect(server, romeo, 'Romeo');
    const other = await RoomsPeer.connect(server, nurse, 'Nurse');
    this.#peers = [witness, other];
    for (const room of this.#rooms) {
      await witness.join(room);
      await witness.open(room);
      await other.join(room);
    }
    await subject.start();
    this.#account = await this.#ask('account.signIn', {
      jid: ours.jid,
      password: ours.password,
      options: { ...plainOptions, server: `ws://127.0.0.1:${String(proxy.port)}${pathname}` },
    });
    await this.#until('online', () => this.#isOnline());
    for (const room of this.#rooms) await this.#join(room);
  }

  async close(): Promise<void> {
    await this.options.subject.stop();
    await Promise.all(this.#peers.map((peer) => peer.leave()));
    await this.#proxy?.stop();
  }

  async round(round: number): Promise<RoomsRound> {
    const { server, subject, seed } = this.options;
    const dice = new Dice(`${seed}/rooms/${server.kind}/${String(round)}`);
    const { before, after, fault: planned } = planOf(`${seed}/rooms`, server.kind, round, 'core');
    // Who sees what was said has to be there all the time: the server lives.
    const fault: Fault = planned.kind === 'server killed' ? { kind: 'reset' } : planned;
    const act = dice.pick<RoomAct>(['none', 'none', 'leave and join', 'kicked and join']);
    const size = this.#ledger.size;
    const talk = this.#talk(dice);
    const room = dice.pick(this.#rooms);
    await pause(before);
    const happened = this.#do(act, room);
    await inflict(fault, {
      ...{ subject, proxy: this.#line(), server, peers: [] },
      serverDied: () => undefined,
    });
    await happened;
    const healed = performance.now();
    await pause(after);
    await talk.stop();
    const findings = await this.#settle(act === 'none' ? null : room);
    const recovery = performance.now() - healed;
    const words = `${describeFault(fault)}, ${act}`;
    return { fault, words, messages: this.#ledger.size - size, findings, recovery };
  }

  report(): string {
    const windows = this.#rooms.map(
      (room) =>
        `${room}\n${this.#heardIn(room)
          .map(({ body }) => body)
          .join('\n')}`,
    );
    return [...windows, ...this.options.subject.trace(), this.options.server.log()].join('\n');
  }

  async #do(act: RoomAct, room: string): Promise<void> {
    if (act === 'kicked and join') await this.#peers[0]?.kick(room, NICK);
    else if (act === 'leave and join')
      await this.options.subject.call('room.leave', { account: this.#id(), peer: room });
  }

  /** Everybody writes in both rooms until told to stop. */
  #talk(dice: Dice): { stop(): Promise<void> } {
    let going = true;
    const { subject, server } = this.options;
    const { roomMam } = CAPABILITIES[server.kind];
    const left = new Map(this.#rooms.map((room) => [room, roomMam ? Infinity : MOST_KEPT]));
    const repeat = async (room: string, once: () => Promise<void>): Promise<void> => {
      while (going && (left.get(room) ?? 0) > 0) {
        left.set(room, (left.get(room) ?? 0) - 1);
        await once();
        await pause(roomMam ? dice.whole(30, 160) : dice.whole(150, 600));
      }
    };
    const ours = (room: string) => async (): Promise<void> => {
      if (!subject.alive) return;
      const { line, body } = this.#ledger.write(room, null, this.#heardIn(room).length);
      const outcome = await subject.call('message.send', { account: this.#id(), peer: room, body });
      line.fate = outcome === null ? 'unknown' : outcome.ok ? 'ok' : 'refused';
    };
    const theirs = (room: string, peer: RoomsPeer) => async (): Promise<void> => {
      const { line, body } = this.#ledger.write(room, peer.nick, this.#heardIn(room).length);
      await peer.say(room, `chaos${line.name.slice(1)}`, body);
      line.fate = 'ok';
    };
    const loops = this.#rooms.flatMap((room) => [
      repeat(room, ours(room)),
      ...this.#peers.map((peer) => repeat(room, theirs(room, peer))),
    ]);
    return {
      stop: async () => {
        going = false;
        await Promise.all(loops);
      },
    };
  }

  /** Waits until everything is where it should be, or never will be. */
  async #settle(left: string | null): Promise<RoomFindings> {
    let findings: RoomFindings = { lost: ['nothing was looked at'], doubled: [], disordered: [], resent: 0 };
    const calm = async (): Promise<boolean> => {
      const { subject } = this.options;
      // A step at which it should die may have come only now.
      if (!subject.alive) {
        await subject.ended;
        await subject.start();
      }
      if (!(await this.#isOnline())) return false;
      // Whoever was thrown out goes back by his own hand; a room that looks joined is left alone.
      if (left !== null && (await this.#statusOf(left))?.is === 'out') await this.#join(left);
      for (const room of this.#rooms) if ((await this.#statusOf(room))?.is !== 'joined') return false;
      findings = await this.#look();
      return findings.lost.length + findings.doubled.length + findings.disordered.length === 0;
    };
    await this.#until('', calm).catch(() => undefined);
    return findings;
  }

  async #look(): Promise<RoomFindings> {
    const all: RoomFindings[] = [];
    for (const room of this.#rooms)
      all.push(this.#ledger.check(room, this.#heardIn(room), await this.#shownIn(room)));
    return {
      lost: all.flatMap(({ lost }) => lost),
      doubled: all.flatMap(({ doubled }) => doubled),
      disordered: all.flatMap(({ disordered }) => disordered),
      resent: all.reduce((sum, { resent }) => sum + resent, 0),
    };
  }

  /** Of whoever is in it all the time. */
  #heardIn(room: string): readonly Heard[] {
    return this.#peers[0]?.heardIn(room) ?? [];
  }

  async #shownIn(peer: string): Promise<readonly string[]> {
    const rows: { readonly id: number; readonly body: string }[] = [];
    for (;;) {
      const first = rows[0];
      const anchor = first ? ({ side: 'before', id: first.id } as const) : null;
      const { value } = await this.#ask('messages.page', { account: this.#id(), peer, anchor, limit: 200 });
      rows.unshift(...value.messages.filter(({ id }) => !rows.some((row) => row.id === id)));
      if (value.messages.length === 0 || !value.older) return rows.map(({ body }) => body);
    }
  }

  async #join(room: string): Promise<void> {
    const as = { account: this.#id(), peer: room, nick: NICK, password: null, create: false };
    await this.options.subject.call('room.join', as);
    await this.#until(`joined ${room}`, async () => (await this.#statusOf(room))?.is === 'joined');
  }

  async #statusOf(room: string): Promise<RoomStatus | undefined> {
    const { rooms } = (await this.#ask('rooms.state', { account: this.#id() })).value;
    return rooms.find(({ jid }) => jid === room)?.status;
  }

  async #isOnline(): Promise<boolean> {
    const [account] = (await this.#ask('app.state', {})).value.accounts;
    return account?.connection.phase === 'online';
  }

  /** A call that has to succeed, on whichever process is there by then. */
  async #ask<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallResult<N>> {
    const { subject } = this.options;
    const end = performance.now() + PATIENCE_MS;
    let last: unknown = null;
    while (performance.now() < end) {
      const outcome = await subject.call(name, args);
      if (outcome?.ok) return outcome.value;
      last = outcome?.error;
      if (!subject.alive) {
        await subject.ended;
        await subject.start();
      }
      await pause(50);
    }
    throw new Error(`${name} never succeeds: ${JSON.stringify(last)}`);
  }

  async #until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!(await holds())) {
      if (performance.now() > end) throw new Error(`never: ${what}`);
      await pause(LOOK_EVERY_MS);
    }
  }

  #id(): AccountId {
    if (this.#account === null) throw new Error('not signed in');
    return this.#account;
  }

  #line(): FaultProxy {
    if (!this.#proxy) throw new Error('not open');
    return this.#proxy;
  }
}
