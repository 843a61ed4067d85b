import { isBug, type Connection } from './driver';
import { placesOf } from './places-of';
import type { AddedPage, ArchivePage } from './store';

/**
 * An entry that a fault of our own keeps out is left out, or its page, and with it the whole archive, would never be read. The
 * disk's faults are for whoever asked (R12).
 */
export function withoutFaulty(
  db: Connection,
  page: ArchivePage,
  add: (page: ArchivePage) => AddedPage,
): AddedPage {
  try {
    return db.transaction(() => add(page));
  } catch (error) {
    if (!isBug(error)) throw error;
  }
  const bugs: string[] = [];
  const isFine = (part: Pick<ArchivePage, 'messages' | 'amendments'>): boolean => {
    const tried = new Error('tried');
    try {
      return db.transaction(() => {
        add({ ...page, ...part });
        throw tried;
      });
    } catch (error) {
      if (error === tried) return true;
      if (!isBug(error)) throw error;
      bugs.push(placesOf(error));
      return false;
    }
  };
  const messages = page.messages.filter((message) => isFine({ messages: [message], amendments: [] }));
  const amendments = page.amendments.filter((amendment) => isFine({ messages: [], amendments: [amendment] }));
  return { ...add({ ...page, messages, amendments }), bugs };
}
