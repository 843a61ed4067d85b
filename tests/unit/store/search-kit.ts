import type { SearchHit } from '../../../src-shared/model/history';
import { openConnection, type Connection } from '../../../src-main/store/driver';
import { migrate } from '../../../src-main/store/migrations';
import type { SearchQuery } from '../../../src-main/store/store';
import { insertMessage, type NewMessage } from '../../../src-main/store/tables/messages';
import { searchMessages } from '../../../src-main/store/tables/search';
import { someQuery } from '../../support/search-query';

/** An empty database of the newest schema. */
export function emptyDatabase(): Connection {
  const db = openConnection(':memory:', null);
  migrate(db);
  return db;
}

/** Adds a row by itself, as the store's operations do. */
export function addRow(db: Connection, message: Partial<NewMessage> = {}): number {
  const at = message.at ?? 1_700_000_000_000;
  return insertMessage(db, {
    peer: 'romeo@example.org',
    direction: 'in',
    kind: 'chat',
    subject: null,
    body: '',
    at,
    sort: at * 1000,
    stanzaId: null,
    originId: null,
    messageId: null,
    markable: false,
    delivery: null,
    ...message,
  });
}

export const find = (db: Connection, query: Partial<SearchQuery>) => searchMessages(db, someQuery(query));
/** Ids of what is found. */
export const idsOf = (db: Connection, query: Partial<SearchQuery>): readonly number[] =>
  find(db, query).hits.map(({ message }) => message.id);

/** A snippet with its marks in brackets. */
export const marked = ({ snippet }: SearchHit): string =>
  [...snippet.marks]
    .reverse()
    .reduce(
      (text, [start, end]) => `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`,
      snippet.text,
    );
