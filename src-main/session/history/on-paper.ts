import type { Store } from '../../store/store';
import { writeExport } from './export';
import type { ExportHead, WriterOptions } from './format';
import type { Work } from './work';

/** Whether a conversation (null: any) has something to read. */
export const hasWords = async (store: Pick<Store, 'exportPage'>, peer: string | null): Promise<boolean> =>
  (await store.exportPage(peer, null, 1)).length > 0;

/** The web page of an export as one text: for paper, which has no pieces. */
export async function pageOf(
  store: Store,
  head: ExportHead,
  options: WriterOptions,
  work: Work,
): Promise<string> {
  const parts: string[] = [];
  const write = (text: string): Promise<void> => {
    parts.push(text);
    return Promise.resolve();
  };
  await writeExport(store, { write }, 'html', head, options, work);
  return parts.join('');
}
