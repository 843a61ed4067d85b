import { failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import type { Conversation, Message } from '../../../src-shared/model/conversation';
import type { FileView, UploadOffer } from '../../../src-shared/model/file';
import { mediaKind } from '../../../src-shared/model/media-file';
import type { LinkPreview } from '../../../src-shared/model/preview';
import type { Element } from '../../xmpp/element';
import type { Link } from '../../xmpp/link';
import { parseSealedLink } from '../../xmpp/xep/0454-media-sharing';
import type { LeftBehind } from '../../store/store';
import type { SessionContext } from '../context';
import { isOfRoom } from '../requests';
import { createDirect, type DirectParts } from './direct';
import { createFetching, keptName } from './fetching';
import { createKept } from './kept';
import { createMedia, type Media } from './media';
import { createPictures, type Pictures } from './pictures';
import { createPreviews } from './previews';
import { createReach, type ReachParts } from './reach';
import { createSaves } from './saves';
import { createUploadService } from './upload-service';
import type { UploadsParts } from './try-upload';
import { createUploads, type Uploads } from './uploads';

/** Files in conversations: on their way out (XEP-0363), and those that others share. */
export interface Files {
  readonly uploads: Uploads;
  readonly pictures: Pick<Pictures, 'bytes'>;
  readonly media: Pick<Media, 'bytes'>;
  load(): Promise<void>;
  offer(): UploadOffer;
  list(peer: string, before: number | null, limit: number): Promise<readonly Message[]>;
  /** What is shown of the file that a message shares. */
  view(id: number, asked: boolean): Promise<Outcome<FileView>>;
  /** The bytes of a short sound that was fetched already; null: it is not, or is none. */
  sound(id: number): Promise<Outcome<Uint8Array | null>>;
  /** What stands behind a link of a message (T17). */
  preview(id: number, url: string): Promise<Outcome<LinkPreview>>;
  save(id: number): Promise<Outcome<{ readonly started: boolean }>>;
  stopSaving(id: number): Outcome<null>;
  /** A file that somebody offers from their computer is not wanted. */
  decline(id: number): Promise<Outcome<null>>;
  /** False: the IQ is about no file that goes from one computer to the other. */
  take(iq: Element): Promise<boolean>;
  /** Messages were deleted: what was fetched for them alone goes too. */
  forgetOf(left: LeftBehind): Promise<void>;
  /** All history goes: whatever was fetched for it goes too. */
  forgetPictures(): Promise<void>;
  wentOnline(link: Link): void;
  wentOffline(): void;
  /** The account goes from this computer. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

export interface FilesParts
  extends
    Pick<ReachParts, 'pins'>,
    Pick<UploadsParts, 'share' | 'isRoom' | 'whom' | 'takesOffersAlone'>,
    Pick<DirectParts, 'mayOffer' | 'resources' | 'isSeen' | 'came'> {
  /** Whoever said it is in this room of our own server now, which is for members alone, and is one. */
  isMember(room: string, nick: string, author: string | null): boolean;
  /** The user lets the other side in (T31). */
  isLetIn(chat: Conversation): boolean;
  /** What the server takes is known, or another. */
  offerChanged(): void;
}

export const createFiles = (context: SessionContext, parts: FilesParts): Files => {
  const { store, ports } = context;
  const service = createUploadService(context, parts.offerChanged);
  const reach = createReach({ domain: context.domain, pins: parts.pins, isUploadHost: service.isHost });
  /**
   * T31: in an open room nobody knows who comes: only our own server is asked, which learns nothing new by it. Whoever is a member
   * of a private one on our server was let in by somebody, and is no stranger.
   */
  const homeOnly = async ({ id, direction, peer, nick }: Message): Promise<boolean> => {
    if (direction === 'out' || !isOfRoom({ peer, nick })) return false;
    return nick === undefined || !parts.isMember(peer, nick, await store.authorOf(id));
  };
  /** T31: of contacts, and whoever was accepted and not taken out of them since, wherever it is. */
  const mayFetch = async (message: Message, url: string): Promise<boolean> => {
    const { direction, kind, peer } = message;
    if (kind !== 'chat') return false;
    if (direction === 'out') return true;
    if (!parts.isLetIn(await store.chat(peer))) return false;
    return !(await homeOnly(message)) || (URL.canParse(url) && reach.isHome(new URL(url).hostname));
  };
  const changed = (message: Message): void => {
    context.hub.emit({ topic: 'messages', type: 'message', account: context.account, message });
  };
  const kept = createKept(context);
  const gone = new AbortController();
  const placeOf = (url: string): string => parseSealedLink(url, false)?.url ?? url;
  const shown = {
    kept,
    fetching: createFetching(context, { kept, gone: gone.signal }),
    reach,
    mayFetch: async (message: Message) =>
      message.file !== undefined && mayFetch(message, placeOf(message.file.url)),
    homeOnly,
  };
  const pictures = createPictures(context, { ...shown, changed });
  const media = createMedia(context, shown);
  const previews = createPreviews(context, { kept, reach, pictures, mayFetch, homeOnly, gone: gone.signal });
  const saves = createSaves(context, { reach, kept });
  const stopFetching = (): void => {
    gone.abort();
    saves.wentAway();
    media.close();
  };
  const direct = createDirect(context, { ...parts, saves, changed });
  const uploads = createUploads(context, {
    ...{ ...parts, service, reach },
    sendDirectly: direct.send,
    key: kept.key,
  });
  const withFile = async <T>(
    id: number,
    run: (message: Message & Required<Pick<Message, 'file'>>) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> => {
    const message = await store.message(id);
    return message?.file ? run({ ...message, file: message.file }) : failed('no-message');
  };

  return {
    uploads,
    pictures,
    media,
    async load() {
      await Promise.all([service.load(), uploads.load(), store.endDirectFiles()]);
    },
    offer: service.offer,
    list: (peer, before, limit) => store.files(peer, before, limit),
    view: (id, asked) =>
      withFile(id, (message) => (mediaKind(message.file) ? media : pictures).load(message, asked)),
    sound: (id) => withFile(id, async ({ file }) => ok(await media.sound(file))),
    preview: previews.of,
    save: (id) => withFile(id, ({ file }) => (file.direct ? direct.accept(id, file) : saves.save(id, file))),
    stopSaving: saves.stop,
    decline: direct.decline,
    take: direct.take,
    async forgetOf({ files, links }) {
      for (const url of files) await kept.remove(keptName({ url }));
      await previews.forget(links);
    },
    forgetPictures: kept.clear,
    wentOnline(link) {
      reach.useEndpoint(link.endpoint);
      if (link.resumed && service.offer().is !== 'unknown') {
        uploads.wentOnline();
        return;
      }
      service
        .find(link)
        .catch((error: unknown) => {
          ports.log.error('upload-service', { reason: error instanceof Error ? error.name : 'unknown' });
        })
        .finally(uploads.wentOnline);
    },
    wentOffline: direct.wentOffline,
    async forget() {
      stopFetching();
      await uploads.forget();
      // Nothing comes back behind it.
      await kept.close();
      await kept.clear();
    },
    async close() {
      stopFetching();
      await uploads.stop();
    },
  };
};
