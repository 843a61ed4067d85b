import { failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import type { Message } from '../../../src-shared/model/conversation';
import { isPictureFile, type FileView, type SharedFile } from '../../../src-shared/model/file';
import { shownHeader, type ShownHeader } from '../../../src-shared/model/shown-picture';
import type { SessionContext } from '../context';
import { keptName, type Fetching, type Look } from './fetching';
import type { Kept } from './kept';
import type { FileReach } from './reach';

/** Pictures that others share, shown in their place (T20, T21): fetched by us, looked at, kept encrypted, given to the window. */
export interface Pictures {
  load(message: Message, asked: boolean): Promise<Outcome<FileView>>;
  /** The picture that a page names (T17); `homeOnly`: as for that page. */
  linked(url: string, homeOnly: boolean): Promise<Outcome<FileView>>;
  /** The bytes of one that is kept; null: it is not. */
  bytes(name: string): Promise<{ readonly type: string; readonly bytes: Uint8Array } | null>;
}

export interface PicturesParts {
  readonly kept: Kept;
  readonly fetching: Fetching;
  readonly reach: FileReach;
  /** Whether what this message shares may be fetched without asking (T31). */
  mayFetch(message: Message): Promise<boolean>;
  /** Whether it may lead nowhere but to the own server then. */
  homeOnly(message: Message): Promise<boolean>;
  changed(message: Message): void;
}

/** What is fetched because the user asks. */
const MAX_ASKED = 50_000_000;
const MEGABYTE = 1_000_000;
/** Of a page that a link leads to. */
const MAX_LINKED = 5_000_000;

/** T21. */
const look: Look = { isGood: (bytes) => shownHeader(bytes) !== null, bad: 'file-bad-picture' };

export const createPictures = (context: SessionContext, parts: PicturesParts): Pictures => {
  const { account, store } = context;
  const { fetch } = parts.fetching;
  const { read } = parts.kept;

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
      const name = keptName(file);
      const kept = await read(name);
      let bytes = kept;
      if (!bytes) {
        const limit = context.settings().autoLoadMegabytes * MEGABYTE;
        if (!asked && !(await parts.mayFetch(message))) return ok({ is: 'held', why: 'stranger' });
        if (!asked && (file.size ?? 1) > limit) return ok({ is: 'held', why: 'large' });
        const fetched = await fetch(
          file,
          asked ? MAX_ASKED : limit,
          parts.reach.others(!asked && (await parts.homeOnly(message))),
          look,
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
      const file = { url, sha256: null };
      const name = keptName(file);
      const kept = await read(name);
      const found = kept ? ok(kept) : await fetch(file, MAX_LINKED, parts.reach.pages(homeOnly), look);
      if (!found.ok) return found;
      const header = shownHeader(found.value);
      return header ? ok(viewOf(name, header)) : failed('file-bad-picture');
    },
    async bytes(name) {
      const bytes = await read(name);
      const header = bytes && shownHeader(bytes);
      return bytes && header ? { type: header.type, bytes } : null;
    },
  };
};
