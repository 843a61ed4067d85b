import { failed, ok, type ErrorCode, type Outcome } from '../../../src-shared/ipc/errors';
import { promisedHash, type SharedFile } from '../../../src-shared/model/file';
import type { GetOutcome, Reach } from '../../ports';
import { safeFileUrl } from '../../xmpp/guards/upload-slot';
import { hashHex, sha256Hex } from '../../xmpp/stream/digest';
import { openSealed } from '../../xmpp/stream/open-sealed';
import { parseSealedLink } from '../../xmpp/xep/0454-media-sharing';
import type { SessionContext } from '../context';
import type { Kept } from './kept';

/** What is shown or played of a file: fetched by us, looked at before anything of it is decoded (T20, T21), kept encrypted. */
export interface Fetching {
  /** The same file is fetched once at a time. */
  fetch(file: Wanted, maxBytes: number, to: Reach, look: Look): Promise<Outcome<Uint8Array>>;
}
export type Wanted = Pick<SharedFile, 'url' | 'sha256' | 'otherHash'>;

/** Whether the bytes are what is to be shown, and what is said where they are not. */
export interface Look {
  readonly isGood: (bytes: Uint8Array) => boolean;
  readonly bad: ErrorCode;
}

export interface FetchingParts {
  readonly kept: Kept;
  /** The account is put away. */
  readonly gone: AbortSignal;
}

const TIME_MS = 60_000;
const MOST_AT_ONCE = 4;

/** Under which what is behind an address is kept. */
export const keptName = ({ url }: Pick<SharedFile, 'url'>): string => sha256Hex(url);

/** Words for a file that could not be fetched. */
export const getFault = (outcome: Exclude<GetOutcome, { readonly is: 'done' }>): Outcome<never> => {
  switch (outcome.is) {
    case 'answer':
      // RFC 9110 §15.6, RFC 6585 §4: it may be there in a while.
      return outcome.status === 429 || outcome.status >= 500
        ? failed('file-network')
        : failed('file-gone', { status: String(outcome.status) });
    case 'unsafe':
      return failed('file-unsafe');
    case 'too-large':
      return failed('file-too-large');
    default:
      return failed('file-network');
  }
};

export const createFetching = ({ ports }: SessionContext, { kept, gone }: FetchingParts): Fetching => {
  /** Those under way, by name. */
  const running = new Map<string, Promise<Outcome<Uint8Array>>>();
  const waiting: (() => void)[] = [];

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running.size > MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      waiting.shift()?.();
    }
  };
  const fetchOne = async (
    file: Wanted,
    maxBytes: number,
    reach: Reach,
    look: Look,
  ): Promise<Outcome<Uint8Array>> => {
    const sealed = parseSealedLink(file.url, reach.plain);
    const url = safeFileUrl(sealed?.url ?? file.url, reach.plain);
    if (url === null) return failed('file-unsafe');
    const abort = new AbortController();
    const late = ports.clock.after(TIME_MS, () => {
      abort.abort();
    });
    const pieces: Uint8Array[] = [];
    const write = (piece: Uint8Array) => void pieces.push(piece);
    const signal = AbortSignal.any([abort.signal, gone]);
    const outcome = await ports.transfer.get({ url, maxBytes, reach, write }, signal);
    late.cancel();
    if (outcome.is !== 'done') return getFault(outcome);
    const came = Buffer.concat(pieces);
    const bytes = sealed ? openSealed(came, sealed) : came;
    if (!bytes) return failed('file-changed');
    const promised = promisedHash(file);
    if (promised && hashHex(promised.algo, bytes) !== promised.hex) return failed('file-changed');
    if (!look.isGood(bytes)) return failed(look.bad);
    await kept.write(keptName(file), bytes);
    return ok(bytes);
  };

  return {
    fetch(file, maxBytes, to, look) {
      const name = keptName(file);
      const known = running.get(name);
      if (known) return known;
      const work = inTurn(() => fetchOne(file, maxBytes, to, look)).finally(() => running.delete(name));
      running.set(name, work);
      return work;
    },
  };
};
