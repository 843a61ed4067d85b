import { describe, expect, it } from 'vitest';
import { StoreBug, type Anchor, type StoredPage } from '../../../src-main/store/store';
import { incoming, openTestStore } from '../../support/store-kit';

const peer = 'romeo@example.org';
const texts = (page: { readonly messages: readonly { readonly body: string }[] }) =>
  page.messages.map(({ body }) => body);

describe('incoming messages', () => {
  it('are kept exactly as they came', async () => {
    const store = await openTestStore();
    const body = '👩‍👩‍👧 你好 שלום <&>"\' \n\n\ttab '.repeat(2000);
    const { message, fresh } = await store.addMessage(
      incoming({ body, at: 1_700_000_000_123, kind: 'headline', subject: 'Verona' }),
    );
    expect(fresh).toBe(true);
    expect(message).toEqual({
      id: message.id,
      peer,
      direction: 'in',
      kind: 'headline',
      subject: 'Verona',
      body,
      at: 1_700_000_000_123,
      edited: false,
      retracted: false,
      editable: false,
      delivery: null,
      error: null,
    });
    expect(await store.message(message.id)).toEqual(message);
  });

  it('R8 are one row when they come again with the same stanza-id', async () => {
    const store = await openTestStore();
    const first = await store.addMessage(incoming({ stanzaId: 's1', messageId: 'm1' }));
    const again = await store.addMessage(incoming({ stanzaId: 's1', messageId: 'm1', at: 9_000_000 }));
    expect(again).toEqual({ ...first, fresh: false });
    expect(texts(await store.page(peer, null, 10))).toHaveLength(1);
    expect((await store.chat(peer)).unread).toBe(1);
  });

  it('R8 are one row by origin-id or id when one copy came without a stanza-id', async () => {
    const store = await openTestStore();
    const live = await store.addMessage(incoming({ originId: 'o1', messageId: 'o1' }));
    expect((await store.addMessage(incoming({ originId: 'o1', stanzaId: 's1' }))).message.id).toBe(
      live.message.id,
    );
    // The stanza-id was learnt from the second copy.
    expect((await store.addMessage(incoming({ stanzaId: 's1' }))).fresh).toBe(false);

    const plain = await store.addMessage(incoming({ messageId: 'm2', body: 'Juliet' }));
    const offline = await store.addMessage(incoming({ messageId: 'm2', body: 'Juliet', at: 1_030_000 }));
    expect(offline).toEqual({ ...plain, fresh: false });
  });

  it('R8 without any id are told by the archive, the nearest with the same words', async () => {
    const store = await openTestStore();
    const first = await store.addMessage(incoming({ body: 'ok', at: 1_000_000, source: 'live' }));
    const second = await store.addMessage(incoming({ body: 'ok', at: 1_060_000, source: 'live' }));
    const copy = (stanzaId: string, at: number) =>
      store.addMessage(incoming({ body: 'ok', at, stanzaId, source: 'archive' }));
    expect((await copy('s2', 1_059_000)).message.id).toBe(second.message.id);
    expect((await copy('s1', 999_000)).message.id).toBe(first.message.id);
    expect((await copy('s3', 1_000_000)).fresh).toBe(true);
  });

  it('R8 R11 with a short id are told by the archive, the nearest with the same words, however wrong the clock was', async () => {
    const store = await openTestStore();
    const day = 86_400_000;
    const says = (at: number, more: Parameters<typeof incoming>[0]) =>
      store.addMessage(incoming({ body: 'ok', messageId: 'KP4Yx-12', at, ...more }));
    const live = await says(20 * day, { source: 'live' });
    const later = await says(40 * day, { source: 'live' });
    expect((await says(22 * day, { source: 'archive', stanzaId: 's1' })).message.id).toBe(live.message.id);
    expect((await says(23 * day, { source: 'archive', stanzaId: 's2' })).message.id).toBe(later.message.id);
    // Both have their copies now; and without the archive's word such an id counts among close ones only.
    expect((await says(24 * day, { source: 'archive', stanzaId: 's3' })).fresh).toBe(true);
    expect((await says(60 * day, { source: 'offline' })).fresh).toBe(true);
  });

  it('are two when their stanza-ids differ', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming({ stanzaId: 's1', messageId: 'm1' }));
    expect((await store.addMessage(incoming({ stanzaId: 's2', messageId: 'm1' }))).fresh).toBe(true);
    await store.addMessage(incoming({ stanzaId: 's3', originId: 'o1', body: 'one' }));
    const other = await store.addMessage(incoming({ stanzaId: 's4', originId: 'o1', body: 'another' }));
    expect(other.fresh).toBe(true);
  });

  it('R9 without an archive: what had waited stands before what came live on the same stream, in its order', async () => {
    const store = await openTestStore();
    let at = 1_000_000;
    const add = (body: string, stream: number, waited: boolean, earlier = 0) => {
      at += 10;
      const turn = { stream: String(stream), waited };
      return store.addMessage(incoming({ body, source: 'live', at: at - earlier, turn }));
    };
    await add('a', 1, false);
    await add('d', 2, false);
    await add('b', 2, true);
    await add('e', 2, false);
    await add('c2', 2, true);
    await add('c1', 2, true, 15);
    await add('f', 3, true);
    await add('g', 3, false);
    const { messages } = await store.page('romeo@example.org', null, 50);
    expect(messages.map(({ body }) => body)).toEqual(['a', 'b', 'c1', 'c2', 'd', 'e', 'f', 'g']);
  });

  it('R8 are one when the sender, who did not hear of the first, sent the same again', async () => {
    const store = await openTestStore();
    const long = 'a-long-and-random-id';
    await store.addMessage(incoming({ stanzaId: 's1', originId: 'o1' }));
    expect((await store.addMessage(incoming({ stanzaId: 's2', originId: 'o1' }))).fresh).toBe(false);
    await store.addMessage(incoming({ stanzaId: 's3', messageId: long }));
    expect((await store.addMessage(incoming({ stanzaId: 's4', messageId: long }))).fresh).toBe(false);
  });

  it('are two when an old client counts its ids from one again', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming({ messageId: '3', body: 'ok' }));
    const fresh = async (message: Parameters<typeof incoming>[0]) =>
      (await store.addMessage(incoming({ messageId: '3', body: 'ok', ...message }))).fresh;
    expect(await fresh({ body: 'no' })).toBe(true);
    expect(await fresh({ at: 1_000_000 + 3_600_000 })).toBe(true);
    expect(await fresh({ peer: 'nurse@example.org' })).toBe(true);
    expect(await fresh({ at: 1_000_500 })).toBe(false);
  });

  it('are two when nothing tells them apart but that they came twice', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming());
    expect((await store.addMessage(incoming())).fresh).toBe(true);
  });

  it('is never taken for one of ours with the same id', async () => {
    const store = await openTestStore();
    await store.addOutgoing({ peer, body: 'Ay me', originId: 'x', at: 1_000_000 });
    const mirrored = incoming({ originId: 'x', messageId: 'x', body: 'Ay me' });
    expect((await store.addMessage(mirrored)).fresh).toBe(true);
  });
});

describe('the order of a conversation', () => {
  it('R9 is that of their times, and of arrival where these are equal', async () => {
    const store = await openTestStore();
    for (const [body, at] of [
      ['c', 3000],
      ['a', 1000],
      ['d', 3000],
      ['b', 2000],
    ] as const) {
      await store.addMessage(incoming({ body, at, source: 'carbon' }));
    }
    expect(texts(await store.page(peer, null, 10))).toEqual(['a', 'b', 'c', 'd']);
    expect((await store.chat(peer)).last?.text).toBe('d');
  });

  it('R11 keeps what is new at the end when the clock was set back', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming({ body: 'tomorrow', at: 86_400_000, source: 'live' }));
    await store.addOutgoing({ peer, body: 'reply', originId: 'o', at: 1000 });
    await store.addMessage(incoming({ body: 'now', at: 2000, source: 'live' }));
    await store.addMessage(incoming({ body: 'stamped', at: 500, source: 'carbon' }));
    expect(texts(await store.page(peer, null, 10))).toEqual(['stamped', 'tomorrow', 'reply', 'now']);
    expect((await store.chat(peer)).last).toMatchObject({ text: 'now', at: 2000 });
  });

  it('is paged from the newest back, each row once', async () => {
    const store = await openTestStore();
    for (let n = 0; n < 25; n++) {
      await store.addMessage(incoming({ body: `${n}`, at: 1000 + Math.floor(n / 3) }));
    }
    await store.addMessage(incoming({ peer: 'nurse@example.org', body: 'Madam!' }));
    const seen: string[] = [];
    let anchor: Anchor = null;
    for (let more = true; more;) {
      const page: StoredPage = await store.page(peer, anchor, 10);
      seen.unshift(...texts(page));
      anchor = { side: 'before', id: page.messages[0]?.id ?? 0 };
      more = page.older;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `${n}`));
    expect(await store.page('nobody@example.org', null, 10)).toEqual({
      ...{ messages: [], older: false, newer: false, gaps: [], whole: false, top: null },
    });
  });

  it('goes on before a row that was deleted meanwhile', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming({ body: 'first' }));
    const gone = await store.addOutgoing({ peer, body: 'never mind', originId: 'o', at: 2_000_000 });
    await store.discard(gone.message.id);
    expect(texts(await store.page(peer, { side: 'before', id: gone.message.id }, 10))).toEqual(['first']);
  });
});

describe('a text', () => {
  it('with U+0000 is refused and not cut', async () => {
    const store = await openTestStore();
    await expect(store.addMessage(incoming({ body: 'a\0b' }))).rejects.toBeInstanceOf(StoreBug);
    expect(texts(await store.page(peer, null, 10))).toEqual([]);
  });
});
