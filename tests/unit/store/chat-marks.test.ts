import { describe, expect, it } from 'vitest';
import { forGood, noMarks } from '../../../src-shared/model/conversation';
import { openConnection } from '../../../src-main/store/driver';
import { migrate, migrations } from '../../../src-main/store/migrations';
import { createOperations } from '../../../src-main/store/operations';
import { incoming, openTestStore } from '../../support/store-kit';

const peer = 'romeo@example.org';

describe('migration 0006', () => {
  it('keeps the conversations of version 5, with nothing set for them', () => {
    const db = openConnection(':memory:', null);
    migrate(db, migrations.slice(0, 5));
    db.exec(`
      INSERT INTO messages (id, peer, direction, body, at, sort) VALUES (1, '${peer}', 'in', 'a', 1000, 1000000);
      INSERT INTO conversations (peer, unread, last_id, last_sort, standing) VALUES ('${peer}', 1, 1, 1000000, 'ignored');
    `);
    migrate(db);
    const store = createOperations({ reader: db, writer: db }, () => ({ again: false, untold: () => false }));
    expect(store.chats()).toMatchObject([{ peer, standing: 'ignored', marks: noMarks, last: { text: 'a' } }]);
  });
});

describe('the last word of a conversation', () => {
  it('is a call for attention where it is one', async () => {
    const store = await openTestStore();
    expect((await store.addMessage(incoming({ peer }))).chat.last).not.toHaveProperty('buzz');
    await store.addMessage(incoming({ peer, kind: 'buzz', at: 2_000_000 }));
    expect(await store.chats()).toMatchObject([{ peer, last: { buzz: true } }]);
  });
});

describe('migration 0023', () => {
  it('keeps the rules of version 22, and takes the new one', () => {
    const db = openConnection(':memory:', null);
    migrate(db, migrations.slice(0, 22));
    for (const rule of ['default', 'all', 'none'])
      db.run('INSERT INTO conversations (peer, rule, muted_until) VALUES (?, ?, 7)', `${rule}@x`, rule);
    migrate(db);
    const store = createOperations({ reader: db, writer: db }, () => ({ again: false, untold: () => false }));
    for (const rule of ['default', 'all', 'none'])
      expect(store.chat(`${rule}@x`).marks).toEqual({ ...noMarks, rule, mutedUntil: 7 });
    expect(store.setMarks('all@x', { rule: 'mentions' }).marks.rule).toBe('mentions');
    expect(() => db.run(`UPDATE conversations SET rule = 'never'`)).toThrow();
  });
});

describe('what is set for a conversation', () => {
  it('is kept, each part by itself', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming({ peer }));
    expect((await store.setMarks(peer, { pinned: true })).marks).toEqual({ ...noMarks, pinned: true });
    const marks = { ...noMarks, pinned: true, mutedUntil: forGood, rule: 'none' } as const;
    expect((await store.setMarks(peer, { mutedUntil: forGood, rule: 'none' })).marks).toEqual(marks);
    expect(await store.chats()).toMatchObject([{ peer, marks, unread: 1 }]);
    await store.setMarks(peer, { mutedUntil: null, pinned: false, rule: 'default' });
    expect((await store.chat(peer)).marks).toEqual(noMarks);
  });

  it('an archived one comes back with something new in either direction, not with what is old', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming({ peer, at: 5000 }));
    await store.setMarks(peer, { archived: true });
    const older = await store.addMessage(incoming({ peer, at: 1000, source: 'carbon' }));
    expect(older.chat.marks.archived).toBe(true);
    expect((await store.addMessage(incoming({ peer, at: 6000 }))).chat.marks.archived).toBe(false);
    await store.setMarks(peer, { archived: true });
    const sent = await store.addOutgoing({ peer, body: 'x', originId: 'o', at: 7000 });
    expect(sent.chat.marks.archived).toBe(false);
  });

  it('an archived and muted one stays away', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming({ peer, at: 5000 }));
    await store.setMarks(peer, { archived: true, mutedUntil: forGood });
    expect((await store.addMessage(incoming({ peer, at: 6000 }))).chat).toMatchObject({
      unread: 2,
      marks: { archived: true },
    });
  });

  it('one cannot be pinned and archived at once; a pinned one is listed though empty', async () => {
    const store = await openTestStore();
    await store.setMarks(peer, { pinned: true });
    expect(await store.chats()).toHaveLength(1);
    expect((await store.setMarks(peer, { archived: true })).marks).toMatchObject({
      pinned: false,
      archived: true,
    });
    expect((await store.setMarks(peer, { pinned: true })).marks.archived).toBe(false);
  });

  it('marked as unread by hand it is so until it is read', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming({ peer, seen: true }));
    expect((await store.setMarks(peer, { unread: true })).marks.unread).toBe(true);
    expect(await store.markRead(peer, null)).toMatchObject({ unread: 0, marks: noMarks });
    expect(await store.markRead(peer, null)).toBeNull();
  });
});
