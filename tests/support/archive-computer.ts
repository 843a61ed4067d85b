/** A computer of the account, with its archive at work on a store and a server that answers from memory. */
import type { AppEvent } from '../../src-shared/ipc/events';
import type { Clock, Ports } from '../../src-main/ports';
import { createArchive, type Archive } from '../../src-main/session/archive';
import { LOOKS_MS } from '../../src-main/session/archive/late-looks';
import { DISK_REST_MS, REST_MS } from '../../src-main/session/archive/rests';
import type { SessionContext } from '../../src-main/session/context';
import { readMessage } from '../../src-main/session/incoming/read-message';
import { ownOf } from '../../src-main/session/incoming/take-message';
import type { Store } from '../../src-main/store/store';
import type { Link } from '../../src-main/xmpp/link';
import { systemRandom } from '../../src-main/desktop/random';
import { realClock } from './real-clock';
import { scriptedArchive, type ScriptedArchive } from './scripted-archive';
import { listLog, openTestStore } from './store-kit';

interface Computer {
  readonly archive: Archive;
  readonly server: ScriptedArchive;
  readonly store: Store;
  readonly events: AppEvent[];
  readonly log: readonly string[];
  /** What the user was told of. */
  readonly told: string[];
  /** Online until all is read, or the line is lost. */
  read(): Promise<void>;
  /** Time enough has passed for a second look. */
  lookAgain(): Promise<void>;
  /** A refusal is a while ago. */
  tryAgain(): Promise<void>;
  /** So many milliseconds pass while Flint does not run. */
  pass(ms: number): void;
  /** As a conversation is read by scrolling to its beginning. */
  scroll(peer: string): Promise<readonly string[]>;
}

export const computer = async (store?: Store): Promise<Computer> => {
  const kept = store ?? (await openTestStore());
  let busy = 0;
  const busyFor = <T>(work: T): T => {
    if (!(work instanceof Promise)) return work;
    busy++;
    return work.finally(() => busy--) as T;
  };
  /** Until nothing is asked for any more, of the server or of the store. */
  const rest = async (): Promise<void> => {
    do await new Promise((next) => setImmediate(next));
    while (busy > 0);
  };
  const events: AppEvent[] = [];
  const log = listLog();
  const told: string[] = [];
  let link: Link | null = null;
  let late: (() => void)[] = [];
  let resting: (() => void)[] = [];
  let passed = 0;
  /** As time is, but that another look, and another try, come when they are told to. */
  const clock: Clock = {
    ...realClock,
    now: () => realClock.now() + passed,
    after(ms, run) {
      if (ms === REST_MS || ms === DISK_REST_MS) {
        resting.push(run);
        return { cancel: () => (resting = resting.filter((one) => one !== run)) };
      }
      if (!LOOKS_MS.includes(ms)) return realClock.after(ms, run);
      late.push(run);
      return { cancel: () => (late = late.filter((one) => one !== run)) };
    },
  };
  const context = {
    account: 'an account',
    bare: 'juliet@example.org',
    domain: 'example.org',
    ports: { clock, random: systemRandom, log } as unknown as Ports,
    store: new Proxy(kept, {
      get: (of, name: keyof Store) => {
        const one: unknown = of[name];
        if (typeof one !== 'function') return one;
        return (...args: unknown[]) => busyFor<unknown>(Reflect.apply(one, of, args));
      },
    }),
    hub: { emit: (event: AppEvent) => events.push(event) },
    features: () => new Set(['urn:xmpp:mam:2']),
    link: () => link,
    serverNow: clock.now,
    language: () => 'en',
  } as unknown as SessionContext;
  const archive: Archive = createArchive(context, {
    requests: { standingOf: () => 'open' },
    readState: { readElsewhere: () => Promise.resolve() },
    notices: { isSeen: () => false, incoming: ({ body }) => void told.push(body) },
    read: (message, place) => readMessage(message, ownOf(context), { by: 'archive', place }),
    nameOf: (peer) => peer,
    tell: () => undefined,
  });
  const server = scriptedArchive((result) => void archive.take(result));
  const { iq } = server.link;
  Object.assign(server.link, { iq: (...args: Parameters<Link['iq']>) => busyFor(iq(...args)) });
  return {
    ...{ archive, server, store: kept, events, log: log.lines, told },
    async read() {
      link = server.link;
      archive.wentOnline(link);
      await rest();
    },
    async lookAgain() {
      for (const run of late.splice(0)) run();
      await rest();
    },
    async tryAgain() {
      for (const run of resting.splice(0)) run();
      await rest();
    },
    pass: (ms) => {
      passed += ms;
      late = [];
    },
    async scroll(peer) {
      let bodies: readonly string[] = [];
      let first: number | null = null;
      for (let n = 0; n < 1_000; n++) {
        const anchor = first === null ? null : ({ side: 'before', id: first } as const);
        const { messages, older } = await archive.page(peer, anchor, 50);
        bodies = [...messages.map(({ body }) => body), ...bodies];
        if (!older || (first !== null && messages.length === 0)) return bodies;
        first = messages[0]?.id ?? first;
      }
      throw new Error('no end of it');
    },
  };
};
