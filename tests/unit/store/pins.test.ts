import { describe, expect, it } from 'vitest';
import { incoming, openTestStore } from '../../support/store-kit';

const peer = 'romeo@example.org';

describe('pinned messages', () => {
  it('are kept, the latest pin first, until they are let go, taken back or deleted', async () => {
    const store = await openTestStore();
    const add = async (body: string, messageId: string) =>
      (await store.addMessage(incoming({ body, messageId, originId: messageId }))).message.id;
    const one = await add('one', 'the-first-of-them');
    const two = await add('two', 'the-second-of-them');
    const other = (await store.addMessage(incoming({ peer: 'nurse@example.org' }))).message.id;
    const pinned = async () => (await store.pins(peer)).map(({ body }) => body);
    expect(await store.pin(one, 2_000)).toMatchObject({ body: 'one', pinned: true });
    await store.pin(two, 1_000);
    await store.pin(other, 3_000);
    expect(await pinned()).toEqual(['one', 'two']);
    expect((await store.pin(one, null))?.pinned).toBeUndefined();
    expect(await pinned()).toEqual(['two']);
    await store.pin(one, 4_000);
    await store.amend({
      ...{ peer, direction: 'in', kind: 'retract', target: 'the-first-of-them', body: null, at: 3_000_000 },
      ...{ messageId: 'a-retraction', stanzaId: null },
    });
    expect(await pinned()).toEqual(['two']);
    expect(await store.pin(one, 5_000)).toBeNull();
    await store.deleteRows(peer, [two]);
    expect(await pinned()).toEqual([]);
    expect(await store.pin(9_999, 1)).toBeNull();
  });
});
