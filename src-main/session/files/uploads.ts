import { done, failed, type Outcome } from '../../../src-shared/ipc/errors';
import type { Upload } from '../../../src-shared/model/file';
import { StoreError, type UploadRow } from '../../store/store';
import { checkThumbnail } from '../../xmpp/guards/thumbnail';
import type { Link } from '../../xmpp/link';
import type { SessionContext } from '../context';
import { BUSY_MS, fault } from './server-way';
import { createTryUpload, emptyFault, sizeFault, type Try, type UploadsParts } from './try-upload';
import { goesAsIs, jobOf, shownUpload, type Job } from './upload-job';

/**
 * Files on their way, to the server (XEP-0363) or, where it takes none or the other side is on Spark, to that computer (direct/); each is kept
 * until its message is in the outbox, or the file is there:
 *
 *             the conversation's turn        slot, PUT; offer     commit of message and queue at once
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
  /** `thumbnails`: of each, where there is one; `answers`: the row that the first of them is an answer to. */
  add(
    peer: string,
    paths: readonly string[],
    more: { readonly thumbnails?: readonly (string | null)[] | undefined; readonly answers: number | null },
  ): Promise<Outcome<null>>;
  addBytes(
    peer: string,
    name: string,
    bytes: Uint8Array,
    more: Pick<UploadRow, 'thumbnail' | 'answers'>,
  ): Promise<Outcome<null>>;
  /** Once more; a picture that was asked about goes with what it tells. */
  retry(id: number): Promise<Outcome<null>>;
  cancel(id: number): Promise<Outcome<null>>;
  wentOnline(): void;
  /** The account is put away: what is under way ends, and begins anew when it is back. */
  stop(): Promise<void>;
  /** The account goes, and our copies with it. */
  forget(): Promise<void>;
}

const checked = (thumbnail: string | null | undefined): string | null => checkThumbnail(thumbnail ?? '');
const MOST_AT_ONCE = 3;

export const createUploads = (context: SessionContext, parts: UploadsParts): Uploads => {
  const { account, store, hub, ports } = context;
  const { service } = parts;
  const { clock, transfer } = ports;
  const jobs = new Map<number, Job>();
  let open = true;

  const shown = (job: Job): Upload => shownUpload(job, clock.monotonic());
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

  const faultOf = (peer: string, size: number) =>
    parts.takesOffersAlone(peer) ? emptyFault(size) : sizeFault(service, size);
  const tryOnce = createTryUpload(context, {
    ...parts,
    tell,
    isThere: (job) => jobs.has(job.row.id),
  });

  const begin = async (job: Job, link: Link): Promise<void> => {
    const abort = new AbortController();
    job.sending = { abort, since: clock.monotonic() };
    job.sent = 0;
    tell(job);
    const result = await tryOnce(job, link, abort.signal).catch((error: unknown): Try => {
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

  const enter = async (peer: string, file: Omit<UploadRow, 'id' | 'peer' | 'whom' | 'at'>): Promise<void> => {
    const row = await store.addUpload({ ...file, peer, whom: parts.whom(peer) ?? null, at: clock.now() });
    const job = jobOf(row);
    jobs.set(row.id, job);
    tell(job);
  };

  const end = (): readonly Job[] => {
    open = false;
    const all = [...jobs.values()];
    // Nobody is asked for them any more.
    jobs.clear();
    for (const job of all) {
      job.rest?.cancel();
      job.sending?.abort.abort();
    }
    return all;
  };
  const forget = async (): Promise<void> => {
    for (const { row } of end()) if (row.copied) await transfer.copies.remove(row.path).catch(noted);
  };

  return {
    async load() {
      const rows = await store.uploads();
      for (const row of rows) jobs.set(row.id, jobOf(row));
      // Of an app that died between copy and commit. What a damaged history may have known is not judged by the one in its place.
      const waiting = new Set(rows.map(({ originId }) => originId));
      if (store.durable && !store.recovered) await transfer.copies.sweep(account, waiting).catch(noted);
    },
    list: () => [...jobs.values()].map(shown),
    async add(peer, paths, { thumbnails = [], answers }) {
      for (const [at, path] of paths.entries()) {
        const found = await transfer.look(path);
        const originId = ports.random.id();
        const common = {
          ...{ path, copied: false, originId, thumbnail: checked(thumbnails[at]) },
          answers: at === 0 ? answers : null,
        };
        if (found.is === 'file') {
          const { name, size } = found;
          await enter(peer, { ...common, name, size, fault: faultOf(peer, size) });
        } else {
          const name = path.split(/[/\\]/u).at(-1) ?? path;
          await enter(peer, { ...common, name, size: 0, fault: fault(found.is) });
        }
      }
      pump();
      return done;
    },
    async addBytes(peer, name, bytes, { thumbnail, answers }) {
      const originId = ports.random.id();
      const key = await parts.key();
      let path: string;
      try {
        path = await transfer.copies.keep(account, originId, name, key, bytes);
      } catch (error) {
        noted(error);
        return failed('file', { reason: 'copy' });
      }
      try {
        await enter(peer, {
          path,
          copied: true,
          name,
          size: bytes.length,
          originId,
          thumbnail: checked(thumbnail),
          answers,
          fault: faultOf(peer, bytes.length),
        });
      } catch (error) {
        // Closed meanwhile, it may have been committed: what it was is found at the next start.
        if (!(error instanceof StoreError && error.reason === 'closed'))
          await transfer.copies.remove(path).catch(noted);
        throw error;
      }
      pump();
      return done;
    },
    async retry(id) {
      const job = jobs.get(id);
      if (!job?.row.fault) return failed('no-message');
      job.asIs ||= job.row.fault.why === 'hidden-details';
      await store.setUploadFault(id, job.asIs ? goesAsIs : null);
      job.row = { ...job.row, fault: null };
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
    async stop() {
      // What waits in memory alone goes with it (R15).
      if (store.durable) end();
      else await forget();
    },
    forget,
  };
};
