import { describe, expect, it } from 'vitest';
import { openConnection } from '../../../src-main/store/driver';
import { migrate, migrations } from '../../../src-main/store/migrations';
import { createOperations } from '../../../src-main/store/operations';
import { incoming, openTestStore } from '../../support/store-kit';

const room = 'verona@rooms.example.org';
const said = (more: Parameters<typeof incoming>[0] = {}) =>
  incoming({ peer: room, nick: 'Romeo', messageId: null, originId: null, stanzaId: null, ...more });

describe('migration 0009', () => {
  it('keeps the conversations of version 8: nobody in them has a nick', () => {
    const db = openConnection(':memory:', null);
    migrate(db, migrations.slice(0, 8));
    db.exec(`
      INSERT INTO messages (id, peer, direction, body, at, sort) VALUES (1, 'romeo@example.org', 'in', 'a', 1000, 1000000);
      INSERT INTO conversations (peer, unread, last_id, last_sort) VALUES ('romeo@example.org', 1, 1, 1000000);
    `);
    migrate(db);
    const store = createOperations({ reader: db, writer: db }, () => ({ again: false, untold: () => false }));
    expect(store.rooms()).toEqual([]);
    const [chat] = store.chats();
    expect(chat?.last).toMatchObject({ text: 'a' });
    expect(chat?.last?.nick).toBeUndefined();
    expect(chat?.mentions).toBeUndefined();
  });
});

describe('what is said in a room', () => {
  it('is kept with its nick; what names us is counted', async () => {
    const store = await openTestStore();
    await store.addMessage(said({ body: 'one' }));
    const { chat, message } = await store.addMessage(said({ body: 'Juliet!', mention: true }));
    expect(message).toMatchObject({ nick: 'Romeo', mention: true });
    expect(chat).toMatchObject({ unread: 2, mentions: 1, last: { nick: 'Romeo', text: 'Juliet!' } });
    expect((await store.markRead(room, null))?.mentions).toBeUndefined();
  });

  it('R8 of ours is one row, though the room does not say that it is ours', async () => {
    const store = await openTestStore();
    const originId = 'a random id of ours';
    const { message } = await store.addOutgoing({
      peer: room,
      body: 'Ay me!',
      originId,
      at: 1,
      nick: 'Juliet',
    });
    const copy = { body: 'Ay me!', nick: 'Juliet', messageId: originId, originId } as const;
    const echo = await store.addMessage(said({ ...copy, direction: 'out', stanzaId: 'at the room' }));
    expect(echo).toMatchObject({ fresh: false, message: { id: message.id, delivery: 'sent' } });
    const old = await store.addMessage(said({ ...copy, stanzaId: 'at the room', source: 'archive' }));
    expect(old).toMatchObject({ fresh: false, message: { id: message.id } });
  });

  it('T10 an id that somebody else has used stands for nothing of his', async () => {
    const store = await openTestStore();
    const ids = { messageId: 'a long id that is used twice', originId: 'a long id that is used twice' };
    const his = await store.addMessage(said({ ...ids, body: 'mine' }));
    const forged = await store.addMessage(said({ ...ids, nick: 'Tybalt', body: 'mine' }));
    expect(forged).toMatchObject({ fresh: true });
    expect(forged.message.id).not.toBe(his.message.id);
  });

  it('what happened there is in the log, neither unread nor the last thing said', async () => {
    const store = await openTestStore();
    await store.addMessage(said({ body: 'one' }));
    const event = await store.addRoomEvent(room, 'renamed', 'Romeo', 'Montague', Date.now());
    expect(event).toMatchObject({ kind: 'event', subject: 'renamed', nick: 'Romeo', body: 'Montague' });
    expect(await store.chat(room)).toMatchObject({ unread: 1, last: { text: 'one' } });
    expect((await store.page(room, null, 10)).messages.map(({ kind }) => kind)).toEqual(['chat', 'event']);
    const query = { peer: null, direction: null, from: null, to: null, has: null, limit: 10, after: null };
    expect((await store.search({ ...query, text: 'Montague' })).hits).toEqual([]);
  });
});
