/** Pages of a conversation, from a place in either direction. */
import type { Message } from '../../../src-shared/model/conversation';
import type { Connection } from '../driver';
import type { Anchor, StoredPage } from '../store';
import { readGaps } from './gaps';
import { messageColumns, toMessage, type MessageRow } from './message-columns';

interface Place {
  readonly sort: number;
  readonly id: number;
}
interface Part {
  readonly rows: readonly Message[];
  readonly more: boolean;
}

/** At most `limit` messages before, after or around a row (null: the newest), oldest first. */
export function readPage(db: Connection, peer: string, anchor: Anchor, limit: number): StoredPage {
  const part = anchor === null ? newest(db, peer, limit) : fromAnchor(db, peer, anchor, limit);
  return { ...part, ...readGaps(db, peer, part.messages, part.older) };
}

type Rows = Pick<StoredPage, 'messages' | 'older' | 'newer'>;

function newest(db: Connection, peer: string, limit: number): Rows {
  const { rows, more } = toward(db, peer, null, 'older', limit);
  return { messages: rows, older: more, newer: false };
}

function fromAnchor(db: Connection, peer: string, anchor: NonNullable<Anchor>, limit: number): Rows {
  const place = placeOf(db, peer, anchor.id);
  if (place === null) return { messages: [], older: false, newer: false };
  switch (anchor.side) {
    case 'before': {
      const { rows, more } = toward(db, peer, place, 'older', limit);
      return { messages: rows, older: more, newer: true };
    }
    case 'after': {
      const { rows, more } = toward(db, peer, place, 'newer', limit);
      return { messages: rows, older: true, newer: more };
    }
    case 'around': {
      const half = Math.max(1, Math.floor(limit / 2));
      // The row itself belongs to the newer half.
      const before = toward(db, peer, place, 'older', half);
      const after = toward(db, peer, { sort: place.sort, id: place.id - 1 }, 'newer', limit - half);
      return { messages: [...before.rows, ...after.rows], older: before.more, newer: after.more };
    }
  }
}

function toward(
  db: Connection,
  peer: string,
  from: Place | null,
  side: 'older' | 'newer',
  limit: number,
): Part {
  const order = side === 'older' ? 'DESC' : 'ASC';
  const where = from === null ? '' : `AND (m.sort, m.id) ${side === 'older' ? '<' : '>'} (?, ?)`;
  const found = db.all<MessageRow>(
    `SELECT ${messageColumns} FROM messages m WHERE m.peer = ? ${where}
     ORDER BY m.sort ${order}, m.id ${order} LIMIT ?`,
    peer,
    ...(from === null ? [] : [from.sort, from.id]),
    limit + 1,
  );
  const rows = found.slice(0, limit).map(toMessage);
  return { rows: side === 'older' ? rows.reverse() : rows, more: found.length > limit };
}

/** A row deleted meanwhile is stood in for by the one stored before it. */
function placeOf(db: Connection, peer: string, id: number): Place | null {
  const row =
    db.one<Place>('SELECT sort, id FROM messages WHERE id = ? AND +peer = ?', id, peer) ??
    // By number: with an index on the peer all of a long conversation would be sorted.
    db.one<Place>(
      'SELECT sort, id FROM messages WHERE id < ? AND +peer = ? ORDER BY id DESC LIMIT 1',
      id,
      peer,
    );
  return row && { sort: row.sort, id };
}
