import { beforeEach, describe, expect, it } from 'vitest';
import {
  createSupervisor,
  type Report,
  type StepHooks,
  type Supervisor,
} from '../../../src-main/session/supervisor';
import type { Link, LinkOutcome } from '../../../src-main/xmpp/link';
import type { Connection, Failure, FailureCode } from '../../../src-shared/model/connection';
import { FakeClock, settle } from '../../support/clock';
import { silentLog } from '../../support/link-deps';

interface Attempt {
  readonly signal: AbortSignal;
  readonly hooks: StepHooks;
  readonly at: number;
  end(outcome: LinkOutcome): Promise<void>;
}
/** A line as the supervisor sees one. */
class Line {
  probes = 0;
  closed = false;
  resumable = false;
  readonly #ends: ((failure: Failure) => void)[] = [];
  readonly link = {
    jid: 'juliet@x.example/Flint-1',
    endpoint: 'wss://x.example/ws',
    mechanism: 'SCRAM-SHA-1',
    probe: () => (this.probes += 1),
    resumption: () => (this.resumable ? {} : null),
    onEnd: (handler: (failure: Failure) => void) => void this.#ends.push(handler),
    close: () => {
      this.closed = true;
      return Promise.resolve();
    },
  } as unknown as Link;
  async lose(code: FailureCode): Promise<void> {
    for (const end of this.#ends) end({ code, step: 'ready', params: {} });
    await settle();
  }
}

let clock: FakeClock;
let attempts: Attempt[];
let states: Connection[];
let fraction: number;
let everOnline: boolean;
let session: (link: Link, report: Report) => Promise<Failure | null>;
let wake: () => void;
let network: (up: boolean) => void;
let watching: number;
let supervisor: Supervisor;

beforeEach(() => {
  clock = new FakeClock();
  attempts = [];
  states = [];
  fraction = 0.999;
  everOnline = true;
  watching = 0;
  session = () => Promise.resolve(null);
  const watch = (): (() => void) => {
    watching += 1;
    return () => (watching -= 1);
  };
  supervisor = createSupervisor({
    clock,
    random: { bytes: () => new Uint8Array(), id: () => '', fraction: () => fraction },
    log: silentLog,
    system: {
      onWake: (run) => ((wake = run), watch()),
      onNetwork: (run) => ((network = run), watch()),
    },
    everOnline: () => everOnline,
    open: (signal, hooks) =>
      new Promise((resolve) => {
        const end = async (outcome: LinkOutcome): Promise<void> => {
          resolve(outcome);
          await settle();
        };
        attempts.push({ signal, hooks, at: clock.monotonic(), end });
      }),
    onOnline: (link, report) => session(link, report),
    onState: (state) => states.push(state),
  });
});
const state = (): Connection => states.at(-1)!;
const last = (): Attempt => attempts.at(-1)!;
const fail = (code: FailureCode, params: Failure['params'] = {}): Promise<void> =>
  last().end({ ok: false, failure: { code, step: 'tcp', params }, certificate: null });
const online = async (): Promise<Line> => {
  const line = new Line();
  await last().end({ ok: true, link: line.link });
  expect(state().phase).toBe('online');
  return line;
};

describe('supervisor', () => {
  it('shows the steps as they go, and the full JID once online', async () => {
    supervisor.start();
    expect(state()).toMatchObject({ phase: 'connecting', jid: null });
    last().hooks.onStep({ id: 'discover', state: 'done', ms: 3, detail: 'wss://x' });
    session = async (_link, report) => {
      report.start('roster');
      clock.after(40, () => report.done('roster', '7'));
      await new Promise<void>((resolve) => clock.after(40, resolve));
      report.skip('presence');
      return null;
    };
    await last().end({ ok: true, link: new Line().link });
    await clock.advance(40);
    expect(state().phase).toBe('online');
    const steps = Object.fromEntries(state().steps.map((step) => [step.id, step]));
    expect(steps['discover']).toMatchObject({ state: 'done', ms: 3 });
    expect(steps['roster']).toEqual({ id: 'roster', state: 'done', ms: 40, detail: '7' });
    expect(steps['presence']?.state).toBe('skipped');
    expect(steps['ready']).toMatchObject({ state: 'done', ms: 40 });
    expect(state().jid).toBe('juliet@x.example/Flint-1');
  });

  it.each<FailureCode>([
    'not-authorized',
    'account-disabled',
    'credentials-expired',
    'replaced-credentials',
    'conflict',
    'tls-self-signed',
    'tls-changed',
    'plain-refused',
    'scram-lost',
    'server-forged',
    'weak-scram',
    'no-mechanism',
    'wrong-domain',
    'password-needed',
    'cannot-be-invisible',
  ])('R16 stops at %s and does not try again', async (code) => {
    supervisor.start();
    await fail(code);
    expect(state()).toMatchObject({ phase: 'stopped', failure: { code }, retryIn: null });
    await clock.advance(3_600_000);
    wake();
    network(true);
    expect(attempts).toHaveLength(1);
  });

  it('R15 waits for a keyring that has not answered in time, and stops at one that is locked', async () => {
    supervisor.start();
    await fail('keyring', { state: 'slow' });
    expect(state()).toMatchObject({ phase: 'waiting', failure: { code: 'keyring' } });
    await clock.advance(state().retryIn ?? 0);
    await fail('keyring', { state: 'locked' });
    expect(state()).toMatchObject({ phase: 'stopped', retryIn: null });
  });

  it('R17 stops with the question about a certificate', async () => {
    const certificate = { host: 'x:1', fingerprint: 'AA', previous: null } as Connection['certificate'];
    supervisor.start();
    await last().end({ ok: false, failure: { code: 'tls-failed', step: 'tls', params: {} }, certificate });
    expect(state()).toMatchObject({ phase: 'stopped', certificate });
    supervisor.retry();
    expect(state()).toMatchObject({ phase: 'connecting', certificate: null, failure: null });
  });

  it.each<FailureCode>([
    'unknown-host',
    'refused',
    'timeout',
    'not-websocket',
    'no-subprotocol',
    'closed',
    'malformed',
    'too-large',
  ])('tries again after %s, but not for an account that was never online', async (code) => {
    supervisor.start();
    await fail(code);
    expect(state().phase).toBe('waiting');
    await supervisor.stop();
    everOnline = false;
    supervisor.start();
    await fail(code);
    expect(state().phase).toBe('stopped');
  });

  it('backs off with jitter: at most 5 s apart in the first five minutes, at most 60 s later', async () => {
    supervisor.start();
    const waits: number[] = [];
    for (let i = 0; i < 70; i += 1) {
      await fail('refused');
      waits.push(state().retryIn!);
      await clock.advance(state().retryIn!);
    }
    expect(waits.slice(0, 5)).toEqual([999, 1998, 3996, 4995, 4995]);
    expect(Math.max(...waits)).toBe(59_940);
    const early = attempts.filter(({ at }) => at <= 300_000).map(({ at }) => at);
    for (const [index, at] of early.entries())
      if (index > 0) expect(at - early[index - 1]!).toBeLessThanOrEqual(5_000);
    fraction = 0;
    await fail('refused');
    expect(state().retryIn).toBe(300);
  });

  it('R5 is back within 10 s of the return of a server that restarts', async () => {
    supervisor.start();
    const line = await online();
    await clock.advance(60_000);
    await line.lose('system-shutdown');
    expect(state()).toMatchObject({ phase: 'waiting', failure: { code: 'system-shutdown' } });
    const returns = clock.monotonic() + 20_000;
    while (clock.monotonic() < returns) {
      await clock.advance(state().retryIn!);
      if (clock.monotonic() < returns) await fail('refused');
    }
    expect(clock.monotonic() - returns).toBeLessThan(10_000);
    await online();
  });

  it('R19 gives a server that complains more time', async () => {
    supervisor.start();
    await fail('policy-violation');
    expect(state().retryIn).toBe(7_992);
    await clock.advance(7_992);
    await fail('stream-error', { condition: 'resource-constraint' });
    expect(state().retryIn).toBe(15_984);
  });

  it('a line that holds forgives what was before; one that does not, does not', async () => {
    supervisor.start();
    for (let i = 0; i < 4; i += 1) {
      await fail('refused');
      await clock.advance(state().retryIn!);
    }
    const short = await online();
    await short.lose('closed');
    expect(state().retryIn).toBe(4995);
    await clock.advance(4995);
    const long = await online();
    await clock.advance(30_000);
    await long.lose('closed');
    expect(state().retryIn).toBe(999);
  });

  it('R7 tries at once to go on with a session that can be resumed, then as ever', async () => {
    supervisor.start();
    const line = await online();
    line.resumable = true;
    await clock.advance(30_000);
    await line.lose('closed');
    expect(state().retryIn).toBe(300);
    await clock.advance(300);
    await fail('refused');
    expect(state().retryIn).toBe(1998);
    await clock.advance(1998);
    const short = await online();
    short.resumable = true;
    await short.lose('closed');
    expect(state().retryIn).toBe(3996);
  });

  it('R19 a server that goes away is given its time, whatever could be resumed', async () => {
    supervisor.start();
    const line = await online();
    line.resumable = true;
    await line.lose('system-shutdown');
    expect(state().retryIn).toBe(999);
  });

  it('R18 a conflict while online stops: no flapping', async () => {
    supervisor.start();
    const line = await online();
    await line.lose('conflict');
    await clock.advance(3_600_000);
    expect(state().phase).toBe('stopped');
    expect(attempts).toHaveLength(1);
  });

  it('R7 wake-up and network: a probe while online, one try at once while waiting, no storm', async () => {
    supervisor.start();
    const line = await online();
    wake();
    expect(line.probes).toBe(1);
    await line.lose('timeout');
    wake();
    expect(attempts).toHaveLength(2);
    for (let i = 0; i < 50; i += 1) {
      await fail('unreachable');
      network(false);
      network(true);
      wake();
      await clock.advance(100);
    }
    // In 5 s: at most one for each 3 s of nudges, and those that were due anyhow.
    expect(attempts.length).toBeLessThanOrEqual(2 + 5);
  });

  it('R7 a try from before the sleep is called off for a new one', async () => {
    supervisor.start();
    await clock.advance(5_000);
    const old = last();
    wake();
    expect(old.signal.aborted).toBe(true);
    expect(attempts).toHaveLength(2);
    const line = new Line();
    await old.end({ ok: true, link: line.link });
    expect(line.closed).toBe(true);
    expect(state().phase).toBe('connecting');
  });

  it('closes and tries again when the session’s own steps fail, throw, or take too long', async () => {
    supervisor.start();
    session = () =>
      Promise.resolve({ code: 'stream-error', step: 'roster', params: { condition: 'timeout' } });
    const refused = new Line();
    await last().end({ ok: true, link: refused.link });
    expect(state()).toMatchObject({ phase: 'waiting', failure: { step: 'roster' } });
    expect(refused.closed).toBe(true);

    await clock.advance(state().retryIn!);
    session = () => Promise.reject(new Error('a bug'));
    await last().end({ ok: true, link: new Line().link });
    expect(state()).toMatchObject({ phase: 'waiting', failure: { params: { condition: 'internal' } } });

    await clock.advance(state().retryIn!);
    session = (_link, report) => {
      report.start('roster');
      return new Promise(() => undefined);
    };
    await last().end({ ok: true, link: new Line().link });
    await clock.advance(30_000);
    expect(state()).toMatchObject({ phase: 'waiting', failure: { code: 'timeout', step: 'roster' } });
    expect(state().steps.find(({ id }) => id === 'roster')?.state).toBe('failed');
  });

  it('a line that is lost during the session’s own steps is lost once', async () => {
    supervisor.start();
    let finish: (failure: Failure | null) => void = () => undefined;
    session = () => new Promise((resolve) => (finish = resolve));
    const line = new Line();
    await last().end({ ok: true, link: line.link });
    await line.lose('closed');
    expect(state().phase).toBe('waiting');
    finish(null);
    await settle();
    expect(state().phase).toBe('waiting');
  });

  it('signs off: closing, then off, with nothing left running', async () => {
    supervisor.start();
    const line = await online();
    await supervisor.stop();
    expect(states.slice(-2).map(({ phase }) => phase)).toEqual(['closing', 'off']);
    expect(line.closed).toBe(true);
    expect(watching).toBe(0);
    await clock.advance(3_600_000);
    expect(attempts).toHaveLength(1);
    expect(clock.timers).toBe(0);
  });

  it('stops from waiting and from connecting; a late answer of that try is closed', async () => {
    supervisor.start();
    await fail('refused');
    await supervisor.stop();
    expect(state().phase).toBe('off');
    supervisor.start();
    const old = last();
    await supervisor.stop();
    expect(old.signal.aborted).toBe(true);
    const line = new Line();
    await old.end({ ok: true, link: line.link });
    expect(line.closed).toBe(true);
    expect(state().phase).toBe('off');
  });

  it('starts again from stopped with what was changed, and after closing when asked meanwhile', async () => {
    supervisor.start();
    await fail('not-authorized');
    supervisor.start();
    await online();
    const closing = supervisor.stop();
    supervisor.start();
    await closing;
    expect(state().phase).toBe('connecting');
  });
});
