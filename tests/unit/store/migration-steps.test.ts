import { describe, expect, it } from 'vitest';
import { openConnection } from '../../../src-main/store/driver';
import { migrate, migrations } from '../../../src-main/store/migrations';

interface Step {
  readonly version: number;
  readonly says: string;
  /** Rows written by the version before. */
  readonly before: string;
  /** What they say after it. */
  readonly after: string;
  readonly rows: readonly object[];
}

const message = `INSERT INTO messages (id, peer, direction, body, at, sort) VALUES (1, 'romeo', 'in', 'But soft', 1, 1000);`;
const correction = `INSERT INTO amendments (id, peer, direction, kind, target, message, body, at)
  VALUES (1, 'romeo', 'in', 'correct', 'm1', NULL, 'But soft!', 2);`;
const upload = `INSERT INTO uploads (peer, path, copied, name, size, origin_id, at) VALUES ('romeo', '/a.png', 0, 'a.png', 9, 'o1', 1);`;
const draft = `INSERT INTO drafts (peer, text) VALUES ('romeo', 'O Romeo');`;
const [said, typed] = [{ body: 'But soft' }, { text: 'O Romeo' }];

const steps: readonly Step[] = [
  {
    ...{ version: 4, says: 'what was said is drawn with its styling', before: message + correction },
    after: 'SELECT m.body, m.unstyled AS message, a.unstyled AS correction FROM messages m, amendments a',
    rows: [{ ...said, message: 0, correction: 0 }],
  },
  {
    ...{ version: 5, says: 'nobody has a picture yet', before: message },
    after: 'SELECT body, (SELECT count(*) FROM avatars, pictures) AS pictures FROM messages',
    rows: [{ ...said, pictures: 0 }],
  },
  {
    ...{ version: 7, says: 'nothing was deleted', before: message },
    after: 'SELECT body, (SELECT count(*) FROM deleted) AS deleted FROM messages',
    rows: [{ ...said, deleted: 0 }],
  },
  {
    ...{ version: 10, says: 'what is said of a message has no author but its side', before: correction },
    after: 'SELECT body, direction, nick, occupant_id FROM amendments',
    rows: [{ body: 'But soft!', direction: 'in', nick: null, occupant_id: null }],
  },
  {
    ...{ version: 11, says: 'no message shares a file, and none is on its way', before: message },
    after: 'SELECT body, file, (SELECT count(*) FROM uploads) AS uploads FROM messages',
    rows: [{ ...said, file: null, uploads: 0 }],
  },
  {
    ...{ version: 12, says: 'no invitation waits', before: message },
    after: 'SELECT body, (SELECT count(*) FROM invitations) AS invitations FROM messages',
    rows: [{ ...said, invitations: 0 }],
  },
  {
    ...{ version: 13, says: 'neither message nor draft answers anything', before: message + draft },
    after: 'SELECT m.body, m.reply_id, m.reply_to, m.reply_words, d.text, d.reply FROM messages m, drafts d',
    rows: [{ ...said, reply_id: null, reply_to: null, reply_words: null, ...typed, reply: null }],
  },
  {
    ...{ version: 14, says: 'no message is covered', before: message },
    after: 'SELECT body, spoiler FROM messages',
    rows: [{ ...said, spoiler: null }],
  },
  {
    ...{ version: 15, says: 'no message is kept at hand', before: message },
    after: 'SELECT body, pinned_at FROM messages',
    rows: [{ ...said, pinned_at: null }],
  },
  {
    ...{ version: 16, says: 'no moderator gave a reason', before: correction },
    after: 'SELECT body, reason FROM amendments',
    rows: [{ body: 'But soft!', reason: null }],
  },
  {
    ...{ version: 18, says: 'nobody is known by more than their nick', before: message + correction },
    after: 'SELECT m.body, m.author, a.author AS corrected FROM messages m, amendments a',
    rows: [{ ...said, author: null, corrected: null }],
  },
  {
    ...{ version: 19, says: 'a file on its way has no small picture', before: upload },
    after: 'SELECT name, thumbnail FROM uploads',
    rows: [{ name: 'a.png', thumbnail: null }],
  },
  {
    version: 20,
    says: 'nobody was approved before they asked',
    before: `INSERT INTO roster (jid, name, subscription, asked, shared) VALUES ('romeo', 'Romeo', 'both', 0, 0);`,
    after: 'SELECT name, approved FROM roster',
    rows: [{ name: 'Romeo', approved: 0 }],
  },
  {
    ...{ version: 21, says: 'what is being written is to be seen', before: draft },
    after: 'SELECT text, spoiler FROM drafts',
    rows: [{ ...typed, spoiler: null }],
  },
  {
    ...{ version: 22, says: 'a file on its way answers nothing', before: upload },
    after: 'SELECT name, answers FROM uploads',
    rows: [{ name: 'a.png', answers: null }],
  },
  {
    ...{ version: 24, says: 'no correction names us', before: correction },
    after: 'SELECT body, mention FROM amendments',
    rows: [{ body: 'But soft!', mention: 0 }],
  },
  {
    ...{ version: 27, says: 'nobody is known to have read anything in a room', before: message },
    after: 'SELECT body, (SELECT count(*) FROM room_readers) AS readers FROM messages',
    rows: [{ ...said, readers: 0 }],
  },
  {
    ...{ version: 28, says: 'whoever began with a notice was not let in by it' },
    before: `INSERT INTO messages (id, peer, direction, kind, body, at, sort) VALUES
        (1, 'mallory', 'in', 'normal', 'Buy', 1, 1000), (2, 'mallory', 'in', 'chat', 'Buy now', 2, 2000),
        (3, 'romeo', 'in', 'chat', 'But soft', 1, 1000), (4, 'nurse', 'in', 'headline', 'Supper', 1, 1000);
      INSERT INTO messages (id, peer, direction, kind, body, at, sort) VALUES (5, 'nurse', 'out', 'chat', 'I come', 2, 2000);
      INSERT INTO conversations (peer) VALUES ('mallory'), ('romeo'), ('nurse');`,
    after: 'SELECT peer, uninvited FROM conversations ORDER BY peer',
    rows: [
      { peer: 'mallory', uninvited: 1 },
      { peer: 'nurse', uninvited: 0 },
      { peer: 'romeo', uninvited: 0 },
    ],
  },
  {
    ...{ version: 29, says: 'nobody knows whom a file on its way was for', before: upload },
    after: 'SELECT name, whom FROM uploads',
    rows: [{ name: 'a.png', whom: null }],
  },
];

describe('what the version before has written', () => {
  it.each(steps)('stays with migration $version: $says', ({ version, before, after, rows }) => {
    const db = openConnection(':memory:', null);
    db.exec('PRAGMA foreign_keys = ON');
    migrate(db, migrations.slice(0, version - 1));
    db.exec(before);
    migrate(db, migrations.slice(0, version));
    expect(db.all(after)).toEqual(rows);
  });
});
