/** Full-text search (FTS5): every word of a query, newest first. */
import type { SearchHit, SearchResult } from '../../../src-shared/model/history';
import type { Connection } from '../driver';
import type { SearchQuery } from '../store';
import { snippetOf } from '../text/snippet';
import { fullTextOf, termsOf, type Term } from '../text/terms';
import { idMask, marks, nickMark, peerMark, searchableText, secondOf, shownFile } from './search-index';

interface Row {
  readonly id: number;
  readonly peer: string;
  readonly direction: 'in' | 'out';
  readonly nick: string | null;
  readonly at: number;
  readonly subject: string | null;
  readonly body: string;
  readonly file: string | null;
  readonly spoiler: string | null;
}

/** So many UTF-16 units are read for marks, in all and of one message: long texts must not hold up what else there is to do. */
const mostRead = 60_000;
const mostOfOne = 20_000;

/**
 * One page of hits. The rows of `search` stand in the order of time (search-index.ts), so that only as many are read as are
 * shown, however many there are; filters are words that are looked up like those of the query.
 */
export function searchMessages(db: Connection, query: SearchQuery): SearchResult {
  const terms = termsOf(query.text);
  const match = matchOf(query, terms);
  if (match === null) return { hits: [], more: false };
  const { from, to, peer, nick, after, limit } = query;
  const rows = db.all<Row>(searchSql, match, after, to, from, peer, nick, limit + 1);
  let rest = mostRead;
  const hits = rows.slice(0, limit).map((row): SearchHit => {
    const { id, peer: chat, direction, nick: by, at, spoiler } = row;
    const text = searchableText({ ...row, body: spoiler ?? row.body });
    const look = Math.min(text.length, mostOfOne, rest);
    rest -= look;
    return {
      message: {
        ...{ id, peer: chat, direction, at },
        ...(by === null ? {} : { nick: by }),
        ...(spoiler === null ? {} : { spoiler }),
      },
      snippet: snippetOf(text, terms, look),
    };
  });
  return { hits, more: rows.length > limit };
}

/**
 * Match, last hit before, to, from, peer, nick, limit. Seconds are what rows are numbered by; the exact moment is looked at in the
 * message. Exported for the test that looks at its plan (R23).
 */
export const searchSql = `
  SELECT m.id, m.peer, m.direction, m.nick, m.at, m.subject, m.body, ${shownFile('m')} AS file, m.spoiler
  FROM search s CROSS JOIN messages m ON m.id = (s.rowid & ${idMask})
  WHERE s.search MATCH ?1
    AND s.rowid < iif(?2 IS NULL, 9223372036854775807, coalesce(
      (SELECT coalesce(search_key, ${secondOf('at')} | id) FROM messages WHERE id = ?2), 0))
    AND s.rowid <= iif(?3 IS NULL, 9223372036854775807, ${secondOf('?3')} | ${idMask})
    AND s.rowid >= iif(?4 IS NULL, 0, ${secondOf('?4')})
    AND (?3 IS NULL OR m.at <= ?3) AND (?4 IS NULL OR m.at >= ?4)
    AND (?5 IS NULL OR m.peer = ?5) AND (?6 IS NULL OR m.nick = ?6)
  ORDER BY s.rowid DESC LIMIT ?7`;

/** The query in the language of FTS5; null when nothing is asked for. */
function matchOf({ text, peer, nick, direction, has }: SearchQuery, terms: readonly Term[]): string | null {
  // Only punctuation was typed.
  if (terms.length === 0 && text.trim() !== '') return null;
  const wanted = [
    ...terms.map(fullTextOf),
    ...(peer === null ? [] : [`"${peerMark(peer)}"`]),
    ...(nick === null ? [] : [`"${nickMark(nick)}"`]),
    ...(has === null ? [] : [`"${marks[has]}"`]),
    ...(direction === 'out' ? [`"${marks.out}"`] : []),
  ];
  if (wanted.length === 0) return null;
  return `(${wanted.join(' AND ')})${direction === 'in' ? ` NOT "${marks.out}"` : ''}`;
}
