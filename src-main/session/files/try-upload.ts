import type { SharedFile } from '../../../src-shared/model/file';
import type { FileSource, PreparedFile } from '../../ports';
import type { UploadRow } from '../../store/store';
import type { Link } from '../../xmpp/link';
import type { SessionContext } from '../context';
import type { SendDirectly } from './direct/sending';
import type { FileReach } from './reach';
import { createServerWay, fault, type UploadFaultSaid } from './server-way';
import type { Job } from './upload-job';
import type { UploadService } from './upload-service';

/** What one try came to. */
export type Try =
  { readonly is: 'shared' | 'stopped' } | { readonly is: 'later'; readonly ms: number } | UploadFaultSaid;

/** What files on their way need of the account. */
export interface UploadsParts {
  readonly service: UploadService;
  readonly reach: FileReach;
  readonly sendDirectly: SendDirectly;
  isRoom(peer: string): boolean;
  /** See People. */
  /** See Companions. */
  whom(peer: string): string | undefined;
  takesOffersAlone(peer: string): boolean;
  /** What seals our copies. */
  key(): Promise<string>;
  /** Puts its message into the outbox, and takes the upload out of the queue with the same commit. */
  share(upload: UploadRow, file: SharedFile): Promise<void>;
}

export interface TryParts extends UploadsParts {
  /** It was not called off. */
  isThere(job: Job): boolean;
  /** It is further than it was. */
  tell(job: Job): void;
}

/** Progress is told this often at most. */
const TELL_MS = 150;
const RESTS = [2_000, 5_000, 15_000, 30_000];

export const emptyFault = (size: number): UploadFaultSaid | null => (size === 0 ? fault('empty') : null);
/** Known before anything is read, or sent. */
export const sizeFault = (service: UploadService, size: number): UploadFaultSaid | null => {
  const offer = service.offer();
  const empty = emptyFault(size);
  if (empty) return empty;
  return offer.is === 'offered' && offer.maxBytes !== null && size > offer.maxBytes
    ? fault('too-large', String(offer.maxBytes))
    : null;
};

/** One try to bring a file to where its message can name it, from here to the commit. */
export const createTryUpload = (
  context: Pick<SessionContext, 'ports' | 'settings'>,
  parts: TryParts,
): ((job: Job, link: Link, signal: AbortSignal) => Promise<Try>) => {
  const { clock, transfer } = context.ports;
  const { service, reach, tell } = parts;
  const toServer = createServerWay({ transfer, service, reach });
  /** What was sent so far is told now and then. */
  const teller = (job: Job): ((sent: number) => void) => {
    let told = clock.monotonic();
    return (sent) => {
      job.sent = sent;
      const now = clock.monotonic();
      if (now - told < TELL_MS) return;
      told = now;
      tell(job);
    };
  };
  const share = async (
    job: Job,
    file: PreparedFile,
    where: Pick<SharedFile, 'url' | 'direct'>,
  ): Promise<Try> => {
    // Called off in the last moment.
    if (!parts.isThere(job)) return { is: 'stopped' };
    const { type, size, width, height, sha256 } = file;
    const { name, thumbnail } = job.row;
    const small = thumbnail === null ? {} : { thumbnail };
    await parts.share(job.row, { ...where, name, type, size, width, height, sha256, ...small });
    return { is: 'shared' };
  };
  type Way = (
    job: Job,
    source: FileSource,
    file: PreparedFile,
    link: Link,
    signal: AbortSignal,
  ) => Promise<Try>;
  const viaServer: Way = async (job, source, file, link, signal) => {
    const end = await toServer(link, job.row.name, source, file, signal, teller(job));
    if (end.is === 'there') return share(job, file, { url: end.url });
    if (end.is === 'fault') return end.fault;
    if (end.is !== 'lost') return end;
    const rest = RESTS[job.lost];
    job.lost += 1;
    return rest === undefined ? fault('network') : { is: 'later', ms: rest };
  };
  /** From here to the other computer: nobody else keeps it. */
  const viaPeer: Way = async (job, source, file, link, signal) => {
    const sent = teller(job);
    const { peer, name } = job.row;
    const asks = (): void => {
      job.asks = true;
      tell(job);
    };
    const end = await parts.sendDirectly(link, { peer, source, name, file }, signal, {
      asks,
      sent(bytes) {
        job.asks = false;
        sent(bytes);
      },
    });
    job.asks = false;
    if (end === 'called-off') return { is: 'stopped' };
    return end === 'there' ? share(job, file, { url: '', direct: { state: 'done' } }) : fault(end);
  };
  return async (job, link, signal) => {
    const { peer, path, copied, size } = job.row;
    const direct = service.offer().is === 'none';
    if (direct && parts.isRoom(peer)) return fault('room');
    const offers = direct || parts.takesOffersAlone(peer);
    const early = offers ? emptyFault(size) : sizeFault(service, size);
    if (early) return early;
    const clean = context.settings().stripMetadata && !job.asIs;
    const source: FileSource = { path, key: copied ? await parts.key() : null };
    const file = await transfer.prepare(source, clean);
    if (typeof file === 'string') return fault(file);
    job.total = file.size;
    if (signal.aborted) return { is: 'stopped' };
    const offered = offers ? await viaPeer(job, source, file, link, signal) : null;
    // Who is gone meanwhile, or takes none after all, finds it at the server.
    const isMissed = offered !== null && 'why' in offered && ['nobody', 'no-way'].includes(offered.why);
    if (offered && (direct || !isMissed)) return offered;
    return sizeFault(service, file.size) ?? viaServer(job, source, file, link, signal);
  };
};
