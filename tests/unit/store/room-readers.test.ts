import { describe, expect, it } from 'vitest';
import type { Amendment } from '../../../src-main/store/store';
import { incoming } from '../../support/store-kit';
import { testEngine, type TestEngine } from './archive-model';

const room = 'verona@rooms.example.org';
const at = (n: number) => 1_000_000 + 1_000 * n;
/** What the room says is ours: written here, and given its id. */
const ours = (store: TestEngine, n: number): number => {
  const originId = `a random id ${String(n)}`;
  const { message } = store.call('addOutgoing', {
    ...{ peer: room, body: `ours ${String(n)}`, originId, at: at(n), nick: 'Juliet' },
  });
  echo(store, n);
  return message.id;
};
const echo = (store: TestEngine, n: number) => {
  const originId = `a random id ${String(n)}`;
  return store.call(
    'addMessage',
    incoming({
      ...{
        peer: room,
        direction: 'out',
        body: `ours ${String(n)}`,
        nick: 'Juliet',
        at: at(n),
        source: 'live',
      },
      ...{ originId, messageId: originId, stanzaId: `s${String(n)}` },
    }),
  );
};
const theirs = (store: TestEngine, n: number) =>
  store.call(
    'addMessage',
    incoming({
      ...{ peer: room, body: `theirs ${String(n)}`, nick: 'Romeo', at: at(n), source: 'live' },
      ...{ messageId: `m${String(n)}`, stanzaId: `s${String(n)}` },
    }),
  );
const marker = (n: number, nick = 'Romeo', rest: Partial<Amendment> = {}): Amendment => ({
  ...{ peer: room, direction: 'in', kind: 'read', target: `s${String(n)}`, body: null, at: at(n), nick },
  ...{
    occupantId: nick,
    author: { key: `occupant:${nick}`, passing: false },
    messageId: null,
    stanzaId: null,
  },
  ...rest,
});
const shown = (store: TestEngine, id: number) => {
  const message = store.call('message', id);
  return message && { delivery: message.delivery, readBy: message.readBy };
};

describe('how far others have read in a room', () => {
  it('is told of the newest of ours that somebody has read, with who has', () => {
    const store = testEngine();
    const first = ours(store, 1);
    const second = ours(store, 2);
    theirs(store, 3);
    const last = ours(store, 4);
    expect(store.call('amend', marker(1))?.message).toMatchObject({ id: first, readBy: ['Romeo'] });
    // Of somebody else's message: what stands above it was read with it.
    expect(store.call('amend', marker(3, 'Nurse'))?.message).toMatchObject({
      ...{ id: second, delivery: 'read', readBy: ['Nurse'] },
    });
    expect(store.call('amend', marker(2))?.message).toMatchObject({ id: second, readBy: ['Nurse', 'Romeo'] });
    expect(shown(store, first)).toEqual({ delivery: 'read', readBy: undefined });
    expect(shown(store, last)).toEqual({ delivery: 'sent', readBy: undefined });
  });

  it('T11 goes forward alone, and to what is here and was said there', () => {
    const store = testEngine();
    const [first, second] = [ours(store, 1), ours(store, 2)];
    expect(store.call('amend', marker(2))).not.toBeNull();
    expect(store.call('amend', marker(1))).toBeNull();
    expect(store.call('amend', marker(2))).toBeNull();
    expect(store.call('amend', marker(7, 'Nurse'))).toBeNull();
    expect(store.call('amend', marker(2, 'Nurse', { peer: 'mantua@rooms.example.org' }))).toBeNull();
    expect(shown(store, second)?.readBy).toEqual(['Romeo']);
    expect(shown(store, first)?.readBy).toBeUndefined();
    // It counts from when it is said again, and not before its message is here.
    theirs(store, 7);
    expect(shown(store, second)?.readBy).toEqual(['Romeo']);
  });

  it('T11 is everybody’s own: one row a person, whatever he calls himself, and none for whom nobody can tell', () => {
    const store = testEngine();
    const own = ours(store, 1);
    theirs(store, 2);
    store.call('amend', marker(1));
    store.call('amend', marker(2, 'Montague', { author: { key: 'occupant:Romeo', passing: false } }));
    expect(shown(store, own)?.readBy).toEqual(['Montague']);
    for (const author of [
      { key: 'stay:1', passing: true },
      { key: '', passing: true },
    ])
      expect(store.call('amend', marker(2, 'Tybalt', { author }))).toBeNull();
    expect(shown(store, own)?.readBy).toEqual(['Montague']);
  });

  it('R3 is nothing that one of ours has arrived by which the room has not said yet', () => {
    const store = testEngine();
    const { message } = store.call('addOutgoing', {
      ...{ peer: room, body: 'ours 1', originId: 'a random id 1', at: at(1), nick: 'Juliet' },
    });
    theirs(store, 2);
    expect(store.call('amend', marker(2))).toBeNull();
    expect(store.call('outbox')).toHaveLength(1);
    expect(shown(store, message.id)).toEqual({ delivery: 'waiting', readBy: undefined });
  });

  it('comes out of the room’s archive too, after what it is about', () => {
    const store = testEngine();
    const own = ours(store, 1);
    const { changed } = store.call('addPage', {
      ...{ with: room, places: [{ id: 's2', at: at(2) }], messages: [], amendments: [marker(1)] },
      ...{ after: null, before: null, whole: false, lost: false },
    });
    expect(changed).toMatchObject([{ id: own, readBy: ['Romeo'] }]);
  });

  it('goes with what it is about', () => {
    const store = testEngine();
    const own = ours(store, 1);
    theirs(store, 2);
    store.call('amend', marker(2));
    store.call('deleteHistory', room, null, 10);
    ours(store, 3);
    expect(store.call('message', own)).toBeNull();
    expect(store.call('amend', marker(3))?.message.readBy).toEqual(['Romeo']);
  });
});

describe('our own place in a room', () => {
  it('is told by the room’s id of what somebody has said, though he did not ask', () => {
    const store = testEngine();
    theirs(store, 1);
    ours(store, 2);
    store.call('addMessage', incoming({ peer: room, nick: '', kind: 'headline', at: at(3), stanzaId: 's3' }));
    store.call('markRead', room, null);
    expect(store.call('readPlace', room)).toEqual({ stanzaId: 's3', markable: 's1' });
  });
});
