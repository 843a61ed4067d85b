import { expect, it } from 'vitest';
import { openConnection } from '../../../src-main/store/driver';
import { migrate, migrations } from '../../../src-main/store/migrations';
import { createOperations } from '../../../src-main/store/operations';

const peer = 'romeo@example.org';

it('migration 0008 keeps what waits in its order, and what was said of messages', () => {
  const db = openConnection(':memory:', null);
  // As the engine does: a table that goes must not take the rows with it that point into it.
  db.exec('PRAGMA foreign_keys = ON');
  migrate(db, migrations.slice(0, 7));
  db.exec(`
    INSERT INTO messages (id, peer, direction, body, at, sort, origin_id, message_id, delivery, edited) VALUES
      (1, '${peer}', 'in', 'better', 1000, 1000000, NULL, 'm1', NULL, 1),
      (2, '${peer}', 'out', 'b', 2000, 2000000, 'o2', 'o2', 'waiting', 0),
      (3, '${peer}', 'out', 'c', 3000, 3000000, 'o3', 'o3', 'waiting', 0);
    INSERT INTO conversations (peer, last_id, last_sort) VALUES ('${peer}', 3, 3000000);
    INSERT INTO versions VALUES (1, 'a');
    INSERT INTO amendments (peer, direction, kind, target, message, body, at, message_id) VALUES
      ('${peer}', 'in', 'correct', 'm1', 1, 'better', 1500, 'c1'),
      ('${peer}', 'in', 'retract', 'not-here-yet', NULL, NULL, 1600, 'r1');
    INSERT INTO outbox (position, message, written, session, number, again) VALUES
      (7, 3, 0, NULL, NULL, 1), (5, 2, 1, 's', 9, 0);
  `);
  migrate(db);
  const store = createOperations({ reader: db, writer: db }, () => ({ again: false, untold: () => false }));
  expect(store.outbox()).toEqual([
    { id: 2, peer, body: 'b', originId: 'o2', at: 2000, written: true },
    { id: 3, peer, body: 'c', originId: 'o3', at: 3000, written: false },
  ]);
  expect(store.versions(1).map(({ body }) => body)).toEqual(['a']);
  expect(store.message(1)).toMatchObject({ body: 'better', edited: true, editedAt: 1500 });
  expect(store.confirmUpTo({ session: 's', number: 9 })).toMatchObject([{ message: { id: 2 } }]);
  // A place in the queue is never given twice.
  store.addOutgoing({ peer, body: 'd', originId: 'o4', at: 4000 });
  expect(db.all('SELECT position FROM outbox ORDER BY position')).toEqual([{ position: 7 }, { position: 8 }]);
  const late = { peer, direction: 'in', kind: 'chat', subject: null, body: 'x', at: 1700 } as const;
  const ids = { messageId: 'not-here-yet', originId: null, stanzaId: null, markable: false } as const;
  const added = store.addMessage({ ...late, ...ids, source: 'live', seen: true, standing: 'open' });
  expect(added?.message).toMatchObject({ retracted: true });
});
