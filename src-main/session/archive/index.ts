import type { MessagePage } from '../../../src-shared/ipc/contract';
import type { Outcome } from '../../../src-shared/ipc/errors';
import { bareJid } from '../../../src-shared/model/jid';
import type { Message, MessagePlace } from '../../../src-shared/model/conversation';
import type { ArchivePreferences, ArchiveState } from '../../../src-shared/model/history';
import type { Timer } from '../../ports';
import { StoreError, type Anchor } from '../../store/store';
import type { Element } from '../../xmpp/element';
import type { Link } from '../../xmpp/link';
import { MAM, MAM_EXTENDED, metadataGet, parseOldest } from '../../xmpp/xep/0313-archive';
import type { SessionContext } from '../context';
import type { Notices } from '../notices';
import { catchUp, readTail, type CatchUp } from './catch-up';
import { createCollector } from './collector';
import { LOOKS_MS, createLateLooks } from './late-looks';
import { createOlder, type ArchiveSource } from './older';
import { createPages, type PagesParts } from './pages';
import { createRoomArchives, type RoomArchives } from './room-archives';
import { readPreferences, writePreferences } from './preferences';
import { createProgress } from './progress';
import { readOwn, uncertainSince } from './proof';
import { DISK_REST_MS, LONGEST_MS, QUIET_MS, REST_MS } from './rests';
import { createSince } from './since';

/**
 * The server's archive (XEP-0313): what was missed is read on connect, what is older when somebody looks at it. Only answers of
 * queries say what is here (archive ranges); what comes live never does.
 *
 *   unknown ──online──▶ reading ──▶ current ──quiet after news──▶ (tail) current
 *      │                   │  └──refused, by the server or the disk──▶ failed ──a while, whatever comes meanwhile──▶ reading
 *      └── none (not offered)      └──line lost──▶ unknown
 */
export interface Archive {
  state(): ArchiveState;
  /** Takes an archive result out of the stream; false: the stanza is none (T3). */
  take(stanza: Element): boolean;
  /** A stream is up, its features are known: reads what was missed. */
  wentOnline(link: Link): void;
  wentOffline(): void;
  /** What could not be read is asked for once more now, and not after a rest. */
  again(): void;
  /** What was kept of it is gone (R13): all of it is read again. */
  anew(): void;
  /** A message came or went: once it is quiet its place in the archive is looked up. */
  news(): void;
  /**
   * Asks for what was said in conversations where something of ours is written, so that what is there turns out to be sent (R3).
   * Resolves when that is done, or is not to be had; at once where there is no archive.
   */
  proveSent(link: Link): Promise<void>;
  /** A page of a conversation; what it meets of the archive that is not here is fetched first. */
  page(peer: string, anchor: Anchor, limit: number): Promise<MessagePage>;
  readonly rooms: RoomArchives;
  /** The first message at or after a moment; null: none. Where that time was never read, it is. */
  since(peer: string, at: number): Promise<MessagePlace | null>;
  preferences(): Promise<Outcome<ArchivePreferences>>;
  setPreferences(preferences: ArchivePreferences): Promise<Outcome<ArchivePreferences>>;
}

export interface ArchiveParts extends PagesParts {
  readonly notices: Pick<Notices, 'isSeen' | 'incoming'>;
  nameOf(peer: string): string;
  /** The state changed. */
  tell(): void;
}

export const createArchive = (context: SessionContext, parts: ArchiveParts): Archive => {
  const { store, ports } = context;
  const { clock, log } = ports;
  const collector = createCollector(context);
  const pages = createPages(context, parts);
  const progress = createProgress(clock, parts.tell);
  let timer: Timer | null = null;
  let second: Timer | null = null;
  /** Until it is asked again after a refusal. */
  let resting: Timer | null = null;
  let waitingSince = 0;
  /** All before the newest range has been read on this stream: only what follows it can be missing. */
  let isWhole = false;
  /** From where on the late looks of this stream look is on the disk. */
  let isNoted = false;
  /** Reading is one work at a time; on the stream on which it began. */
  let work: Promise<unknown> = Promise.resolve();

  const offered = (): boolean => context.features().has(MAM);
  const stop = (): void => {
    timer?.cancel();
    second?.cancel();
    resting?.cancel();
    timer = second = resting = null;
  };

  const jobOn = (link: Link): CatchUp => ({
    ask: (query) =>
      context.link() === link
        ? collector.ask(link, query)
        : Promise.resolve({ ok: false, condition: 'lost' } as const),
    async add(entries, proof) {
      const added = await pages.add(entries, proof);
      progress.read(entries.length);
      return added;
    },
    join: (left, right) => store.joinRanges(null, left, right),
    ranges: () => store.ranges(null),
    takesLonger: progress.begin,
    now: clock.now,
    async oldest() {
      if (!context.features().has(MAM_EXTENDED)) return null;
      const answer = await link.iq('get', metadataGet());
      return answer.ok ? parseOldest(answer.iq) : null;
    },
    noteHistory: (end) => pages.noteHistory(end),
  });

  const notify = async (arrivals: readonly Message[]): Promise<void> => {
    for (const message of arrivals) {
      const chat = await store.chat(message.peer);
      // What only fills a hole further up is no news, unless it calls us and nobody has read it.
      const isLast = (chat.last?.at ?? 0) <= message.at;
      const calls = message.mention === true && (chat.mentions ?? 0) > 0;
      if (isLast || calls) parts.notices.incoming(message, chat, parts.nameOf(message.peer));
    }
  };

  const run = (link: Link, read: (job: CatchUp) => Promise<string | null>): Promise<void> => {
    const result = work.then(async () => {
      if (context.link() !== link) return;
      await pages.load();
      const condition = await read(jobOn(link));
      if (context.link() !== link) return;
      const refused = condition === 'lost' ? null : condition;
      // A look that finds nothing does not make up for what was refused before it.
      if (isWhole || refused !== null) progress.end(refused);
      await notify(pages.takeArrivals());
      if (refused === null) return;
      log.warn('archive', { condition: refused });
      rest(link, REST_MS);
    });
    work = result.catch((error: unknown) => {
      log.error('archive', { reason: error instanceof Error ? error.name : 'unknown' });
      if (context.link() !== link) return;
      const disk = error instanceof StoreError ? error.reason : null;
      progress.end(disk === null ? 'internal-server-error' : `store-${disk}`);
      // It recovers by itself (R12).
      rest(link, disk === null ? REST_MS : DISK_REST_MS);
    });
    return work.then(() => undefined);
  };
  /** The end alone, where that is all that can be missing. */
  const readMissed = async (job: CatchUp): Promise<string | null> => {
    // Before anything is read, and again with the reading where the disk refused.
    if (!isNoted) await looks.note(job);
    isNoted = true;
    const newest = isWhole ? (await job.ranges()).at(-1) : undefined;
    isWhole = false;
    const refused = newest ? await readTail(job, newest) : await catchUp(job);
    isWhole = refused === null;
    return refused;
  };
  const rest = (link: Link, ms: number): void => {
    resting?.cancel();
    resting = clock.after(ms, () => {
      resting = null;
      void run(link, readMissed);
    });
  };
  const looks = createLateLooks(store, clock);
  const lookLater = (link: Link, turn = 0): void => {
    const wait = LOOKS_MS[turn];
    if (wait === undefined) return;
    second = clock.after(wait, () => {
      let more = false;
      const look = async (job: CatchUp): Promise<string | null> => {
        const { refused, found } = await looks.look(job, turn === LOOKS_MS.length - 1);
        more = found;
        return refused;
      };
      void run(link, look).then(() => {
        if (context.link() === link) lookLater(link, more ? 0 : turn + 1);
      });
    });
  };
  const rooms = createRoomArchives(context, { ...parts, collector, notify });
  const source = (peer: string): ArchiveSource | null => {
    if (rooms.isRoom(peer)) return rooms.source(peer);
    return offered() ? { room: undefined, with: peer, pages } : null;
  };
  const older = createOlder(context, { collector, source });

  const begin = (link: Link): void => {
    stop();
    isWhole = false;
    isNoted = !!link.resumed;
    older.forget();
    if (!offered()) {
      progress.none();
      return;
    }
    void run(link, readMissed);
    // What is new comes first.
    void run(link, looks.overdue);
    lookLater(link);
  };

  return {
    state: progress.state,
    take: collector.take,
    wentOnline: begin,
    wentOffline() {
      stop();
      progress.unknown();
    },
    again() {
      const link = context.link();
      if (!link || progress.state().is !== 'failed') return;
      resting?.cancel();
      resting = null;
      void run(link, readMissed);
    },
    anew() {
      const link = context.link();
      if (!link) return;
      begin(link);
      rooms.anew(link);
    },
    news() {
      const link = context.link();
      // What rests reads this too.
      if (!link || !offered() || resting) return;
      const now = clock.monotonic();
      if (timer === null) waitingSince = now;
      timer?.cancel();
      timer = clock.after(Math.min(QUIET_MS, Math.max(0, waitingSince + LONGEST_MS - now)), () => {
        timer = null;
        void run(link, readMissed);
      });
    },
    async proveSent(link) {
      if (!offered()) return;
      const job = jobOn(link);
      const since = uncertainSince(await job.ranges());
      // Where nothing is known, the first look comes upon them.
      if (since === null) return run(link, readMissed);
      // A room says by its own what it has said.
      const rows = (await store.outbox()).filter(({ written, peer }) => written && !rooms.isRoom(peer));
      for (const peer of new Set(rows.map((row) => bareJid(row.peer) ?? row.peer))) {
        const refused = await readOwn(job, context.bare, peer, since);
        if (refused === null) continue;
        log.warn('archive-proof', { condition: refused });
        // It does not answer: what waits for others is not to wait for as long for each of them.
        if (refused === 'timeout' || refused === 'lost') return;
      }
    },
    page: older.page,
    rooms,
    since: createSince(context, { collector, source }),
    preferences: () => readPreferences(context.link(), offered()),
    setPreferences: (preferences) => writePreferences(context.link(), offered(), preferences),
  };
};
