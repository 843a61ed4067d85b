import {
  noConnection,
  type CertificateQuestion,
  type Connection,
  type Failure,
} from '../../../src-shared/model/connection';
import type { Clock, Log, Random, System, Timer } from '../../ports';
import type { Link, LinkHooks, LinkOutcome } from '../../xmpp/link';
import { isFatal, retryDelay } from './policy';
import { StepList, type Report } from './step-list';

export type { Report } from './step-list';

export type StepHooks = Pick<LinkHooks, 'onStep'>;

export interface SupervisorOptions {
  /** One try; the signal calls it off. */
  readonly open: (signal: AbortSignal, hooks: StepHooks) => Promise<LinkOutcome>;
  /** The session's own steps (roster, presence); null when they are done. Its stanza handler is set in here. */
  readonly onOnline: (link: Link, report: Report) => Promise<Failure | null>;
  readonly onState: (connection: Connection) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly system: Pick<System, 'onWake' | 'onNetwork'>;
  readonly log: Log;
  /** Whether this account was ever online; until then every failure stops. Default: yes. */
  readonly everOnline?: () => boolean;
  /** Milliseconds that `onOnline` may take. */
  readonly onlineDeadline?: number;
}

export interface Supervisor {
  /** Signs in, or again with what was changed. A running try is called off for it. */
  start(): void;
  /** Tries now, instead of when it is due. */
  retry(): void;
  /** Signs off: `<close/>` where there is a stream. Resolves when off. */
  stop(): Promise<void>;
}

/**
 *   off ──start──▶ connecting ──ready──▶ online
 *    ▲               │   ▲ ▲               │ line lost
 *    │      fatal    │   │ └──due, wake────┤
 *    │   ┌───────────┤   │                 ▼
 *    │   ▼           └───┼──transient──▶ waiting
 *   stopped ──start──────┘
 *    any ──stop──▶ closing ──▶ off
 */
type State =
  /** With the steps of the connection that was closed. */
  | { readonly phase: 'off'; readonly steps: StepList | null }
  | {
      readonly phase: 'connecting';
      readonly cut: AbortController;
      readonly steps: StepList;
      readonly since: number;
      link: Link | null;
    }
  | { readonly phase: 'online'; readonly steps: StepList; readonly link: Link; readonly since: number }
  | {
      readonly phase: 'waiting';
      readonly steps: StepList;
      readonly failure: Failure;
      readonly timer: Timer;
      readonly due: number;
    }
  | {
      readonly phase: 'stopped';
      readonly steps: StepList;
      readonly failure: Failure;
      readonly certificate: CertificateQuestion | null;
    }
  | { readonly phase: 'closing'; readonly steps: StepList | null; readonly done: Promise<void> };
type Lost = { readonly steps: StepList };

/** A line that held this long was good: what ends it begins a new outage. */
const goodAfter = 30_000;
/** Wake-ups and network changes come in bursts: one try for all of them (R7). */
const nudgeEvery = 3_000;

/** Keeps an account signed in: tries, waits, tries again, and knows when that is no use. */
export const createSupervisor = (options: SupervisorOptions): Supervisor => {
  const { clock, random, system, log, onState } = options;
  let state: State = { phase: 'off', steps: null };
  let tries = 0;
  let outageSince = 0;
  let nudged = -Infinity;
  let startAfterClosing = false;
  let unwatch: (() => void) | null = null;

  const enter = (next: State): void => {
    state = next;
    onState(snapshot(next, clock));
  };
  const tell = (): void => onState(snapshot(state, clock));

  const connect = (): void => {
    watch();
    const cut = new AbortController();
    // What a try that was called off still tells is of no interest.
    const steps = new StepList(clock, () => {
      if (state === mine) tell();
    });
    const mine: State = { phase: 'connecting', cut, steps, since: clock.monotonic(), link: null };
    enter(mine);
    void attempt(mine).catch((error: unknown) => {
      log.error('supervisor', { reason: error instanceof Error ? error.name : 'unknown' });
      lost(mine, internal(steps));
    });
  };

  const attempt = async (mine: Extract<State, { phase: 'connecting' }>): Promise<void> => {
    const { steps, cut } = mine;
    const hooks: StepHooks = { onStep: (step) => steps.set(step) };
    const outcome = await options.open(cut.signal, hooks);
    if (state !== mine) {
      if (outcome.ok) await outcome.link.close();
      return;
    }
    if (!outcome.ok) return void lost(mine, outcome.failure, outcome.certificate);
    const { link } = outcome;
    mine.link = link;
    link.onEnd((failure) => lost(mine, failure));
    const refused = await inTime(steps, options.onOnline(link, steps));
    if (state !== mine) return;
    if (refused) {
      void link.close();
      return void lost(mine, refused);
    }
    steps.ready(link.jid);
    log.info('online', { endpoint: link.endpoint, mechanism: link.mechanism });
    const online: State = { phase: 'online', steps, link, since: clock.monotonic() };
    enter(online);
    link.onEnd((failure) => lost(online, failure));
  };

  const inTime = (steps: StepList, work: Promise<Failure | null>): Promise<Failure | null> => {
    let timer: Timer | null = null;
    const late = new Promise<Failure>((resolve) => {
      timer = clock.after(options.onlineDeadline ?? 30_000, () => {
        resolve({ code: 'timeout', step: steps.current, params: {} });
      });
    });
    return Promise.race([work, late]).finally(() => timer?.cancel());
  };

  /** A try failed, or the line of a session did. */
  const lost = (from: State & Lost, cause: Failure, certificate: CertificateQuestion | null = null): void => {
    if (state !== from) return;
    const { steps } = from;
    // The stream knows nothing of roster and presence: to it all was ready.
    const step = from.phase === 'connecting' && cause.step === 'ready' ? steps.current : cause.step;
    const failure: Failure = { ...cause, step };
    log.warn('lost', { code: failure.code, step });
    const now = clock.monotonic();
    if (from.phase === 'online' && now - from.since >= goodAfter) tries = 0;
    if (tries === 0) outageSince = now;
    state = { phase: 'off', steps };
    if (steps.current === step && step !== 'ready') steps.fail(step);
    const everOnline = from.phase === 'online' || (options.everOnline?.() ?? true);
    if (isFatal(failure, certificate, everOnline)) {
      enter({ phase: 'stopped', steps, failure, certificate });
      return;
    }
    const resumable = from.phase === 'online' && from.link.resumption() !== null;
    const delay = retryDelay(failure, tries, now - outageSince, random.fraction(), resumable);
    tries += 1;
    wait(steps, failure, delay);
  };

  const wait = (steps: StepList, failure: Failure, delay: number): void => {
    const timer = clock.after(delay, connect);
    enter({ phase: 'waiting', steps, failure, timer, due: clock.monotonic() + delay });
  };

  /** Ends what the present state has running, without a word to anybody. */
  const leave = (): void => {
    if (state.phase === 'waiting') state.timer.cancel();
    if (state.phase === 'connecting') {
      state.cut.abort();
      void state.link?.close();
    }
  };

  /** The world changed for the better: the computer woke, or the network is back. */
  const nudge = (woke: boolean): void => {
    const now = clock.monotonic();
    if (state.phase === 'online') state.link.probe();
    if (state.phase !== 'waiting' && state.phase !== 'connecting') return;
    // A try from before the sleep, or before the network changed, talks to nobody; a fresh one is left alone.
    if (state.phase === 'connecting' && !woke && now - state.since < nudgeEvery) return;
    const early = nudged + nudgeEvery - now;
    if (early > 0) {
      if (state.phase === 'connecting' || state.due - now <= early) return;
      state.timer.cancel();
      wait(state.steps, state.failure, early);
      return;
    }
    nudged = now;
    tries = 0;
    leave();
    connect();
  };

  const watch = (): void => {
    if (unwatch) return;
    const ends = [
      system.onWake(() => nudge(true)),
      system.onNetwork((up) => {
        if (up) nudge(false);
      }),
    ];
    unwatch = () => {
      for (const end of ends) end();
    };
  };

  return {
    start() {
      if (state.phase === 'closing') startAfterClosing = true;
      if (state.phase === 'closing' || state.phase === 'online') return;
      leave();
      tries = 0;
      connect();
    },

    retry() {
      if (state.phase !== 'waiting' && state.phase !== 'stopped') return;
      leave();
      connect();
    },

    async stop() {
      startAfterClosing = false;
      if (state.phase === 'closing') return state.done;
      if (state.phase === 'off') return;
      unwatch?.();
      unwatch = null;
      const link = state.phase === 'online' ? state.link : null;
      const steps = state.steps;
      leave();
      const done = (link?.close() ?? Promise.resolve()).then(() => {
        enter({ phase: 'off', steps });
        if (startAfterClosing) this.start();
      });
      enter({ phase: 'closing', steps, done });
      await done;
    },
  };
};

const internal = (steps: StepList): Failure => ({
  code: 'stream-error',
  step: steps.current,
  params: { condition: 'internal' },
});

const snapshot = (state: State, clock: Clock): Connection => ({
  ...noConnection,
  phase: state.phase,
  steps: 'steps' in state && state.steps ? state.steps.steps : noConnection.steps,
  failure: 'failure' in state ? state.failure : null,
  certificate: state.phase === 'stopped' ? state.certificate : null,
  retryIn: state.phase === 'waiting' ? Math.max(0, Math.round(state.due - clock.monotonic())) : null,
  jid: state.phase === 'online' ? state.link.jid : null,
});
