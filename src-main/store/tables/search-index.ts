/**
 * The full-text table `search`: words only, no texts (contentless). Its rows stand in the order of time, which the ids of
 * messages do not (an archive is read backwards): the row's number is the second of the message, then its id. So the newest
 * hits come first without any sorting, a span of time is a span of numbers, and the id can be read from the number.
 */
import type { Connection } from '../driver';
import { tokenText } from '../text/tokens';

/** The lower half of a row's number is the message's id; above it stand the seconds since 1990, up to 2058. */
export const idMask = 2 ** 32 - 1;
/** @param at SQL for epoch milliseconds */
export const secondOf = (at: string): string => `(max(0, min(${at} / 1000 - 631152000, 2147483647)) << 32)`;

/** A message says these as if they were words of it: a filter is one more word to be found. Private use: never in a text. */
export const marks = { out: '\ue000', link: '\ue001', file: '\ue002' } as const;

/**
 * Two characters of private use for a conversation. Two conversations may have the same ones: whoever finds by them
 * looks at the row too.
 */
export function peerMark(peer: string): string {
  // FNV-1a; the upper bits are mixed better than the lower ones.
  let hash = 0x811c9dc5;
  for (const unit of peer) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  const units = [0xe100 + (hash >>> 21), 0xe900 + ((hash >>> 9) & 0xfff)];
  return String.fromCharCode(...units);
}

/**
 * Puts a message's words, as it is by now, in the place of what was indexed of it. Nothing happens where there is no such row,
 * where it was taken back, and of what happened in a room: nobody said that.
 */
export function indexMessage(db: Connection, id: number): void {
  const row = db.one<Indexed>(
    `SELECT peer, direction, subject, body, search_key IS NOT NULL AS indexed
     FROM messages WHERE id = ? AND retracted = 0 AND kind <> 'event'`,
    id,
  );
  if (!row) return;
  if (row.indexed === 1) unindexMessage(db, id);
  db.run(`UPDATE messages SET search_key = ${secondOf('at')} | id WHERE id = ?`, id);
  db.run(
    'INSERT INTO search (rowid, words) SELECT search_key, ? FROM messages WHERE id = ?',
    searchWords(row),
    id,
  );
}

/** Takes a message out of the index: before its row is deleted, and when it is retracted. */
export function unindexMessage(db: Connection, id: number): void {
  const key = '(SELECT search_key FROM messages WHERE id = ?)';
  if (db.run(`DELETE FROM search WHERE rowid = ${key}`, id) === 0) return;
  db.run('UPDATE messages SET search_key = NULL WHERE id = ?', id);
}

/** What is shown of a message, and so searched: the subject of a notice, and its text. */
export const searchableText = (subject: string | null, body: string): string =>
  subject === null || subject === '' ? body : `${subject}\n${body}`;

interface Indexed {
  readonly peer: string;
  readonly direction: 'in' | 'out';
  readonly subject: string | null;
  readonly body: string;
  readonly indexed: number;
}
function searchWords({ peer, direction, subject, body }: Indexed): string {
  const text = tokenText(searchableText(subject, body)).replace(/[\ue000-\uf8ff]/g, ' ');
  const said = [
    peerMark(peer),
    direction === 'out' ? marks.out : '',
    hasLink(body) ? marks.link : '',
    isFile(body) ? marks.file : '',
  ];
  // Far from the words, so that no phrase reaches from one to the other.
  return `${text} ${said.join(' ')}`;
}

const hasLink = (body: string): boolean => /\bhttps?:\/\/[^\s/]/i.test(body);

/** A body that is one address with a file's name: what clients send after an upload (XEP-0363, XEP-0066 §2). */
function isFile(body: string): boolean {
  const text = body.trim();
  return /^(?:https|aesgcm):\/\/[^\s/?#]+\/[^\s?#]*[^\s/?#]\.[a-z0-9]{1,10}(?:[?#]\S*)?$/i.test(text);
}
