import { describe, expect, it } from 'vitest';
import type { SavedSession } from '../../../src-main/store/store';
import { incoming } from '../../support/store-kit';
import { testEngine, type TestEngine } from './archive-model';

const peer = 'romeo@example.org';
const add = (store: TestEngine, n: number, rest: Parameters<typeof incoming>[0] = {}) =>
  store.call(
    'addMessage',
    incoming({ body: `${n}`, at: 1000 * n, stanzaId: `s${n}`, messageId: `m${n}`, source: 'live', ...rest }),
  );
const unread = (store: TestEngine) => store.call('chat', peer).unread;

describe('what is read', () => {
  it('counts what comes in after the place that is read', () => {
    const store = testEngine();
    for (const n of [1, 2, 3]) add(store, n);
    expect(unread(store)).toBe(3);
    expect(store.call('markRead', peer, null)).toMatchObject({ unread: 0 });
    expect(store.call('markRead', peer, null)).toBeNull();
    add(store, 4);
    store.call('addOutgoing', { peer, body: 'Ay me', originId: 'o', at: 5000 });
    expect(unread(store)).toBe(1);
    // One that comes late, from before that place, was read with it.
    add(store, 2.5, { source: 'carbon' });
    expect(unread(store)).toBe(1);
  });

  it('goes up to a message that another device has read, and never back', () => {
    const store = testEngine();
    for (const n of [1, 2, 3, 4]) add(store, n);
    expect(store.call('markRead', peer, { by: 'stanza-id', id: 's3' })).toMatchObject({ unread: 1 });
    expect(store.call('markRead', peer, { by: 'message-id', id: 'm2' })).toBeNull();
    expect(unread(store)).toBe(1);
    expect(store.call('markRead', peer, { by: 'message-id', id: 'm4' })).toMatchObject({ unread: 0 });
  });

  it('waits for a message that is not here yet, by either id, live or from the archive', () => {
    const store = testEngine();
    add(store, 1);
    expect(store.call('markRead', peer, { by: 'stanza-id', id: 's3' })).toBeNull();
    expect(unread(store)).toBe(1);
    add(store, 2);
    expect(unread(store)).toBe(2);
    expect(add(store, 3).chat.unread).toBe(0);

    store.call('markRead', peer, { by: 'message-id', id: 'm5' });
    const messages = [4, 5, 6].map((n) =>
      incoming({ body: `${n}`, at: 1000 * n, stanzaId: `s${n}`, messageId: `m${n}`, source: 'archive' }),
    );
    const places = messages.map(({ stanzaId, at }) => ({ id: stanzaId ?? '', at }));
    const page = { with: null, places, messages, amendments: [], after: null, before: null };
    const { chats } = store.call('addPage', { ...page, whole: false, lost: false });
    expect(chats).toMatchObject([{ peer, unread: 1 }]);
  });

  it('waits for the archive’s id of a message that is here without it', () => {
    const store = testEngine();
    add(store, 1, { stanzaId: null, messageId: 'a-long-and-random-id' });
    store.call('markRead', peer, { by: 'stanza-id', id: 's1' });
    expect(unread(store)).toBe(1);
    add(store, 1, { messageId: 'a-long-and-random-id', source: 'carbon' });
    expect(unread(store)).toBe(0);
  });

  it('is what is in front of the user, and all before it', () => {
    const store = testEngine();
    add(store, 1);
    expect(add(store, 2, { seen: true }).chat.unread).toBe(0);
  });

  it('is told by the newest ids that are read, of incoming messages alone', () => {
    const store = testEngine();
    expect(store.call('readPlace', peer)).toEqual({ stanzaId: null, markable: null });
    add(store, 1, { markable: true });
    add(store, 2, { markable: true });
    add(store, 3);
    add(store, 4, { stanzaId: null });
    store.call('addOutgoing', { peer, body: 'Ay me', originId: 'o', at: 5000 });
    expect(store.call('readPlace', peer)).toEqual({ stanzaId: null, markable: null });
    store.call('markRead', peer, { by: 'message-id', id: 'm1' });
    expect(store.call('readPlace', peer)).toEqual({ stanzaId: 's1', markable: 'm1' });
    store.call('markRead', peer, null);
    expect(store.call('readPlace', peer)).toEqual({ stanzaId: 's3', markable: 'm2' });
  });
});

describe('where a conversation belongs', () => {
  it('T31 is said by its first message, and requests are not counted', () => {
    const store = testEngine();
    expect(add(store, 1, { standing: 'request' }).chat).toMatchObject({ standing: 'request', unread: 0 });
    expect(add(store, 2).chat).toMatchObject({ standing: 'request', unread: 0 });
    expect(store.call('setStanding', peer, 'open')).toMatchObject({ standing: 'open', unread: 2 });
    expect(add(store, 3, { standing: 'request' }).chat).toMatchObject({ standing: 'open', unread: 3 });
  });

  it('T31 is open once we write, here or on another device', () => {
    const store = testEngine();
    add(store, 1, { standing: 'request' });
    const own = { direction: 'out', source: 'carbon' } as const;
    expect(add(store, 2, own).chat.standing).toBe('open');
    store.call('setStanding', peer, 'ignored');
    expect(add(store, 3, own).chat.standing).toBe('ignored');
    const answer = store.call('addOutgoing', { peer, body: 'Ay me', originId: 'o', at: 5000 });
    expect(answer.chat.standing).toBe('open');
  });
});

describe('what is kept for the next start', () => {
  const online = (resource: string) =>
    ({ resource, kind: 'online', status: null, priority: 1, client: null }) as const;

  it('R2 is a session and the presences that belong to it, both or neither', () => {
    const store = testEngine();
    expect(store.call('savedSession')).toBeNull();
    const first: SavedSession = {
      session: '{"id":"one"}',
      presences: [
        { jid: 'a@example.org', resources: [online('x'), online('y')] },
        { jid: 'b@example.org', resources: [online('z')] },
      ],
    };
    store.call('saveSession', first);
    expect(store.call('savedSession')).toEqual(first);
    const next: SavedSession = {
      session: '{"id":"two"}',
      presences: [{ jid: 'b@example.org', resources: [online('w')] }],
    };
    store.call('saveSession', next);
    expect(store.call('savedSession')).toEqual(next);
    store.call('saveSession', { session: '{"id":"three"}', presences: null });
    expect(store.call('savedSession')).toEqual({ ...next, session: '{"id":"three"}' });
    store.call('saveSession', { session: '{}', presences: [] });
    expect(store.call('savedSession')).toEqual({ session: '{}', presences: [] });
    store.call('saveSession', null);
    expect(store.call('savedSession')).toBeNull();
  });

  it('are capabilities and settings by their names', () => {
    const store = testEngine();
    expect([store.call('capabilities', 'hash'), store.call('setting', 'size')]).toEqual([null, null]);
    store.call('putCapabilities', 'hash', '{}');
    store.call('putSetting', 'size', '1');
    store.call('putSetting', 'size', '2');
    expect([store.call('capabilities', 'hash'), store.call('setting', 'size')]).toEqual(['{}', '2']);
    store.call('putSetting', 'size', null);
    expect(store.call('setting', 'size')).toBeNull();
  });

  it('T30 are capabilities of two thousand hashes at most, whatever contacts make up', () => {
    const store = testEngine();
    const there = () =>
      Array.from({ length: 2_001 }, (_, n) => store.call('capabilities', String(n))).filter((one) => one);
    for (let n = 0; n < 2_000; n++) store.call('putCapabilities', String(n), '{}');
    expect(there()).toHaveLength(2_000);
    store.call('putCapabilities', '2000', '{}');
    expect(there()).toEqual(['{}']);
  });
});
