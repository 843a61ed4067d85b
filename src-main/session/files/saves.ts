import { done, failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import { fileNameOf, promisedHash, type Download, type SharedFile } from '../../../src-shared/model/file';
import type { ExportFile } from '../../ports';
import { safeFileUrl } from '../../xmpp/guards/upload-slot';
import { hashStream } from '../../xmpp/stream/digest';
import { openSealed } from '../../xmpp/stream/open-sealed';
import { parseSealedLink, type SealedLink } from '../../xmpp/xep/0454-media-sharing';
import type { SessionContext } from '../context';
import { getFault, keptName } from './fetching';
import type { Kept } from './kept';
import type { FileReach } from './reach';

/** Files that others share, saved where the user says (T20): under their last name alone, there only once they are whole. */
export interface Saves {
  /** Asks where to; resolves once it is there, or cannot be. Without a `source` it comes from its address. */
  save(id: number, file: SharedFile, source?: Source): Promise<Outcome<{ readonly started: boolean }>>;
  stop(id: number): Outcome<null>;
  wentAway(): void;
}

/** Gives a file piece by piece; `size`: of the whole, where it says it. Rejects with what `write` rejects with. */
export type Source = (
  write: (piece: Uint8Array, size?: number | null) => Promise<void>,
  signal: AbortSignal,
) => Promise<Outcome<null>>;

const MAX_BYTES = 10_000_000_000;
/** It is in memory as a whole. */
const MAX_SEALED = 200_000_000;
const TELL_MS = 150;

/** The user's own disk, not the line. */
class DiskError extends Error {}

export const createSaves = (
  context: SessionContext,
  parts: { readonly reach: FileReach; readonly kept: Pick<Kept, 'read'> },
): Saves => {
  const { account, hub, ports } = context;
  const running = new Map<number, AbortController>();
  const tell = (download: Download): void => {
    hub.emit({ topic: 'uploads', type: 'download', account, download });
  };

  /** T19: whole, and found to be what was sealed, before a byte of it goes to the user's file. */
  const open = async (sealed: SealedLink, signal: AbortSignal): Promise<Outcome<Uint8Array>> => {
    const url = safeFileUrl(sealed.url, parts.reach.plain());
    if (url === null) return failed('file-unsafe');
    const pieces: Uint8Array[] = [];
    const write = (piece: Uint8Array) => void pieces.push(piece);
    const request = { url, maxBytes: MAX_SEALED, reach: parts.reach.others(false), write };
    const outcome = await ports.transfer.get(request, signal);
    if (outcome.is === 'stopped') return failed('file-network', { stopped: 'yes' });
    if (outcome.is === 'too-large') return failed('file-sealed-large');
    if (outcome.is !== 'done') return getFault(outcome);
    const opened = openSealed(Buffer.concat(pieces), sealed);
    return opened ? ok(opened) : failed('file-changed');
  };
  const fromAddress =
    (file: SharedFile): Source =>
    async (write, signal) => {
      const promised = promisedHash(file);
      const hash = hashStream(promised?.algo ?? 'sha-256');
      const hashed = async (piece: Uint8Array, size: number | null): Promise<void> => {
        hash.add(piece);
        await write(piece, size);
      };
      const kept = await parts.kept.read(keptName(file));
      const sealed = parseSealedLink(file.url, parts.reach.plain());
      if (kept) await hashed(kept, kept.length);
      else if (sealed) {
        const opened = await open(sealed, signal);
        if (!opened.ok) return opened;
        await hashed(opened.value, opened.value.length);
      } else {
        const url = safeFileUrl(file.url, parts.reach.plain());
        if (url === null) return failed('file-unsafe');
        const request = { url, maxBytes: MAX_BYTES, reach: parts.reach.others(false), write: hashed };
        const outcome = await ports.transfer.get(request, signal);
        if (outcome.is === 'stopped') return failed('file-network', { stopped: 'yes' });
        if (outcome.is !== 'done') return getFault(outcome);
      }
      return promised && hash.hex() !== promised.hex ? failed('file-changed') : done;
    };
  /** Puts each piece on the disk, and tells now and then how far it is. */
  const writer = (id: number, file: SharedFile, target: ExportFile): Parameters<Source>[0] => {
    let got = 0;
    let told = ports.clock.monotonic();
    return async (piece, size = null) => {
      got += piece.length;
      await target.write(piece).catch(() => {
        throw new DiskError();
      });
      const now = ports.clock.monotonic();
      if (now - told < TELL_MS) return;
      told = now;
      tell({ id, got, size: size ?? file.size, state: 'running' });
    };
  };

  const fill = async (
    id: number,
    file: SharedFile,
    source: Source,
    target: ExportFile,
    signal: AbortSignal,
  ): Promise<Outcome<{ readonly started: boolean }>> => {
    tell({ id, got: 0, size: file.size, state: 'running' });
    let end: Download['state'] = 'ended';
    try {
      const filled = await source(writer(id, file, target), signal);
      if (!filled.ok) {
        await target.discard();
        return signal.aborted ? ok({ started: false }) : filled;
      }
      await target.finish();
      end = 'done';
      return ok({ started: true });
    } catch {
      await target.discard();
      return failed('file', { reason: 'write' });
    } finally {
      tell({ id, got: file.size ?? 0, size: file.size, state: end });
    }
  };

  return {
    async save(id, file, source = fromAddress(file)) {
      if (running.has(id)) return failed('busy');
      const abort = new AbortController();
      // While the user looks for a place too: nobody asks for it twice, and what is stopped by then never begins.
      running.set(id, abort);
      try {
        const target = await ports.downloads.choose(fileNameOf(file));
        if (target && !abort.signal.aborted) return await fill(id, file, source, target, abort.signal);
        await target?.discard();
        return ok({ started: false });
      } catch {
        return failed('file', { reason: 'open' });
      } finally {
        running.delete(id);
      }
    },
    stop(id) {
      running.get(id)?.abort();
      return done;
    },
    wentAway() {
      for (const one of running.values()) one.abort();
    },
  };
};
