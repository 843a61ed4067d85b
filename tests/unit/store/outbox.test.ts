import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src-main/store/store';
import { openTestStore } from '../../support/store-kit';

const peer = 'romeo@example.org';
const condition = { condition: 'service-unavailable', text: 'not here' };
const send = (store: Store, originId: string, to = peer) =>
  store.addOutgoing({ peer: to, body: `text ${originId}`, originId, at: 1000 });
const ids = async (store: Store) => (await store.outbox()).map(({ originId }) => originId);

describe('the outbox', () => {
  it('R1 holds a message from its commit until the server acknowledged it', async () => {
    const store = await openTestStore();
    const message = await send(store, 'a');
    expect(message).toMatchObject({ direction: 'out', delivery: 'waiting' });
    const row = { id: message.id, peer, body: 'text a', originId: 'a', at: 1000, written: false };
    expect(await store.outbox()).toEqual([row]);
    await store.markWritten(message.id);
    expect(await store.outbox()).toEqual([{ ...row, written: true }]);
    expect(await store.markSent(message.id)).toMatchObject({ delivery: 'sent' });
    expect(await store.outbox()).toEqual([]);
    expect((await store.chat(peer)).last?.delivery).toBe('sent');
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
    expect(await store.requeue(a.id)).toMatchObject({ delivery: 'waiting', error: null });
    expect(await ids(store)).toEqual(['b', 'c', 'a']);
    await store.requeue(a.id);
    expect(await ids(store)).toEqual(['b', 'c', 'a']);
  });

  it('has nothing to send again of what was sent', async () => {
    const store = await openTestStore();
    const { id } = await send(store, 'a');
    await store.markSent(id);
    expect(await store.requeue(id)).toBeNull();
    expect(await store.requeue(99)).toBeNull();
    expect(await store.markSent(99)).toBeNull();
  });

  it('gives up what waits or failed, and nothing else', async () => {
    const store = await openTestStore();
    const a = await send(store, 'a');
    const b = await send(store, 'b');
    const c = await send(store, 'c');
    await store.markSent(a.id);
    await store.markFailed(peer, 'c', condition);
    expect(await store.discard(a.id)).toBe(false);
    expect(await store.discard(c.id)).toBe(true);
    expect(await store.discard(b.id)).toBe(true);
    expect(await store.discard(b.id)).toBe(false);
    expect(await store.outbox()).toEqual([]);
    expect((await store.chat(peer)).last?.text).toBe('text a');
    expect(await store.message(b.id)).toBeNull();
  });
});

describe('delivery', () => {
  it('T11 counts only from the one the message went to', async () => {
    const store = await openTestStore();
    const { id } = await send(store, 'a');
    expect(await store.markDelivered('mallory@example.org', 'a', 'read')).toBeNull();
    expect(await store.markFailed('mallory@example.org', 'a', condition)).toBeNull();
    expect(await store.message(id)).toMatchObject({ delivery: 'waiting' });
    expect(await ids(store)).toEqual(['a']);
  });

  it('never goes down', async () => {
    const store = await openTestStore();
    const { id } = await send(store, 'a');
    expect(await store.markDelivered(peer, 'a', 'received')).toMatchObject({ delivery: 'received' });
    expect(await store.outbox()).toEqual([]);
    expect(await store.markSent(id)).toMatchObject({ delivery: 'received' });
    expect(await store.markDelivered(peer, 'a', 'read')).toMatchObject({ delivery: 'read' });
    expect(await store.markDelivered(peer, 'a', 'received')).toMatchObject({ delivery: 'read' });
  });

  it('R20 a late bounce does not erase a receipt', async () => {
    const store = await openTestStore();
    const { id } = await send(store, 'a');
    await store.markDelivered(peer, 'a', 'received');
    expect(await store.markFailed(peer, 'a', condition)).toBeNull();
    expect(await store.message(id)).toMatchObject({ delivery: 'received', error: null });
  });

  it('R20 a bounce says why, and a receipt after all takes it back', async () => {
    const store = await openTestStore();
    const { id } = await send(store, 'a');
    await store.markSent(id);
    expect(await store.markFailed(peer, 'a', condition)).toMatchObject({
      delivery: 'failed',
      error: condition,
    });
    expect(await store.markSent(id)).toMatchObject({ delivery: 'failed' });
    expect(await store.markDelivered(peer, 'a', 'received')).toMatchObject({
      delivery: 'received',
      error: null,
    });
  });
});
