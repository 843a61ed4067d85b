import { describe, expect, it } from 'vitest';
import type { Amendment, Store } from '../../../src-main/store/store';
import { incoming, openTestStore } from '../../support/store-kit';

const peer = 'romeo@example.org';
const condition = { condition: 'service-unavailable', text: 'not here' };
const send = async (store: Store, originId: string, to = peer) =>
  (await store.addOutgoing({ peer: to, body: `text ${originId}`, originId, at: 1000 })).message;
const ids = async (store: Store) => (await store.outbox()).map(({ originId }) => originId);
const delivery = async (store: Store, id: number) => (await store.message(id))?.delivery;
/** What a contact says of one of ours. */
const told = (kind: 'received' | 'read', target: string, from = peer): Amendment => ({
  ...{ peer: from, direction: 'out', kind, target, body: null, at: 2000, messageId: null, stanzaId: null },
});

describe('the outbox', () => {
  it('R1 holds a message from its commit until the server acknowledged it', async () => {
    const store = await openTestStore();
    const answer = await store.addOutgoing({ peer, body: 'text a', originId: 'a', at: 1000 });
    const { message } = answer;
    expect(answer).toMatchObject({
      message: { direction: 'out', delivery: 'waiting', editable: true },
      fresh: true,
      chat: { peer, last: { text: 'text a', delivery: 'waiting' } },
    });
    const row = { id: message.id, peer, body: 'text a', originId: 'a', at: 1000, written: false };
    expect(await store.outbox()).toEqual([row]);
    expect(await store.markWritten(message.id, { session: 's', number: 7 })).toBe(true);
    expect(await store.message(message.id)).toMatchObject({ editable: false });
    expect(await store.outbox()).toEqual([{ ...row, written: true }]);
    expect(await store.markSent(message.id)).toMatchObject({
      message: { delivery: 'sent' },
      chat: { last: { delivery: 'sent' } },
    });
    expect(await store.outbox()).toEqual([]);
    expect(await store.markWritten(message.id, null)).toBe(false);
  });

  it('R1 takes the same origin-id once', async () => {
    const store = await openTestStore();
    const first = await send(store, 'a');
    expect(await send(store, 'a')).toEqual(first);
    expect(await ids(store)).toEqual(['a']);
  });

  it('R9 is first in first out; a message sent again goes to its end', async () => {
    const store = await openTestStore();
    const a = await send(store, 'a');
    await send(store, 'b');
    await send(store, 'c', 'nurse@example.org');
    await store.markFailed(peer, 'a', condition);
    expect(await ids(store)).toEqual(['b', 'c']);
    expect(await store.requeue(a.id)).toMatchObject({ message: { delivery: 'waiting', error: null } });
    expect(await ids(store)).toEqual(['b', 'c', 'a']);
    await store.requeue(a.id);
    expect(await ids(store)).toEqual(['b', 'c', 'a']);
  });

  it('R9 R19 what is sent back takes its old place, before what was written after it and behind what was before', async () => {
    const store = await openTestStore();
    const [a, b, c] = [await send(store, 'a'), await send(store, 'b'), await send(store, 'c')];
    for (const { id } of [a, b, c]) await store.markWritten(id, { session: 's', number: id });
    await send(store, 'elsewhere', 'nurse@example.org');
    await send(store, 'd');
    // The server had taken two of them, and says later that it wants none now.
    await store.markSent(b.id);
    await store.markSent(c.id);
    expect(await store.sendBack(peer, 'c')).toMatchObject({ entry: c.id, message: { delivery: 'waiting' } });
    await store.sendBack(peer, 'b');
    expect((await ids(store)).filter((id) => id !== 'elsewhere')).toEqual(['a', 'b', 'c', 'd']);
    await store.sendBack(peer, 'a');
    await store.sendBack(peer, 'b');
    expect((await ids(store)).filter((id) => id !== 'elsewhere')).toEqual(['a', 'b', 'c', 'd']);
    // It is in no session any more: no count of one speaks for it.
    expect(await store.confirmUpTo({ session: 's', number: a.id })).toEqual([]);
    expect(await store.rewrite(a.id, 'too late')).toBeNull();
  });

  it('R19 what failed or was received is not sent back', async () => {
    const store = await openTestStore();
    await send(store, 'a');
    const b = await send(store, 'b');
    await store.markFailed(peer, 'a', condition);
    await store.amend(told('received', 'b'));
    expect(await store.sendBack(peer, 'a')).toBeNull();
    expect(await store.sendBack(peer, 'b')).toBeNull();
    expect(await store.sendBack('nurse@example.org', 'a')).toBeNull();
    expect(await ids(store)).toEqual([]);
    expect(await delivery(store, b.id)).toBe('received');
  });

  it('R9 keeps its order in the window when the archive puts one of them after what came meanwhile', async () => {
    const store = await openTestStore();
    const [a, b, c] = [await send(store, 'a'), await send(store, 'b'), await send(store, 'c')];
    const place = (id: string, at: number) => ({ id, at });
    const theirs = incoming({ at: 60_000, stanzaId: 's1', source: 'archive', body: 'meanwhile' });
    // It was sent again after a while; of b and c nothing is known in the archive yet.
    const again = incoming({
      ...{ direction: 'out', body: 'text a', at: 70_000, stanzaId: 's2', source: 'archive' },
      ...{ originId: 'a', messageId: 'a' },
    });
    await store.addPage({
      ...{ with: null, after: null, before: null, whole: true, lost: false, amendments: [] },
      places: [place('s1', 60_000), place('s2', 70_000)],
      messages: [theirs, again],
    });
    const { messages } = await store.page(peer, null, 10);
    expect(messages.map(({ id }) => id).slice(1)).toEqual([a.id, b.id, c.id]);
    expect(messages[0]?.body).toBe('meanwhile');
    expect(await ids(store)).toEqual(['b', 'c']);
  });

  it('has nothing to send again of what was sent', async () => {
    const store = await openTestStore();
    const { id } = await send(store, 'a');
    await store.markSent(id);
    expect(await store.requeue(id)).toBeNull();
    expect(await store.requeue(99)).toBeNull();
    expect(await store.markSent(99)).toBeNull();
  });

  it('gives up what waits or failed, and nothing that may be at the server', async () => {
    const store = await openTestStore();
    const [a, b, c, d] = [
      await send(store, 'a'),
      await send(store, 'b'),
      await send(store, 'c'),
      await send(store, 'd'),
    ];
    await store.markSent(a.id);
    await store.markFailed(peer, 'c', condition);
    await store.markWritten(d.id, null);
    expect(await store.discard(a.id)).toBe(false);
    expect(await store.discard(d.id)).toBe(false);
    expect(await store.discard(c.id)).toBe(true);
    expect(await store.discard(b.id)).toBe(true);
    expect(await store.discard(b.id)).toBe(false);
    expect(await ids(store)).toEqual(['d']);
    expect(await store.message(b.id)).toBeNull();
    await store.markFailed(peer, 'd', condition);
    await store.discard(d.id);
    expect((await store.chat(peer)).last?.text).toBe('text a');
  });

  it('takes another text while a message was never written, and not after that', async () => {
    const store = await openTestStore();
    const { id } = await send(store, 'a');
    expect(await store.rewrite(id, 'Ay me!')).toMatchObject({ message: { body: 'Ay me!', edited: false } });
    expect(await store.outbox()).toMatchObject([{ body: 'Ay me!' }]);
    await store.markWritten(id, null);
    expect(await store.rewrite(id, 'too late')).toBeNull();
    await store.markFailed(peer, 'a', condition);
    expect(await store.rewrite(id, 'too late')).toBeNull();
    await store.requeue(id);
    expect(await store.rewrite(id, 'too late')).toBeNull();
    expect(await store.message(id)).toMatchObject({ body: 'Ay me!', editable: false });
  });
});

describe('a resumed session', () => {
  const written = async (store: Store, originId: string, session: string, number: number) => {
    const { id } = await send(store, originId);
    await store.markWritten(id, { session, number });
    return id;
  };
  const confirmed = async (store: Store, session: string, number: number) =>
    (await store.confirmUpTo({ session, number })).map(({ message }) => message.body);

  it('R3 has sent what it counted, and nothing of another session', async () => {
    const store = await openTestStore();
    await written(store, 'a', 'one', 4);
    await written(store, 'b', 'one', 5);
    await written(store, 'c', 'one', 6);
    await written(store, 'd', 'two', 1);
    await send(store, 'e');
    expect(await confirmed(store, 'one', 5)).toEqual(['text a', 'text b']);
    expect(await store.outbox()).toMatchObject([
      { originId: 'c', written: true },
      { originId: 'd', written: true },
      { originId: 'e', written: false },
    ]);
    expect(await confirmed(store, 'one', 5)).toEqual([]);
  });

  it('R4 counts modulo 2^32', async () => {
    const store = await openTestStore();
    await written(store, 'a', 's', 2 ** 32 - 2);
    await written(store, 'b', 's', 2 ** 32 - 1);
    await written(store, 'c', 's', 0);
    await written(store, 'd', 's', 1);
    expect(await confirmed(store, 's', 0)).toEqual(['text a', 'text b', 'text c']);
    expect(await ids(store)).toEqual(['d']);
  });

  it('R5 gives the numbers of what it had not got to other stanzas: no later count confirms that', async () => {
    const store = await openTestStore();
    await written(store, 'a', 's', 1);
    await written(store, 'b', 's', 2);
    expect(await confirmed(store, 's', 1)).toEqual(['text a']);
    expect(await confirmed(store, 's', 2)).toEqual([]);
    expect(await ids(store)).toEqual(['b']);
  });

  it('R3 a message that was written again belongs to the newer session', async () => {
    const store = await openTestStore();
    const id = await written(store, 'a', 'one', 1);
    await store.markWritten(id, { session: 'two', number: 9 });
    expect(await confirmed(store, 'one', 1)).toEqual([]);
    await store.markWritten(id, null);
    expect(await confirmed(store, 'two', 9)).toEqual([]);
    expect(await ids(store)).toEqual(['a']);
  });
});

describe('delivery', () => {
  it('T11 counts only from the one the message went to', async () => {
    const store = await openTestStore();
    const { id } = await send(store, 'a');
    expect(await store.amend(told('read', 'a', 'mallory@example.org'))).toBeNull();
    expect(await store.markFailed('mallory@example.org', 'a', condition)).toBeNull();
    expect(await store.message(id)).toMatchObject({ delivery: 'waiting' });
    expect(await ids(store)).toEqual(['a']);
  });

  it('T11 is never one of a message that came in', async () => {
    const store = await openTestStore();
    const { message } = await store.addMessage(incoming({ messageId: 'theirs' }));
    expect(await store.amend({ ...told('read', 'theirs'), direction: 'in' })).toBeNull();
    expect(await store.message(message.id)).toEqual(message);
  });

  it('never goes down', async () => {
    const store = await openTestStore();
    const { id } = await send(store, 'a');
    expect(await store.amend(told('received', 'a'))).toMatchObject({ message: { delivery: 'received' } });
    expect(await store.outbox()).toEqual([]);
    expect(await store.markSent(id)).toMatchObject({ message: { delivery: 'received' } });
    expect(await store.amend(told('read', 'a'))).toMatchObject({ message: { delivery: 'read' } });
    expect(await store.amend(told('received', 'a'))).toBeNull();
    expect(await delivery(store, id)).toBe('read');
  });

  it('R20 a late bounce does not erase a receipt', async () => {
    const store = await openTestStore();
    const { id } = await send(store, 'a');
    await store.amend(told('received', 'a'));
    expect(await store.markFailed(peer, 'a', condition)).toBeNull();
    expect(await store.message(id)).toMatchObject({ delivery: 'received', error: null });
  });

  it('R20 a bounce says why, and a receipt after all takes it back', async () => {
    const store = await openTestStore();
    const { id } = await send(store, 'a');
    await store.markSent(id);
    expect(await store.markFailed(peer, 'a', condition)).toMatchObject({
      message: { delivery: 'failed', error: condition },
    });
    expect(await store.markSent(id)).toMatchObject({ message: { delivery: 'failed' } });
    expect(await store.amend(told('received', 'a'))).toMatchObject({
      message: { delivery: 'received', error: null },
    });
  });
});
