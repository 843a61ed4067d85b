import { failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import type { Message } from '../../../src-shared/model/conversation';
import type { FileView, SharedFile } from '../../../src-shared/model/file';
import {
  MEDIA_HOST,
  MEDIA_SCHEME,
  mediaKind,
  mediaType,
  type MediaType,
} from '../../../src-shared/model/media-file';
import type { Timer } from '../../ports';
import type { SessionContext } from '../context';
import { keptName, type Look } from './fetching';
import type { PicturesParts } from './pictures';

/** Sound and video that others share, played in their place (T20): fetched and kept as pictures are. */
export interface Media {
  load(message: Message, asked: boolean): Promise<Outcome<FileView>>;
  /** The bytes of what is kept; null: it is not. */
  bytes(name: string): Promise<Playable | null>;
  /** Those of a short sound in Ogg, as voice messages are; null: it is none that is here. */
  sound(file: SharedFile): Promise<Uint8Array | null>;
  close(): void;
}
export interface Playable {
  readonly type: MediaType;
  readonly bytes: Uint8Array;
}

/** What is fetched because the user asks. */
const MAX_ASKED = 100_000_000;
/** Of which a picture is drawn: a quarter of an hour of speech. */
const MAX_DRAWN = 3_000_000;
const MEGABYTE = 1_000_000;
/** What plays is asked for piece by piece: it stays open for as long, and no more than so many. */
const OPEN_MS = 60_000;
const MOST_OPEN = 2;

const look: Look = { isGood: (bytes) => mediaType(bytes) !== null, bad: 'file-bad-media' };

export const createMedia = (context: SessionContext, parts: Omit<PicturesParts, 'changed'>): Media => {
  const { kept, reach } = parts;
  const { clock } = context.ports;
  const open = new Map<string, { readonly found: Promise<Playable | null>; end: Timer }>();
  const drop = (name: string): void => {
    open.get(name)?.end.cancel();
    open.delete(name);
  };
  const read = async (name: string): Promise<Playable | null> => {
    const bytes = await kept.read(name);
    const type = bytes && mediaType(bytes);
    return bytes && type ? { type, bytes } : null;
  };

  return {
    async load(message, asked) {
      const { file } = message;
      if (!file || mediaKind(file) === null) return failed('file-bad-media');
      const name = keptName(file);
      const view: FileView = {
        is: 'media',
        src: `${MEDIA_SCHEME}://${MEDIA_HOST}/${context.account}/${name}`,
      };
      if (await kept.has(name)) return ok(view);
      const limit = context.settings().autoLoadMegabytes * MEGABYTE;
      if (!asked && !(await parts.mayFetch(message))) return ok({ is: 'held', why: 'stranger' });
      if (!asked && (file.size ?? 1) > limit) return ok({ is: 'held', why: 'large' });
      const to = reach.others(!asked && (await parts.homeOnly(message)));
      const fetched = await parts.fetching.fetch(file, asked ? MAX_ASKED : limit, to, look);
      if (fetched.ok) return ok(view);
      return !asked && fetched.error.code === 'file-too-large' ? ok({ is: 'held', why: 'large' }) : fetched;
    },
    bytes(name) {
      const found = open.get(name)?.found ?? read(name);
      drop(name);
      const [oldest] = open.keys();
      if (open.size >= MOST_OPEN && oldest !== undefined) drop(oldest);
      const end = clock.after(OPEN_MS, () => {
        drop(name);
      });
      open.set(name, { found, end });
      return found;
    },
    async sound(file) {
      if (mediaKind(file) !== 'audio' || (file.size ?? 0) > MAX_DRAWN) return null;
      const found = await read(keptName(file));
      return found?.type === 'audio/ogg' && found.bytes.length <= MAX_DRAWN ? found.bytes : null;
    },
    close() {
      for (const name of [...open.keys()]) drop(name);
    },
  };
};
