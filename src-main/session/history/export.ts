import type { ExportFormat } from '../../../src-shared/model/history';
import type { ExportFile } from '../../ports';
import type { Store } from '../../store/store';
import { createWriter, type ExportHead, type WriterOptions } from './format';
import type { Work } from './work';

/** Rows that are read, written and forgotten at once: as many as the app can wait for. */
const pageRows = 500;

/** Writes the conversations of `head` to a file, page by page. Ends early, without a tail, when the work is stopped. */
export async function writeExport(
  store: Store,
  file: Pick<ExportFile, 'write'>,
  format: ExportFormat,
  head: ExportHead,
  options: WriterOptions,
  work: Work,
): Promise<void> {
  const writer = createWriter(format, options);
  await file.write(writer.head(head));
  for (const chat of head.chats) {
    await file.write(writer.chat(chat));
    for (let after: number | null = null; ;) {
      if (work.stopped) return;
      const rows = await store.exportPage(chat.peer, after, pageRows);
      if (rows.length > 0) await file.write(writer.rows(rows));
      work.advance(rows.length);
      if (rows.length < pageRows) break;
      after = rows.at(-1)?.id ?? null;
    }
  }
  await file.write(writer.tail());
}
