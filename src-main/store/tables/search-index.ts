/**
 * The full-text table `search`: words only, no texts (contentless). Its rows stand in the order of time, which the ids of
 * messages do not (an archive is read backwards): the row's number is the second of the message, then its id. So the newest
 * hits come first without any sorting, a span of time is a span of numbers, and the id can be read from the number.
 */
import { fileNameOf, type SharedFile } from '../../../src-shared/model/file';
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
export const peerMark = (peer: string): string => pairOf(peer);
/** The same of a nick: who said it in a room. */
export const nickMark = (nick: string): string => `\ue003${pairOf(nick)}`;

function pairOf(text: string): string {
  // FNV-1a; the upper bits are mixed better than the lower ones.
  let hash = 0x811c9dc5;
  for (const unit of text) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  const units = [0xe100 + (hash >>> 21), 0xe900 + ((hash >>> 9) & 0xfff)];
  return String.fromCharCode(...units);
}

/**
 * Puts a message's words, as it is by now, in the place of what was indexed of it. Nothing happens where there is no such row,
 * where it was taken back, and of what happened in a room: nobody said that.
 */
export function indexMessage(db: Connection, id: number): void {
  const row = db.one<Indexed & { readonly indexed: number }>(
    `SELECT peer, direction, nick, subject, body, ${shownFile('messages')} AS file, search_key IS NOT NULL AS indexed
     FROM messages WHERE id = ? AND retracted = 0 AND kind <> 'event'`,
    id,
  );
  if (!row) return;
  if (row.indexed === 1) unindexMessage(db, id);
  putWords(db, id, row);
}

/** The words of a message of which the index has none. */
export function putWords(db: Connection, id: number, row: Indexed): void {
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

/** The file that a message shares, as JSON: a correction hides it. */
export const shownFile = (messages: string): string => `iif(${messages}.edited, NULL, ${messages}.file)`;

interface Shown {
  readonly subject: string | null;
  readonly body: string;
  /** JSON. */
  readonly file: string | null;
}
/** What is shown of a message, and so searched: the subject of a notice, a file's name in place of its address, and its text. */
export function searchableText({ subject, body, file }: Shown): string {
  const name = file === null ? '' : fileNameOf(JSON.parse(file) as SharedFile);
  const text = name !== '' && isOnlyFile(body.trim(), name) ? '' : body;
  return [subject ?? '', name, text].filter((part) => part !== '').join('\n');
}

export interface Indexed extends Shown {
  readonly peer: string;
  readonly direction: 'in' | 'out';
  /** Whoever said it in a room. */
  readonly nick: string | null;
}
function searchWords(row: Indexed): string {
  const text = tokenText(searchableText(row)).replace(/[\ue000-\uf8ff]/g, ' ');
  const said = [
    peerMark(row.peer),
    row.direction === 'out' ? marks.out : '',
    row.nick === null ? '' : nickMark(row.nick),
    hasLink(row.body) ? marks.link : '',
    row.file === null ? '' : marks.file,
  ];
  // Far from the words, so that no phrase reaches from one to the other.
  return `${text} ${said.join(' ')}`;
}

const hasLink = (body: string): boolean => /\bhttps?:\/\/[^\s/]/i.test(body);

/** A body that says no more than the file: its name, or the one address that is for clients which know no files. */
const isOnlyFile = (body: string, name: string): boolean =>
  body === name || /^(?:https?|aesgcm):\/\/\S+$/i.test(body);
