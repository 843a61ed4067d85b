import type { Store } from '../../../src-main/store/store';
import type { ArchivedMessage } from '../../support/scripted-archive';

export const romeo = 'romeo@example.org';
export const nurse = 'nurse@example.org';
export const began = Date.UTC(2026, 0, 1);

/** Messages with so many milliseconds between them. */
export const messages = (gaps: readonly number[], from = romeo, prefix = 'm'): ArchivedMessage[] => {
  let at = began;
  return gaps.map((gap, n) => {
    at += gap;
    return { id: `${prefix}${String(n)}`, at, from, body: `${prefix} ${String(n)}` };
  });
};
export const bodies = (list: readonly ArchivedMessage[]) => list.map(({ body }) => body);
export const inStore = async (store: Store, peer = romeo) =>
  (await store.page(peer, null, 10_000)).messages.map(({ body }) => body);
