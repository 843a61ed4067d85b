/** Search, and the history as a whole. */
import type { Connections, Operations } from './operations';
import {
  countExport,
  countHistory,
  countMessages,
  newestAt,
  deleteMessages,
  deleteRows,
  readExportPage,
} from './tables/history';
import { searchMessages } from './tables/search';
import { erase } from './erase';
import { reindex } from './reindex';
import { sizeOnDisk } from './files';

type Name =
  | 'search'
  | 'size'
  | 'count'
  | 'newestAt'
  | 'exportCount'
  | 'exportPage'
  | 'deleteHistory'
  | 'deleteRows'
  | 'erase'
  | 'reindex';

export function historyOperations({ reader, writer }: Connections): Pick<Operations, Name> {
  return {
    search: (query) => searchMessages(reader, query),
    size: (before) => ({ ...countHistory(reader, before ?? null), bytes: sizeOnDisk(fileOf(reader)) }),
    count: (peer, before) => countMessages(reader, peer, before),
    newestAt: (peer) => newestAt(reader, peer),
    exportCount: (peer) => countExport(reader, peer),
    exportPage: (peer, after, limit) => readExportPage(reader, peer, after, limit),
    deleteHistory: (peer, before, limit) => deleteMessages(writer, peer, before, limit),
    deleteRows: (peer, ids) => deleteRows(writer, peer, ids),
    erase: () => erase(writer),
    reindex: () => reindex(writer),
  };
}

/** Empty in memory. */
const fileOf = (db: Connections['reader']): string =>
  db.one<{ file: string }>(`SELECT file FROM pragma_database_list WHERE name = 'main'`)?.file ?? '';
