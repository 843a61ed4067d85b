import { withoutIsolates } from '../../../src-shared/i18n';
import { done, failed, ok, type ErrorCode, type Outcome } from '../../../src-shared/ipc/errors';
import type { FileFormat, HistoryWork } from '../../../src-shared/model/history';
import { PaperError, type ExportFile } from '../../ports';
import { StoreError } from '../../store/store';
import type { SessionContext } from '../context';
import { diskReason } from '../disk-error';
import { writeExport } from './export';
import { extensions, type ExportChat, type ExportHead } from './format';
import { hasWords, pageOf } from './on-paper';
import {
  eraseRest,
  indexRest,
  removable,
  removeHistory,
  removeMessages,
  type Removable,
  type RemoveParts,
} from './remove';
import { startWork, type Work } from './work';

/** The history of an account as a whole: exported, deleted. One such work at a time; it goes on in the background. */
export interface History {
  /** Asks where to, then writes; `started` is false when the user changed their mind. */
  exportTo(peer: string | null, format: FileFormat): Promise<Outcome<{ readonly started: boolean }>>;
  /** `printed` is false when the user changed their mind. */
  print(peer: string): Promise<Outcome<{ readonly printed: boolean }>>;
  remove(peer: string | null, before: number | null): Promise<Outcome<null>>;
  /** Deletes single messages here; answers how many are gone. Those that wait to be sent stay. */
  removeMessages(peer: string, ids: readonly number[]): Promise<Outcome<{ readonly deleted: number }>>;
  cancel(): void;
  /** Goes on with what a deletion left undone when the app ended, and with what an update left to do. */
  load(): void;
  /** Stops what is under way and waits for its end. */
  close(): Promise<void>;
}

export interface HistoryParts extends RemoveParts {
  /** As the contact list has it; null where it has none. */
  nameOf(peer: string): string | null;
  /** All that was fetched for messages. */
  forgetAll(): Promise<void>;
}

export const createHistory = (context: SessionContext, parts: HistoryParts): History => {
  const { nameOf } = parts;
  const { account, hub, ports, store } = context;
  let taken = false;
  let work: Work | null = null;
  let running: Promise<void> = Promise.resolve();
  let erasing: Promise<void> = Promise.resolve();
  let closing = false;

  const begin = (kind: HistoryWork['kind'], total: number): Work => {
    work = startWork(kind, total, ports.clock, (state) => {
      hub.emit({ topic: 'account', type: 'history', account, work: state });
    });
    return work;
  };
  /** Runs one work at a time; `start` answers the caller, what it returns as `rest` goes on after that. */
  const alone = async <T>(
    start: () => Promise<{ readonly answer: Outcome<T>; readonly rest?: () => Promise<void> }>,
  ): Promise<Outcome<T>> => {
    if (taken) return failed('busy');
    taken = true;
    const free = (): void => {
      taken = false;
      work = null;
    };
    try {
      const { answer, rest } = await start();
      if (rest) running = rest().finally(free);
      else free();
      return answer;
    } catch (error) {
      free();
      throw error;
    }
  };

  const chatsOf = async (peer: string | null): Promise<readonly ExportChat[]> => {
    const peers = peer === null ? (await store.chats()).map((chat) => chat.peer) : [peer];
    return peers.map((one) => ({ peer: one, name: nameOf(one) ?? one }));
  };

  const exportRows = async (
    file: ExportFile,
    format: FileFormat,
    head: ExportHead,
    now: Work,
  ): Promise<void> => {
    const options = { t: context.translate() };
    try {
      if (format === 'pdf') {
        const page = await pageOf(store, head, options, now);
        if (!now.stopped) await file.write(await ports.paper.pdf(page));
      } else await writeExport(store, file, format, head, options, now);
      if (!now.stopped) {
        await file.finish();
        now.end('done', { file: file.name });
        return;
      }
    } catch (error) {
      ports.log.error('export-failed', { reason: reasonOf(error) });
      await discard(file);
      now.end('failed', { reason: codeOf(error) });
      return;
    }
    await discard(file);
    now.end('cancelled');
  };
  const discard = (file: ExportFile): Promise<void> =>
    file.discard().catch((error: unknown) => {
      ports.log.error('export-not-discarded', { reason: reasonOf(error) });
    });

  /** Overwrites what deletions left behind, one turn after the other. */
  const eraseSoon = (): void => {
    erasing = erasing
      .then(() => eraseRest(context, null, () => closing))
      .catch((error: unknown) => {
        ports.log.error('erase-failed', { reason: reasonOf(error) });
      });
  };

  /** Nobody waits for it: what is newest can be found first. */
  const indexSoon = (): void => {
    erasing = erasing
      .then(() => indexRest(context, () => closing))
      .catch((error: unknown) => {
        ports.log.error('reindex-failed', { reason: reasonOf(error) });
      });
  };

  return {
    exportTo: (peer, format) =>
      alone<{ readonly started: boolean }>(async () => {
        if (format === 'pdf' && !(await hasWords(store, peer))) return { answer: failed('nothing-to-print') };
        const at = ports.clock.now();
        const t = context.translate();
        const date = new Date(at).toISOString().slice(0, 10);
        const suggested =
          peer === null
            ? t('export.file-all', { date })
            : t('export.file-one', { date, name: nameOf(peer) ?? peer });
        const file = await ports.exports
          .choose(fileName(withoutIsolates(suggested)), extensions[format])
          .catch((error: unknown) => error as Error);
        if (file instanceof Error) return { answer: failed('file', { reason: reasonOf(file) }) };
        if (file === null) return { answer: ok({ started: false }) };
        try {
          const total = await store.exportCount(peer);
          const head: ExportHead = { account: context.bare, at, chats: await chatsOf(peer) };
          const now = begin('export', total);
          return { answer: ok({ started: true }), rest: () => exportRows(file, format, head, now) };
        } catch (error) {
          await discard(file);
          throw error;
        }
      }),

    print: async (peer) => {
      const page = await alone<string>(async () => {
        if (!(await hasWords(store, peer))) return { answer: failed('nothing-to-print') };
        // Read as an export is, but a page for the system's dialog is nothing to tell of.
        const now = (work = startWork('export', null, ports.clock, () => undefined));
        const head: ExportHead = {
          account: context.bare,
          at: ports.clock.now(),
          chats: await chatsOf(peer),
        };
        return { answer: ok(await pageOf(store, head, { t: context.translate() }, now)) };
      });
      if (!page.ok) return page;
      try {
        return ok({ printed: await ports.paper.print(page.value) });
      } catch (error) {
        ports.log.error('print-failed', { reason: reasonOf(error) });
        return failed('print', { reason: error instanceof Error ? error.message : '' });
      }
    },

    remove: (peer, before) =>
      alone(async () => {
        const chats: Removable[] = [];
        for (const one of await chatsOf(peer)) chats.push(await removable(context, one.peer, before));
        const now = begin(
          'delete',
          chats.reduce((sum, { rows }) => sum + rows, 0),
        );
        const rest = async (): Promise<void> => {
          try {
            await removeHistory(context, { chats }, now, parts);
            if (peer === null && before === null && !now.stopped) await parts.forgetAll();
            await eraseRest(context, now, () => closing);
            now.end(now.stopped ? 'cancelled' : 'done');
          } catch (error) {
            ports.log.error('deletion-failed', { reason: reasonOf(error) });
            now.end('failed', { reason: 'store-unavailable' });
          }
        };
        return { answer: done, rest };
      }),

    removeMessages: async (peer, ids) => {
      const deleted = await removeMessages(context, peer, ids, parts);
      if (deleted > 0) eraseSoon();
      return ok({ deleted });
    },

    cancel: () => work?.stop(),
    load: () => {
      eraseSoon();
      indexSoon();
    },
    close: async () => {
      closing = true;
      work?.stop();
      await Promise.all([running, erasing]);
    },
  };
};

const reasonOf = (error: unknown): string =>
  error instanceof StoreError ? error.reason : (diskReason(error) ?? 'io');

const codeOf = (error: unknown): ErrorCode => {
  if (error instanceof StoreError) return 'store-unavailable';
  return error instanceof PaperError ? 'print' : 'file';
};

/** A suggestion that every system can write down: without separators, controls and marks that turn the text round. */
const fileName = (text: string): string =>
  text
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .slice(0, 100);
