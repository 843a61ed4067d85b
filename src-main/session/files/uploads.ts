import { done, failed, type Outcome } from '../../../src-shared/ipc/errors';
import type { SharedFile, Upload, UploadFault } from '../../../src-shared/model/file';
import type { PreparedFile, Timer } from '../../ports';
import type { UploadRow } from '../../store/store';
import { checkSlot, type UploadSlot } from '../../xmpp/guards/upload-slot';
import type { Link, StanzaError } from '../../xmpp/link';
import { parseSlot, slotRequest } from '../../xmpp/xep/0363-upload';
import type { SessionContext } from '../context';
import type { FileReach } from './reach';
import type { UploadService } from './upload-service';

/**
 * Files on their way to the server (XEP-0363), each kept until its message is in the outbox:
 *
 *             the conversation's turn        slot, PUT            commit of message and queue at once
 *   waiting ─────────────────────────▶ sending ───────▶ put ───────────────────────────────────────▶ gone
 *      ▲                                 │  │
 *      ├── line lost, "not now" ─────────┘  └─ gone, too large, refused … ──▶ failed
 *      └────────────────────────────────── retry ───────────────────────────────┘
 *
 * One conversation's files go one after the other, so that they stand in the order in which they were chosen.
 */
export interface Uploads {
  load(): Promise<void>;
  list(): readonly Upload[];
  add(peer: string, paths: readonly string[]): Promise<Outcome<null>>;
  addBytes(peer: string, name: string, bytes: Uint8Array): Promise<Outcome<null>>;
  retry(id: number): Promise<Outcome<null>>;
  cancel(id: number): Promise<Outcome<null>>;
  wentOnline(): void;
  /** The account goes, and our copies with it. */
  forget(): Promise<void>;
}

export interface UploadsParts {
  readonly service: UploadService;
  readonly reach: FileReach;
  /** Puts its message into the outbox, and takes the upload out of the queue with the same commit. */
  share(upload: UploadRow, file: SharedFile): Promise<void>;
}

interface Job {
  row: UploadRow;
  sending: { readonly abort: AbortController; readonly since: number } | null;
  sent: number;
  total: number;
  /** Tries on which the line failed. */
  lost: number;
  /** It rests until then. */
  rest: Timer | null;
}
type Fault = NonNullable<UploadRow['fault']>;
/** What one try came to. */
type Try = { readonly is: 'shared' | 'stopped' } | { readonly is: 'later'; readonly ms: number } | Fault;

const MOST_AT_ONCE = 3;
/** Progress is told this often at most. */
const TELL_MS = 150;
const RESTS = [2_000, 5_000, 15_000, 30_000];
const BUSY_MS = 30_000;

const fault = (why: UploadFault, detail: string | null = null): Fault => ({ why, detail });

export const createUploads = (context: SessionContext, parts: UploadsParts): Uploads => {
  const { account, store, hub, ports } = context;
  const { service, reach } = parts;
  const { clock, transfer } = ports;
  const jobs = new Map<number, Job>();
  let open = true;

  const shown = ({ row, sending, sent, total }: Job): Upload => {
    const spent = sending ? clock.monotonic() - sending.since : 0;
    return {
      id: row.id,
      peer: row.peer,
      name: row.name,
      size: total,
      state: row.fault ? 'failed' : sending ? 'sending' : 'waiting',
      sent: sending ? sent : 0,
      speed: spent > 500 && sent > 0 ? Math.round((sent / spent) * 1_000) : null,
      fault: row.fault,
    };
  };
  const tell = (job: Job): void => {
    if (jobs.get(job.row.id) === job)
      hub.emit({ topic: 'uploads', type: 'upload', account, upload: shown(job) });
  };
  const drop = (job: Job): void => {
    job.rest?.cancel();
    jobs.delete(job.row.id);
    hub.emit({ topic: 'uploads', type: 'upload-gone', account, id: job.row.id });
    if (job.row.copied) transfer.copies.remove(job.row.path).catch(noted);
  };
  const noted = (error: unknown): void => {
    ports.log.error('upload', { reason: error instanceof Error ? error.name : 'unknown' });
  };
  const setFault = async (job: Job, why: UploadRow['fault']): Promise<void> => {
    await store.setUploadFault(job.row.id, why);
    job.row = { ...job.row, fault: why };
  };

  const refusedBy = ({ condition, type }: StanzaError): Try => {
    if (condition === 'timeout' || condition === 'lost') return { is: 'later', ms: RESTS[0] ?? 0 };
    // XEP-0363 §5.1: a quota that will be free again.
    if (condition === 'resource-constraint' && type === 'wait') return { is: 'later', ms: BUSY_MS };
    return fault('refused', condition);
  };
  const tooLarge = (size: number): Fault | null => {
    const offer = service.offer();
    if (size === 0) return fault('empty');
    return offer.is === 'offered' && offer.maxBytes !== null && size > offer.maxBytes
      ? fault('too-large', String(offer.maxBytes))
      : null;
  };
  const askSlot = async (link: Link, name: string, file: PreparedFile): Promise<UploadSlot | Try> => {
    const to = service.jid;
    if (to === null) return fault('not-offered');
    const answer = await link.iq('get', slotRequest({ name, size: file.size, type: file.type }), { to });
    if (!answer.ok) return refusedBy(answer.error);
    const given = parseSlot(answer.iq);
    return (given && checkSlot(given, reach.plain())) ?? fault('unsafe');
  };

  const put = async (job: Job, slot: UploadSlot, file: PreparedFile, signal: AbortSignal): Promise<Try> => {
    let told = clock.monotonic();
    const outcome = await transfer.put(
      { url: slot.put, headers: slot.headers, path: job.row.path, file, reach: reach.own() },
      signal,
      (sent) => {
        job.sent = sent;
        const now = clock.monotonic();
        if (now - told < TELL_MS) return;
        told = now;
        tell(job);
      },
    );
    if (outcome.is === 'stopped') return { is: 'stopped' };
    if (outcome.is === 'gone' || outcome.is === 'unsafe') return fault(outcome.is);
    if (outcome.is === 'network') {
      const rest = RESTS[job.lost];
      job.lost += 1;
      return rest === undefined ? fault('network') : { is: 'later', ms: rest };
    }
    const { status } = outcome;
    if (status === 413) return fault('too-large');
    if (status < 200 || status >= 300) return fault('http', String(status));
    await service.noteHost(new URL(slot.get).hostname);
    // Called off in the last moment.
    if (!jobs.has(job.row.id)) return { is: 'stopped' };
    const { type, size, width, height, sha256 } = file;
    await parts.share(job.row, { url: slot.get, name: job.row.name, type, size, width, height, sha256 });
    return { is: 'shared' };
  };
  const run = async (job: Job, link: Link, signal: AbortSignal): Promise<Try> => {
    if (service.offer().is === 'none') return fault('not-offered');
    const early = tooLarge(job.row.size);
    if (early) return early;
    const file = await transfer.prepare(job.row.path, context.settings().stripMetadata);
    if (typeof file === 'string') return fault(file);
    job.total = file.size;
    const late = tooLarge(file.size);
    if (late) return late;
    if (signal.aborted) return { is: 'stopped' };
    const slot = await askSlot(link, job.row.name, file);
    if (!('put' in slot)) return slot;
    return put(job, slot, file, signal);
  };

  const begin = async (job: Job, link: Link): Promise<void> => {
    const abort = new AbortController();
    job.sending = { abort, since: clock.monotonic() };
    job.sent = 0;
    tell(job);
    const result = await run(job, link, abort.signal).catch((error: unknown): Try => {
      noted(error);
      // The disk refuses (R12).
      return { is: 'later', ms: BUSY_MS };
    });
    job.sending = null;
    if (!jobs.has(job.row.id)) return;
    if ('why' in result) {
      await setFault(job, result).catch(noted);
      tell(job);
    } else if (result.is === 'later') {
      job.rest = clock.after(result.ms, () => {
        job.rest = null;
        pump();
      });
      tell(job);
    } else if (result.is === 'shared') drop(job);
    pump();
  };
  const pump = (): void => {
    const link = context.link();
    if (!open || !link || service.offer().is === 'unknown') return;
    const all = [...jobs.values()];
    const busy = new Set(all.filter(({ sending, rest }) => sending ?? rest).map(({ row }) => row.peer));
    let running = all.filter(({ sending }) => sending).length;
    for (const job of all) {
      if (running >= MOST_AT_ONCE) return;
      if (job.row.fault || job.sending || busy.has(job.row.peer)) continue;
      busy.add(job.row.peer);
      running += 1;
      begin(job, link).catch(noted);
    }
  };

  const enter = async (
    peer: string,
    file: Pick<UploadRow, 'path' | 'copied' | 'name' | 'size' | 'fault' | 'originId'>,
  ): Promise<void> => {
    const row = await store.addUpload({ ...file, peer, at: clock.now() });
    const job: Job = { row, sending: null, sent: 0, total: row.size, lost: 0, rest: null };
    jobs.set(row.id, job);
    tell(job);
  };

  return {
    async load() {
      for (const row of await store.uploads())
        jobs.set(row.id, { row, sending: null, sent: 0, total: row.size, lost: 0, rest: null });
    },
    list: () => [...jobs.values()].map(shown),
    async add(peer, paths) {
      for (const path of paths) {
        const found = await transfer.look(path);
        const originId = ports.random.id();
        const common = { path, copied: false, originId };
        if (found.is === 'file') {
          const { name, size } = found;
          await enter(peer, { ...common, name, size, fault: tooLarge(size) });
        } else {
          const name = path.split(/[/\\]/u).at(-1) ?? path;
          await enter(peer, { ...common, name, size: 0, fault: fault(found.is) });
        }
      }
      pump();
      return done;
    },
    async addBytes(peer, name, bytes) {
      const originId = ports.random.id();
      let path: string;
      try {
        path = await transfer.copies.keep(originId, name, bytes);
      } catch (error) {
        noted(error);
        return failed('file', { reason: 'copy' });
      }
      await enter(peer, {
        path,
        copied: true,
        name,
        size: bytes.length,
        originId,
        fault: tooLarge(bytes.length),
      });
      pump();
      return done;
    },
    async retry(id) {
      const job = jobs.get(id);
      if (!job?.row.fault) return failed('no-message');
      await setFault(job, null);
      job.lost = 0;
      tell(job);
      pump();
      return done;
    },
    async cancel(id) {
      const job = jobs.get(id);
      if (!job) return failed('no-message');
      await store.removeUpload(id);
      drop(job);
      job.sending?.abort.abort();
      pump();
      return done;
    },
    // What rests begins at once with a new stream. What is under way has a line of its own, and goes on without one.
    wentOnline() {
      for (const job of jobs.values()) {
        job.rest?.cancel();
        job.rest = null;
      }
      pump();
    },
    async forget() {
      open = false;
      for (const job of jobs.values()) {
        job.rest?.cancel();
        job.sending?.abort.abort();
        if (job.row.copied) await transfer.copies.remove(job.row.path).catch(noted);
      }
    },
  };
};
