import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src-main/store/store';
import { incoming, openTestStore } from '../../support/store-kit';

const peer = 'romeo@example.org';
const condition = { condition: 'not-acceptable', text: 'no' };
const write = async (store: Store, originId = 'first', at = 1_000): Promise<number> =>
  (await store.addOutgoing({ peer, body: `text ${originId}`, originId, at })).message.id;
const correct = (store: Store, id: number, originId: string, at = 2_000) =>
  store.amendOutgoing({ id, kind: 'correct', body: `text ${originId}`, originId, at });
const queue = async (store: Store) =>
  (await store.outbox()).map(({ originId, body, amends }) => [originId, body, amends?.target]);
/** The archive's copy of such a correction. */
const archived = (originId: string, at: number) => ({
  ...{ with: null, after: null, before: null, whole: true, lost: false, messages: [] },
  places: [{ id: `s-${originId}`, at }],
  amendments: [
    {
      ...({
        peer,
        direction: 'out',
        kind: 'correct',
        target: 'first',
        body: `text ${originId}`,
        at,
      } as const),
      ...{ messageId: originId, stanzaId: `s-${originId}` },
    },
  ],
});

describe('a correction of ours', () => {
  it('R1 is in the outbox behind its message, and there only once', async () => {
    const store = await openTestStore();
    const id = await write(store);
    const first = await correct(store, id, 'c1');
    expect(first).toMatchObject({ message: { id, body: 'text c1', edited: true, change: { error: null } } });
    expect(await correct(store, id, 'c1')).toEqual(first);
    // The message goes as it was written: its correction comes behind it.
    expect(await queue(store)).toEqual([
      ['first', 'text first', undefined],
      ['c1', 'text c1', 'first'],
    ]);
    expect(await store.markWritten(id, null, 'text c1')).toBe(false);
    expect(await store.markWritten(id, null, 'text first')).toBe(true);
    const entry = first?.entry ?? 0;
    expect(entry).toBeGreaterThan(id);
    expect(await write(store, 'second')).toBeGreaterThan(entry);
    expect(await store.markWritten(entry, { session: 's', number: 3 })).toBe(true);
    const confirmed = await store.confirmUpTo({ session: 's', number: 3 });
    expect(confirmed.map(({ message }) => message.id)).toEqual([id]);
    expect(confirmed[0]?.message.change).toBeUndefined();
    expect((await queue(store)).map(([originId]) => originId)).toEqual(['first', 'second']);
  });

  it('R11 made last it counts, whatever the clock says; the archive’s copy of it is no second one (R3)', async () => {
    const store = await openTestStore();
    const id = await write(store, 'first', 5_000);
    await store.markSent(id);
    await correct(store, id, 'c1', 9_000);
    const last = await correct(store, id, 'c2', 10);
    expect(await store.message(id)).toMatchObject({ body: 'text c2' });
    await store.addPage(archived('c2', 20_000));
    expect((await queue(store)).map(([originId]) => originId)).toEqual(['c1']);
    expect(await store.markSent(last?.entry ?? 0)).toMatchObject({ message: { body: 'text c2' } });
    expect((await store.versions(id)).map(({ body }) => body)).toEqual(['text first', 'text c1']);
  });

  it('R20 that failed keeps its words until it goes again or is given up', async () => {
    const store = await openTestStore();
    const id = await write(store);
    await store.markSent(id);
    const entry = (await correct(store, id, 'c1'))?.entry;
    expect(await store.markFailed('mallory@example.org', 'c1', condition)).toBeNull();
    expect(await store.markFailed(peer, 'c1', condition)).toMatchObject({
      entry,
      message: { body: 'text c1', delivery: 'sent', change: { error: condition } },
    });
    expect(await queue(store)).toEqual([]);
    expect(await store.requeue(id)).toMatchObject({ message: { change: { error: null } } });
    expect(await store.outbox()).toMatchObject([{ id: entry, originId: 'c1', written: true }]);
    // What the archive has is of the try that failed.
    await store.addPage(archived('c1', 3_000));
    expect(await queue(store)).toHaveLength(1);
    await store.markFailed(peer, 'c1', condition);
    const back = await store.discardChange(id);
    expect(back?.message).toMatchObject({ body: 'text first', edited: false, delivery: 'sent' });
    expect(back?.message.change).toBeUndefined();
    expect(await store.versions(id)).toEqual([]);
    expect(await store.discardChange(id)).toBeNull();
    // The archive may have it, whatever the other side thought of it: it does not bring it back.
    await store.addPage({ ...archived('c1', 3_000), places: [] });
    expect(await store.message(id)).toMatchObject({ body: 'text first', edited: false });
    const last = await correct(store, id, 'c2');
    expect(last?.message).toMatchObject({ body: 'text c2', edited: true });
    expect((await store.versions(id)).map(({ body }) => body)).toEqual(['text first']);
  });

  it('of a message that fails itself is what goes the next time', async () => {
    const store = await openTestStore();
    const id = await write(store);
    await store.markWritten(id, null);
    await correct(store, id, 'c1');
    await store.markFailed(peer, 'first', condition);
    expect(await queue(store)).toEqual([]);
    await store.requeue(id);
    expect(await queue(store)).toEqual([['first', 'text c1', undefined]]);
    expect(await store.message(id)).toMatchObject({ body: 'text c1', edited: false });
  });

  it('is refused for what is not ours, failed, or was taken back', async () => {
    const store = await openTestStore();
    const theirs = await store.addMessage(incoming({ messageId: 'theirs' }));
    expect(await correct(store, theirs.message.id, 'c1')).toBeNull();
    expect(await correct(store, 99, 'c2')).toBeNull();
    const id = await write(store);
    await store.markFailed(peer, 'first', condition);
    expect(await correct(store, id, 'c3')).toBeNull();
    expect(await queue(store)).toEqual([]);
  });

  it('is read where the other side says so of the correction (T11: to nobody else)', async () => {
    const store = await openTestStore();
    const id = await write(store);
    await store.markSent(id);
    await correct(store, id, 'c1');
    const read = (from: string) =>
      store.amend({
        ...{ peer: from, direction: 'out', kind: 'read', target: 'c1', body: null, at: 3_000 },
        ...{ messageId: null, stanzaId: null },
      });
    expect(await read('mallory@example.org')).toBeNull();
    expect(await read(peer)).toMatchObject({ message: { id, delivery: 'read' } });
  });
});
