import { describe, expect, it } from 'vitest';
import { openConnection } from '../../../src-main/store/driver';
import { migrate, migrations } from '../../../src-main/store/migrations';
import { createOperations } from '../../../src-main/store/operations';
import type { Amendment } from '../../../src-main/store/store';
import { someQuery } from '../../support/search-query';
import { incoming, openTestStore } from '../../support/store-kit';

const room = 'verona@rooms.example.org';
const emptyPage = {
  ...{ with: room, places: [], messages: [], amendments: [], after: null, before: null },
  ...{ whole: false, lost: false },
} as const;
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

describe('migration 0025', () => {
  it('keeps the rooms of version 24, of no known kind; what kind one is is kept from then on', () => {
    const db = openConnection(':memory:', null);
    migrate(db, migrations.slice(0, 24));
    db.run('INSERT INTO rooms (jid, nick, wanted) VALUES (?, ?, 1)', room, 'Juliet');
    migrate(db);
    const store = createOperations({ reader: db, writer: db }, () => ({ again: false, untold: () => false }));
    const kept = { jid: room, nick: 'Juliet', wanted: true, open: false, membersOnly: false };
    expect(store.rooms()).toMatchObject([kept]);
    const [row] = store.rooms();
    if (!row) throw new Error('no room');
    store.putRoom({ ...row, open: true, membersOnly: true });
    expect(store.rooms()).toEqual([{ ...row, open: true, membersOnly: true }]);
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
    expect((await store.search(someQuery({ text: 'Montague' }))).hits).toEqual([]);
  });
});

describe('what is said in a room of what was said there', () => {
  const by = (key: string, passing = false) => ({ key, passing });
  const amendment = (rest: Partial<Amendment> = {}): Amendment => ({
    ...{
      peer: room,
      direction: 'in',
      kind: 'correct',
      target: 'a-long-id-of-his',
      body: 'better',
      at: 2_000_000,
    },
    ...{ nick: 'Romeo', occupantId: null, author: by('occupant:r'), messageId: null, stanzaId: null },
    ...rest,
  });
  const his = said({ messageId: 'a-long-id-of-his', stanzaId: 's1', occupantId: 'r' });

  it('T4 T5 counts from its author alone: the same person, or the same stay; whatever the nick', async () => {
    const store = await openTestStore();
    const { message } = await store.addMessage(his);
    const others = [
      by('occupant:t'),
      by('stay:1', true),
      by('', true),
      by('occupant:'),
      by('jid:r'),
      by('own'),
    ];
    for (const author of others) {
      expect(await store.amend(amendment({ author })), author.key).toBeNull();
      expect(await store.amend(amendment({ author, kind: 'retract', target: 's1', body: null }))).toBeNull();
    }
    expect(await store.amend(amendment({ direction: 'out', author: by('own') }))).toBeNull();
    expect(await store.message(message.id)).toEqual(message);
    expect(await store.amend(amendment({ nick: 'Montague' }))).toMatchObject({ message: { body: 'better' } });
    const taken = await store.amend(amendment({ kind: 'retract', target: 's1', body: null }));
    expect(taken?.message).toMatchObject({ retracted: true, body: '' });
    expect(taken?.message.moderated).toBeUndefined();
  });

  it('that names us where the text before did not calls us once, and counts as what names us', async () => {
    const store = await openTestStore();
    await store.addMessage(his);
    const named = amendment({ messageId: 'c1', body: 'Juliet!', mention: true });
    const calls = await store.amend(named);
    expect(calls).toMatchObject({
      calls: true,
      message: { mention: true },
      chat: { unread: 1, mentions: 1 },
    });
    expect((await store.amend({ ...named, stanzaId: 's2' }))?.calls ?? false).toBe(false);
    const again = amendment({ messageId: 'c2', at: 3_000_000, body: 'Juliet, I say!', mention: true });
    expect(await store.amend(again)).toMatchObject({ calls: false, chat: { mentions: 1 } });
    const page = { ...emptyPage, places: [{ id: 's3', at: 4_000_000 }] };
    const fallsSilent = amendment({ messageId: 'c3', stanzaId: 's3', at: 4_000_000, body: 'Nobody!' });
    const silent = await store.addPage({ ...page, amendments: [fallsSilent] });
    expect(silent.called).toEqual([]);
    expect(silent.chats[0]?.mentions).toBeUndefined();
    const back = { ...named, messageId: 'c4', stanzaId: 's4', at: 5_000_000 };
    const late = await store.addPage({ ...page, places: [{ id: 's4', at: 5_000_000 }], amendments: [back] });
    expect(late).toMatchObject({ called: [{ body: 'Juliet!' }], chats: [{ unread: 1, mentions: 1 }] });
  });

  it('T4 waits for its message where it can be told later whose it is, and only there', async () => {
    const store = await openTestStore();
    await store.amend(amendment({ messageId: 'first' }));
    await store.amend(amendment({ messageId: 'second', author: by('occupant:t'), body: 'forged' }));
    await store.amend(amendment({ messageId: 'third', author: by('stay:1', true), body: 'whose?' }));
    const { message } = await store.addMessage({ ...his, author: 'stay:1' });
    expect(message).toMatchObject({ body: 'better', edited: true });
    expect((await store.versions(message.id)).map(({ body }) => body)).toEqual(['But soft']);
  });

  it('T4 is a message of its own where nobody can tell whose it is; R8 once, whatever road it comes by', async () => {
    const store = await openTestStore();
    const stay = by('stay:1', true);
    const { message } = await store.addMessage(said({ messageId: 'a-long-id-of-his', author: stay.key }));
    const ids = { messageId: 'a-long-id-of-the-second', stanzaId: 's2' };
    const second = (author: Amendment['author']) =>
      said({ ...ids, body: 'better', corrects: amendment({ ...ids, ...(author ? { author } : {}) }) });
    const corrected = await store.addMessage(second(stay));
    expect(corrected).toMatchObject({
      fresh: false,
      corrected: {},
      message: { id: message.id, body: 'better' },
    });
    // Told again to whoever comes in: it is known.
    expect(await store.addMessage(second(by('', true)))).toMatchObject({
      corrected: {},
      message: { id: message.id },
    });
    const other = await store.addMessage({
      ...second(by('stay:2', true)),
      ...{
        messageId: 'another-id',
        stanzaId: 's3',
        corrects: amendment({ messageId: 'another-id', author: by('stay:2', true) }),
      },
    });
    expect(other).toMatchObject({ fresh: true, message: { body: 'better', edited: false } });
    expect(await store.message(message.id)).toMatchObject({ body: 'better', edited: true });
  });

  it('T10 to one alone goes by the sender’s id, and of what was written to us only its author says anything', async () => {
    const store = await openTestStore();
    const peer = `${room}/Romeo`;
    const originId = 'a random id of ours';
    const { message: ours } = await store.addOutgoing({ peer, body: 'Ay me!', originId, at: 1 });
    await store.markSent(ours.id);
    expect(await store.message(ours.id)).toMatchObject({ correctable: true, retractable: true });
    const { message } = await store.addMessage(
      incoming({ peer, messageId: 'a-long-id-of-his', author: 'stay:1' }),
    );
    expect(message).toMatchObject({ reactable: true });
    const alone = (rest: Partial<Amendment>): Amendment => {
      const { nick, occupantId, ...one } = amendment({ peer, kind: 'react', body: '["👍"]', ...rest });
      return one;
    };
    const [he, other] = [by('stay:1', true), by('stay:2', true)];
    for (const kind of ['react', 'correct', 'retract'] as const)
      expect(await store.amend(alone({ kind, author: other })), kind).toBeNull();
    expect(await store.message(message.id)).toEqual(message);
    // Whoever knows its id has got it from us.
    const liked = await store.amend(alone({ author: other, target: originId }));
    expect(liked?.message).toMatchObject({ id: ours.id, reactions: { others: [{ emojis: ['👍'] }] } });
    expect((await store.amend(alone({ author: he })))?.message).toMatchObject({ id: message.id });
    expect(await store.amend(alone({ kind: 'retract', author: he, body: null }))).toMatchObject({
      message: { id: message.id, retracted: true },
    });
  });

  it('R3 of ours is known by its id, though the room does not say that it is ours', async () => {
    const store = await openTestStore();
    const originId = 'a random id of ours';
    const own = { peer: room, at: 1, nick: 'Juliet' };
    const { message } = await store.addOutgoing({ ...own, body: 'Ay me!', originId });
    await store.markSent(message.id);
    const change = {
      id: message.id,
      kind: 'correct',
      body: 'Ah me!',
      originId: 'another id of ours',
    } as const;
    await store.amendOutgoing({ ...change, at: 2, nick: 'Juliet' });
    expect(await store.outbox()).toMatchObject([
      { body: 'Ah me!', amends: { kind: 'correct', target: originId } },
    ]);
    const ids = { messageId: change.originId, stanzaId: null, nick: 'Juliet', body: 'Ah me!' };
    const told = said({ ...ids, corrects: amendment({ ...ids, target: originId, author: by('', true) }) });
    expect(await store.addMessage(told)).toMatchObject({
      ...{ fresh: false, message: { id: message.id, body: 'Ah me!' } },
      corrected: { entry: expect.any(Number) as number },
    });
    expect(await store.outbox()).toEqual([]);
    // And so is what it said at first.
    const first = said({ body: 'Ay me!', nick: 'Juliet', messageId: originId });
    expect(await store.addMessage(first)).toMatchObject({
      fresh: false,
      message: { id: message.id, body: 'Ah me!' },
    });
  });
});
