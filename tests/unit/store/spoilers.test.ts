import { describe, expect, it } from 'vitest';
import { openConnection } from '../../../src-main/store/driver';
import { migrate, migrations } from '../../../src-main/store/migrations';
import type { Store } from '../../../src-main/store/store';
import { incoming, openTestStore } from '../../support/store-kit';

const correct = (store: Store, target: string, n: number, spoiler?: string) =>
  store.amend({
    ...{ peer: 'romeo@example.org', direction: 'in', kind: 'correct', target, body: `text ${String(n)}` },
    ...{ at: 1_000_000 + n, messageId: `${target} ${String(n)}`, stanzaId: null },
    ...(spoiler === undefined ? {} : { spoiler }),
  });

describe('a correction of what is not to be seen at once (XEP-0382)', () => {
  it('covers a message that was not, as long as it is the last word', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming({ messageId: 'one' }));
    expect((await correct(store, 'one', 1, 'the end'))?.message.spoiler).toBe('the end');
    // The same words, and only their cover is another.
    const again = { body: 'text 1', target: 'one', messageId: 'one again', stanzaId: null, spoiler: '' };
    const amended = await store.amend({
      ...{ peer: 'romeo@example.org', direction: 'in', kind: 'correct', at: 1_000_002 },
      ...again,
    });
    expect(amended?.message.spoiler).toBe('');
    expect((await correct(store, 'one', 3))?.message.spoiler).toBeUndefined();
  });

  it('leaves one covered that was, whatever it says itself', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming({ messageId: 'two', spoiler: 'hint' }));
    expect((await correct(store, 'two', 1))?.message.spoiler).toBe('hint');
    expect((await correct(store, 'two', 2, 'other hint'))?.message.spoiler).toBe('other hint');
    expect((await correct(store, 'two', 3))?.message.spoiler).toBe('hint');
  });

  it('of ours is as covered as what it corrects, and where it is given up all is as it was', async () => {
    const store = await openTestStore();
    const peer = 'romeo@example.org';
    const { message } = await store.addOutgoing({ peer, body: 'first', originId: 'o1', at: 1 });
    await store.markSent(message.id);
    // Another device has covered it since.
    await store.amend({
      ...{ peer, direction: 'out', kind: 'correct', target: 'o1', body: 'second', spoiler: 'hint' },
      ...{ at: 2, messageId: 'o2', stanzaId: null },
    });
    const third = { id: message.id, kind: 'correct', body: 'third', originId: 'o3', at: 3 } as const;
    expect((await store.amendOutgoing(third))?.message).toMatchObject({ body: 'third', spoiler: 'hint' });
    expect(await store.outbox()).toMatchObject([{ body: 'third', spoiler: 'hint' }]);
    await store.markFailed(peer, 'o3', { condition: 'not-acceptable', text: null });
    expect((await store.discardChange(message.id))?.message).toMatchObject({
      body: 'second',
      spoiler: 'hint',
    });
  });

  it('that is given up leaves the first text, covered as it was', async () => {
    const store = await openTestStore();
    const peer = 'romeo@example.org';
    const { message } = await store.addOutgoing({
      peer,
      body: 'first',
      originId: 'o1',
      at: 1,
      spoiler: 'mine',
    });
    await store.markSent(message.id);
    await store.amendOutgoing({ id: message.id, kind: 'correct', body: 'second', originId: 'o2', at: 2 });
    await store.markFailed(peer, 'o2', { condition: 'not-acceptable', text: null });
    expect((await store.discardChange(message.id))?.message).toMatchObject({
      body: 'first',
      spoiler: 'mine',
    });
  });

  it('of earlier versions keeps what its first text was covered with', () => {
    const db = openConnection(':memory:', null);
    migrate(db, migrations.slice(0, 16));
    db.exec(`
      INSERT INTO messages (id, peer, direction, kind, body, at, sort, markable, spoiler, edited)
        VALUES (1, 'p', 'in', 'chat', 'later', 1, 1, 0, 'hint', 1);
      INSERT INTO versions (message, body) VALUES (1, 'first');
    `);
    migrate(db);
    expect(db.one('SELECT spoiler FROM versions')).toEqual({ spoiler: 'hint' });
  });
});
