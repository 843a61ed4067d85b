import { defineStore } from 'pinia';
import { computed, shallowReactive, shallowRef, type Ref } from 'vue';
import { addFiles, call } from '../bridge/bridge';
import type { AppEvent } from '../../src-shared/ipc/events';
import type { CallError, Outcome } from '../../src-shared/ipc/errors';
import type { Message } from '../../src-shared/model/conversation';
import type { Quoted } from '../../src-shared/model/quoted';
import type { Download, FileView, Upload, UploadOffer } from '../../src-shared/model/file';
import { thumbnailOf, type SmallPicture } from '../features/files/small-picture';
import { useApp } from './app';
import { openFeed, type Feed } from './stream';

/** So many pictures are known at once; what goes is asked for again when it is drawn. */
const MOST_VIEWS = 500;

/** What is shown of the file of a message. */
export type Shown =
  FileView | { readonly is: 'loading' } | { readonly is: 'failed'; readonly error: CallError };

/** Files that are given to a conversation, some of which are pictures that could be smaller. */
export interface Offered {
  readonly peer: string;
  readonly files: readonly File[];
  readonly small: ReadonlyMap<File, SmallPicture>;
  /** What the first of them is to answer. */
  readonly answering: Ref<Quoted | null>;
}

/** Files of the shown account: those on their way, pictures that are shown, and what is being saved. */
export const useFiles = defineStore('files', () => {
  const app = useApp();
  let account = '';
  let feed: Feed | null = null;
  const uploads = shallowRef(new Map<number, Upload>());
  const downloads = shallowReactive(new Map<number, Download>());
  const views = shallowReactive(new Map<number, Shown>());
  /** The picture that is looked at by itself. */
  const viewing = shallowRef<{ readonly peer: string; readonly id: number } | null>(null);
  /** Those that the user is asked about. */
  const offered = shallowRef<Offered | null>(null);
  /** The conversation into which the user has put files just now; a new object each time. */
  const given = shallowRef<{ readonly peer: string } | null>(null);
  /** What the server takes. */
  const offer = computed<UploadOffer>(() => app.accounts[0]?.upload ?? { is: 'unknown' });

  const apply = (events: readonly AppEvent[]): void => {
    const next = new Map(uploads.value);
    for (const event of events) {
      if (event.topic !== 'uploads' || event.account !== account) continue;
      if (event.type === 'upload') next.set(event.upload.id, event.upload);
      else if (event.type === 'upload-gone') next.delete(event.id);
      else if (event.download.state === 'running') downloads.set(event.download.id, event.download);
      else downloads.delete(event.download.id);
    }
    uploads.value = next;
  };
  /** Shows the files of another account; null shows none. */
  const open = async (id: string | null): Promise<void> => {
    feed?.close();
    feed = null;
    account = id ?? '';
    uploads.value = new Map();
    downloads.clear();
    views.clear();
    viewing.value = null;
    offered.value = null;
    if (!id) return;
    const opened = openFeed({
      topics: ['uploads'],
      load: () => call('file.uploads', { account }),
      put: (value: readonly Upload[]) => {
        uploads.value = new Map(value.map((one) => [one.id, one]));
      },
      apply,
      // Asked again by itself; until then there are none.
      fail: () => undefined,
    });
    feed = opened.feed;
    await opened.ready;
  };

  const uploadsOf = (peer: string): readonly Upload[] =>
    [...uploads.value.values()].filter((one) => one.peer === peer).sort((a, b) => a.id - b.id);

  /** Loads what a message shares, unless it is there; not `asked` for by the user, only where main may do so by itself. */
  const look = async ({ id }: Pick<Message, 'id'>, asked = false): Promise<void> => {
    const known = views.get(id);
    if (known && (known.is === 'picture' || known.is === 'media' || known.is === 'loading' || !asked)) return;
    const [oldest] = views.keys();
    if (views.size >= MOST_VIEWS && oldest !== undefined) views.delete(oldest);
    views.set(id, { is: 'loading' });
    const of = account;
    const answer = await call('file.load', { account, id, asked });
    if (of !== account) return;
    views.set(id, answer.ok ? answer.value : { is: 'failed', error: answer.error });
  };
  /** What was kept of it is gone: it is loaded again. */
  const forget = (id: number): void => {
    views.delete(id);
  };

  return {
    uploads,
    downloads,
    views,
    viewing,
    offered,
    given,
    offer,
    open,
    uploadsOf,
    look,
    forget,
    /** `answers`: the row that the first of them is an answer to. */
    add: async (
      peer: string,
      files: readonly File[],
      nameOf: (file: File) => string,
      answers: number | null,
    ): Promise<Outcome<unknown>> => {
      const answer = await addFiles(account, peer, files, nameOf, thumbnailOf, answers);
      if (answer.ok) given.value = { peer };
      return answer;
    },
    retry: (id: number): Promise<Outcome<null>> => call('file.retry', { account, id }),
    cancel: (id: number): Promise<Outcome<null>> => call('file.cancel', { account, id }),
    save: (id: number): Promise<Outcome<{ readonly started: boolean }>> => call('file.save', { account, id }),
    sound: (id: number): Promise<Outcome<Uint8Array | null>> => call('file.sound', { account, id }),
    decline: (id: number): Promise<Outcome<null>> => call('file.decline', { account, id }),
    stopSaving: (id: number): Promise<Outcome<null>> => call('file.stopSaving', { account, id }),
    list: async (peer: string, before: number | null): Promise<Outcome<readonly Message[]>> => {
      const answer = await call('file.list', { account, peer, before, limit: 20 });
      return answer.ok ? { ok: true, value: answer.value.value } : answer;
    },
  };
});
