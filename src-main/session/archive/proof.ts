import { bareJid } from '../../../src-shared/model/jid';
import type { ArchivePlace, ArchiveRange } from '../../store/store';
import { attr } from '../../xmpp/element';
import type { ArchiveQuery } from '../../xmpp/xep/0313-archive';
import { nothingProven } from './catch-up';
import type { Answer } from './collector';
import type { Reader } from './fill-hole';
import { PAGE } from './read-forward';

/** An entry may be numbered and not stored yet while a page is read that goes past it. */
const MOMENTS_MS = 10_000;

/**
 * From when on something may be in the archive that was never read here (the server's time, epoch milliseconds): the oldest hole
 * that can be closed. Null where nothing is known.
 */
export const uncertainSince = (ranges: readonly ArchiveRange[]): number | null => {
  const reachable = ranges.slice(
    Math.max(
      0,
      ranges.findLastIndex(({ lost }) => lost),
    ),
  );
  return reachable[0] ? reachable[0].last.at - MOMENTS_MS : null;
};

/**
 * Which messages of ours to one contact are in the archive (R3). A question of its own: all that was missed may take long to read,
 * and what waits here is not to wait for that, nor to go a second time because of it. As long as pages come it goes on; a page
 * that takes too long is asked for once more.
 *
 * @param own the own bare JID
 * @returns null, or the condition of the refusal
 */
export const readOwn = async (
  reader: Pick<Reader, 'ask' | 'add'>,
  own: string,
  peer: string,
  since: number,
): Promise<string | null> => {
  for (let after: ArchivePlace | null = null; ;) {
    const page = await askTwice(reader, {
      with: peer,
      // Prosody looks for an id among what the form lets through.
      start: since,
      end: null,
      max: PAGE,
      page: after ? { side: 'after', id: after.id } : { side: 'first' },
    });
    if (!page.ok) return page.condition;
    const ours = page.entries.filter(
      ({ message }) => message && bareJid(attr(message, 'from') ?? '') === own,
    );
    // The rest comes with what was missed, and is news then.
    if (ours.length > 0) await reader.add(ours, { ...nothingProven, late: true });
    after = page.entries.at(-1)?.place ?? null;
    if (page.complete || !after) return null;
  }
};

const askTwice = async (reader: Pick<Reader, 'ask'>, query: ArchiveQuery): Promise<Answer> => {
  const answer = await reader.ask(query);
  return answer.ok || answer.condition !== 'timeout' ? answer : reader.ask(query);
};
