import { failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import type { Message } from '../../../src-shared/model/conversation';
import { isPictureFile, type FileView, type SharedFile } from '../../../src-shared/model/file';
import { shownHeader, type ShownHeader } from '../../../src-shared/model/shown-picture';
import type { GetOutcome, Reach } from '../../ports';
import { safeFileUrl } from '../../xmpp/guards/upload-slot';
import { sha256Hex } from '../../xmpp/stream/digest';
import type { SessionContext } from '../context';
import type { Kept } from './kept';
import type { FileReach } from './reach';

/** Pictures that others share, shown in their place (T20, T21): fetched by us, looked at, kept encrypted, given to the window. */
export interface Pictures {
  load(message: Message, asked: boolean): Promise<Outcome<FileView>>;
  /** The picture that a page names (T17); `homeOnly`: as for that page. */
  linked(url: string, homeOnly: boolean): Promise<Outcome<FileView>>;
  /** The bytes of one that is kept; null: it is not. */
  bytes(name: string): Promise<{ readonly type: string; readonly bytes: Uint8Array } | null>;
  /** The same for the file of a message. */
  kept(file: SharedFile): Promise<Uint8Array | null>;
  clear(): Promise<void>;
}

export interface PicturesParts {
  readonly kept: Kept;
  readonly reach: FileReach;
  /** Whether what this message shares may be fetched without asking (T31). */
  mayFetch(message: Message): Promise<boolean>;
  /** Whether it may lead nowhere but to the own server then. */
  homeOnly(message: Message): boolean;
  /** The account is put away. */
  readonly gone: AbortSignal;
  changed(message: Message): void;
}

/** What is fetched because the user asks. */
const MAX_ASKED = 50_000_000;
const MEGABYTE = 1_000_000;
const TIME_MS = 60_000;
/** Of a page that a link leads to. */
const MAX_LINKED = 5_000_000;
const MOST_AT_ONCE = 4;

/** Words for a file that could not be fetched. */
export const getFault = (outcome: Exclude<GetOutcome, { readonly is: 'done' }>): Outcome<never> => {
  switch (outcome.is) {
    case 'answer':
      return failed('file-gone', { status: String(outcome.status) });
    case 'unsafe':
      return failed('file-unsafe');
    case 'too-large':
      return failed('file-too-large');
    default:
      return failed('file-network');
  }
};

export const createPictures = (context: SessionContext, parts: PicturesParts): Pictures => {
  const { account, store, ports } = context;
  /** Those under way, by name: the same picture is fetched once. */
  const running = new Map<string, Promise<Outcome<Uint8Array>>>();
  const waiting: (() => void)[] = [];

  const nameOf = ({ url }: SharedFile): string => sha256Hex(url);
  const { read } = parts.kept;

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running.size > MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      waiting.shift()?.();
    }
  };
  const fetchOne = async (file: SharedFile, maxBytes: number, to: Reach): Promise<Outcome<Uint8Array>> => {
    const url = safeFileUrl(file.url, to.plain);
    if (url === null) return failed('file-unsafe');
    const abort = new AbortController();
    const late = ports.clock.after(TIME_MS, () => {
      abort.abort();
    });
    const pieces: Uint8Array[] = [];
    const request = {
      url,
      maxBytes,
      reach: to,
      write: (piece: Uint8Array) => void pieces.push(piece),
    };
    const outcome = await ports.transfer.get(request, AbortSignal.any([abort.signal, parts.gone]));
    late.cancel();
    if (outcome.is !== 'done') return getFault(outcome);
    const bytes = Buffer.concat(pieces);
    if (file.sha256 !== null && sha256Hex(bytes) !== file.sha256) return failed('file-changed');
    if (!shownHeader(bytes)) return failed('file-bad-picture');
    await parts.kept.write(nameOf(file), bytes);
    return ok(bytes);
  };
  const fetch = (file: SharedFile, maxBytes: number, to: Reach): Promise<Outcome<Uint8Array>> => {
    const name = nameOf(file);
    const known = running.get(name);
    if (known) return known;
    const work = inTurn(() => fetchOne(file, maxBytes, to)).finally(() => running.delete(name));
    running.set(name, work);
    return work;
  };
  /** What the picture says of itself is known from now on: its place is then kept before it is there. */
  const describe = async (message: Message, file: SharedFile, bytes: Uint8Array): Promise<void> => {
    const header = shownHeader(bytes);
    if (!header) return;
    const { type, width, height } = header;
    if (file.width === width && file.height === height && file.size === bytes.length) return;
    await store.describeFile(message.id, { ...file, type, width, height, size: bytes.length });
    const now = await store.message(message.id);
    if (now) parts.changed(now);
  };

  const viewOf = (name: string, { width, height }: Pick<ShownHeader, 'width' | 'height'>): FileView => ({
    is: 'picture',
    src: `/pictures/${account}/${name}`,
    width,
    height,
  });

  return {
    async load(message, asked) {
      const { file } = message;
      if (!file || !isPictureFile(file)) return failed('file-bad-picture');
      const name = nameOf(file);
      const kept = await read(name);
      let bytes = kept;
      if (!bytes) {
        const limit = context.settings().autoLoadMegabytes * MEGABYTE;
        if (!asked && !(await parts.mayFetch(message))) return ok({ is: 'held', why: 'stranger' });
        if (!asked && (file.size ?? 1) > limit) return ok({ is: 'held', why: 'large' });
        const fetched = await fetch(
          file,
          asked ? MAX_ASKED : limit,
          parts.reach.others(!asked && parts.homeOnly(message)),
        );
        if (!fetched.ok && !asked && fetched.error.code === 'file-too-large')
          return ok({ is: 'held', why: 'large' });
        if (!fetched.ok) return fetched;
        bytes = fetched.value;
      }
      const header = shownHeader(bytes);
      if (!header) return failed('file-bad-picture');
      await describe(message, file, bytes);
      return ok(viewOf(name, header));
    },
    async linked(url, homeOnly) {
      const file = { url, name: null, type: null, size: null, width: null, height: null, sha256: null };
      const name = nameOf(file);
      const kept = await read(name);
      const found = kept ? ok(kept) : await fetch(file, MAX_LINKED, parts.reach.pages(homeOnly));
      if (!found.ok) return found;
      const header = shownHeader(found.value);
      return header ? ok(viewOf(name, header)) : failed('file-bad-picture');
    },
    async bytes(name) {
      const bytes = await read(name);
      const header = bytes && shownHeader(bytes);
      return bytes && header ? { type: header.type, bytes } : null;
    },
    kept: (file) => read(nameOf(file)),
    clear: parts.kept.clear,
  };
};
