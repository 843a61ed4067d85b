import { describe, expect, it } from 'vitest';
import { openConnection, type Connection } from '../../../src-main/store/driver';
import { migrate, migrations } from '../../../src-main/store/migrations';
import { createOperations } from '../../../src-main/store/operations';

const peer = 'romeo@example.org';

/** A database of the first version, with something in every table. */
function filled(): Connection {
  const db = openConnection(':memory:', null);
  migrate(db, migrations.slice(0, 1));
  db.exec(`
    INSERT INTO messages (id, peer, direction, body, at, sort, stanza_id, origin_id, message_id, delivery) VALUES
      (1, '${peer}', 'in', 'a', 1000, 1000, 's1', NULL, 'm1', NULL),
      (2, '${peer}', 'in', 'b', 2000, 2000, NULL, NULL, NULL, NULL),
      (3, '${peer}', 'in', 'c', 2000, 2000, NULL, NULL, NULL, NULL),
      (4, '${peer}', 'out', 'd', 3000, 3000, NULL, 'o4', 'o4', 'received'),
      (5, '${peer}', 'out', 'e', 3001, 3001, NULL, 'o5', 'o5', 'waiting'),
      (6, 'nurse@example.org', 'in', 'f', 500, 500, NULL, NULL, NULL, NULL);
    INSERT INTO conversations (peer, unread, last_id, last_sort) VALUES
      ('${peer}', 2, 5, 3001), ('nurse@example.org', 0, 6, 500);
    INSERT INTO drafts VALUES ('${peer}', 'O Romeo');
    INSERT INTO outbox (message, written) VALUES (5, 1);
    INSERT INTO roster VALUES ('${peer}', 'Romeo', 'both', 0, 0);
    INSERT INTO contact_groups VALUES ('${peer}', 0, 'Montague');
    INSERT INTO requests VALUES ('paris@example.org', NULL, NULL, 1);
    INSERT INTO meta VALUES ('roster-version', 'v1');
  `);
  return db;
}

describe('migration 0002', () => {
  it('keeps all that version 1 had, in its order and as it was read', () => {
    const db = filled();
    migrate(db);
    const store = createOperations({ reader: db, writer: db }, () => ({ again: false, untold: () => false }));
    expect(store.page(peer, null, 10).messages.map(({ body, kind, edited }) => [body, kind, edited])).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((body) => [body, 'chat', false]),
    );
    expect(store.chats()).toMatchObject([
      { peer, standing: 'open', unread: 2, draft: 'O Romeo', last: { text: 'e', delivery: 'waiting' } },
      { peer: 'nurse@example.org', unread: 0 },
    ]);
    expect(store.outbox()).toMatchObject([{ originId: 'o5', written: true }]);
    expect(store.roster()).toMatchObject({ version: 'v1', rows: [{ jid: peer, groups: ['Montague'] }] });
    expect(store.requests()).toHaveLength(1);
    // Microseconds, and a place of its own for each.
    const sorts = db.all<{ sort: number }>('SELECT sort FROM messages WHERE peer = ? ORDER BY id', peer);
    expect(sorts.map(({ sort }) => sort)).toEqual([1_000_000, 2_000_000, 2_000_001, 3_000_000, 3_001_000]);
  });

  it('goes on counting from what was read', () => {
    const db = filled();
    migrate(db);
    const store = createOperations({ reader: db, writer: db }, () => ({ again: false, untold: () => false }));
    expect(store.markRead(peer, { by: 'stanza-id', id: 's1' })).toBeNull();
    expect(store.markRead(peer, null)).toMatchObject({ unread: 0 });
  });

  it('takes own messages of other devices whose ids are not unique', () => {
    const db = filled();
    migrate(db);
    const own = `INSERT INTO messages (peer, direction, body, at, sort, origin_id) VALUES ('x', 'out', '', 1, 1, 'o4')`;
    expect(db.run(own)).toBe(1);
  });

  it('finds its way by an index wherever a history is long', () => {
    const db = filled();
    migrate(db);
    const plan = (sql: string) =>
      db
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .map(({ detail }) => detail)
        .join('; ');
    const queries: readonly [sql: string, index: string][] = [
      [
        `SELECT id FROM messages WHERE (message_id = 'x' OR origin_id = 'x') AND +peer = 'p'`,
        'MULTI-INDEX OR',
      ],
      [
        `SELECT count(*) FROM messages INDEXED BY messages_incoming WHERE peer = 'p' AND direction = 'in' AND sort > 1`,
        'COVERING INDEX messages_incoming',
      ],
      [`SELECT 1 FROM amendments WHERE peer = 'p' AND message IS NULL LIMIT 1`, 'amendments_waiting'],
      [`SELECT * FROM amendments WHERE message = 1`, 'amendments_message'],
      [`SELECT * FROM archive_ranges WHERE with_jid = '' AND last_id = 'x'`, 'archive_ranges_'],
      [`SELECT min(turn), max(turn) FROM archive_pages WHERE range = 1`, 'archive_pages_range'],
      [`SELECT * FROM range_edges WHERE peer = 'p' AND range = 1`, 'PRIMARY KEY'],
    ];
    for (const [sql, index] of queries) {
      expect(plan(sql)).toContain(index);
      expect(plan(sql)).not.toMatch(/SCAN|TEMP B-TREE/);
    }
  });
});
