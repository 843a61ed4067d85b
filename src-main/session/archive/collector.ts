import type { ArchivePlace } from '../../store/store';
import type { Element } from '../../xmpp/element';
import { isExpectedResult } from '../../xmpp/guards/archive-result';
import type { Link } from '../../xmpp/link';
import { archiveQuery, parseFin, parseResult, type ArchiveQuery } from '../../xmpp/xep/0313-archive';
import type { SessionContext } from '../context';

/** One entry of an archive; `message` is null when there is none in it. */
export interface Entry {
  readonly place: ArchivePlace;
  readonly message: Element | null;
}
export type Answer =
  | { readonly ok: true; readonly entries: readonly Entry[]; readonly complete: boolean }
  | { readonly ok: false; readonly condition: string };

/** Queries of archives that are under way, and what they have found so far. */
export interface Collector {
  /** Takes an entry at once, since the query's answer follows on its heels. False: the stanza is none. */
  take(stanza: Element): boolean;
  /** Asks for one page of the own archive, or of a room's. Never rejects. */
  ask(link: Link, query: ArchiveQuery, room?: string): Promise<Answer>;
}

/** A page takes its time on a server that reads a large archive. */
const TIMEOUT_MS = 30_000;

export const createCollector = (context: Pick<SessionContext, 'bare' | 'ports'>): Collector => {
  const { clock, random, log } = context.ports;
  const open = new Map<
    string,
    { readonly archive: string; readonly entries: Entry[]; readonly max: number }
  >();

  return {
    take(stanza) {
      const result = parseResult(stanza);
      if (!result) return false;
      const { queryId, id, forwarded } = result;
      if (!isExpectedResult(stanza, queryId, { bare: context.bare, open })) {
        log.warn('archive-result-refused');
        return true;
      }
      const query = open.get(queryId);
      // More than was asked for is nothing that anybody waits for.
      if (!query || id === null || query.entries.length >= query.max) return true;
      const at = forwarded?.delay?.at ?? clock.now();
      query.entries.push({ place: { id, at }, message: forwarded?.message ?? null });
      return true;
    },

    async ask(link, query, room) {
      const queryId = random.id();
      const found: Entry[] = [];
      open.set(queryId, { archive: room ?? context.bare, entries: found, max: query.max });
      const answer = await link.iq('set', archiveQuery(queryId, query), {
        ...(room === undefined ? {} : { to: room }),
        timeoutMs: TIMEOUT_MS,
      });
      open.delete(queryId);
      if (!answer.ok) return { ok: false, condition: answer.error.condition };
      const fin = parseFin(answer.iq);
      // A page with a hole in it proves nothing.
      const whole = fin && (fin.last === null || found.at(-1)?.place.id === fin.last);
      if (!whole) return { ok: false, condition: 'undefined-condition' };
      return { ok: true, entries: found, complete: fin.complete };
    },
  };
};
