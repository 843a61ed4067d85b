import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mostRows, withNewer, withOlder, emptyPage } from '../../../src-renderer/stores/message-list';
import { useMessages } from '../../../src-renderer/stores/messages';
import { closeStream } from '../../../src-renderer/stores/stream';
import type { MessagePage } from '../../../src-shared/ipc/contract';
import type { Message } from '../../../src-shared/model/conversation';
import { accountId, fakeMain, later, message, type FakeMain } from './fake-main';

const peer = 'romeo@example.org';
const page = (ids: readonly number[], extra: Partial<MessagePage> = {}): MessagePage => ({
  messages: ids.map((id) => message(id, id * 10)),
  older: false,
  newer: false,
  gaps: [],
  ...extra,
});

describe('messages of a conversation', () => {
  let main: FakeMain;
  let messages: ReturnType<typeof useMessages>;
  beforeEach(() => {
    vi.useFakeTimers();
    setActivePinia(createPinia());
    main = fakeMain();
    messages = useMessages();
    messages.useAccount(accountId);
    main.snapshot('messages.page', 1, page([2, 3], { older: true }));
  });
  afterEach(() => {
    closeStream();
    vi.useRealTimers();
  });
  const ids = (): readonly number[] => messages.page(peer).messages.map(({ id }) => id);
  const tell = (change: number, told: Message): void =>
    main.tell(change, [{ topic: 'messages', type: 'message', account: accountId, message: told }]);
  const filled = async (change: number): Promise<void> => {
    main.tell(change, [{ topic: 'messages', type: 'filled', account: accountId, peer }]);
    await vi.advanceTimersByTimeAsync(200);
  };
  const lastAnchor = (): unknown =>
    main.calls.findLast(({ name }) => name === 'messages.page')?.args['anchor'];

  it('opens the newest page, follows what is new, and puts older ones in front', async () => {
    await messages.open(peer);
    tell(2, message(4, 40));
    main.snapshot('messages.page', 2, page([1]));
    await messages.loadOlder(peer);
    expect(ids()).toEqual([1, 2, 3, 4]);
    expect(messages.page(peer).older).toBe(false);
    expect(lastAnchor()).toEqual({ side: 'before', id: 2 });
  });

  it('asks once when there are older ones that nobody gives, until the user asks again', async () => {
    await messages.open(peer);
    main.snapshot('messages.page', 2, page([], { older: true }));
    await messages.loadOlder(peer);
    const asked = main.calls.length;
    await messages.loadOlder(peer);
    expect(main.calls).toHaveLength(asked);
    expect(messages.page(peer).stuck).toBe(true);
    await messages.loadOlder(peer, true);
    expect(main.calls).toHaveLength(asked + 1);
  });

  it('shows a sent message once, whichever comes first: the answer or the event', async () => {
    await messages.open(peer);
    const sent = message(5, 50, { direction: 'out', delivery: 'waiting' });
    main.answer('message.send', () => ({ ok: true, value: sent }));
    await messages.send(peer, 'hello');
    tell(2, { ...sent, delivery: 'sent' });
    expect(messages.page(peer).messages.filter((item) => item.id === 5)).toMatchObject([
      { delivery: 'sent' },
    ]);
  });

  it('takes a discarded message away', async () => {
    await messages.open(peer);
    main.tell(2, [{ topic: 'messages', type: 'discarded', account: accountId, peer, id: 3 }]);
    expect(ids()).toEqual([2]);
  });

  it('takes its words away from what answers it', async () => {
    const quoted = { id: 3, direction: 'in', text: 'not for long' } as const;
    await messages.open(peer);
    tell(2, { ...message(4, 40), reply: { quoted, words: null } });
    main.tell(3, [{ topic: 'messages', type: 'discarded', account: accountId, peer, id: 3 }]);
    expect(messages.page(peer).messages.at(-1)?.reply).toEqual({ quoted: null, words: null });
  });

  it('keeps the last twenty conversations and lets go of the rest', async () => {
    for (let index = 0; index < 22; index += 1) await messages.open(`p${String(index)}@x`);
    const topics = main.calls.findLast((call) => call.name === 'window.subscribe')?.args['topics'];
    expect(topics).toHaveLength(20);
    expect(topics).not.toContain('messages:p0@x');
  });

  it('loads what stands round a message that is jumped to, and goes on from there to the end', async () => {
    await messages.open(peer);
    main.snapshot('messages.page', 2, page([10, 11, 12], { older: true, newer: true }));
    expect(await messages.jump(peer, 11)).toBe(true);
    expect(lastAnchor()).toEqual({ side: 'around', id: 11 });
    expect(ids()).toEqual([10, 11, 12]);
    main.snapshot('messages.page', 3, page([13, 14]));
    await messages.loadNewer(peer);
    expect(lastAnchor()).toEqual({ side: 'after', id: 12 });
    expect(ids()).toEqual([10, 11, 12, 13, 14]);
    expect(messages.page(peer).newer).toBe(false);
  });

  it('does not load again what is there to jump to', async () => {
    await messages.open(peer);
    const asked = main.calls.length;
    expect(await messages.jump(peer, 3)).toBe(true);
    expect(main.calls).toHaveLength(asked);
  });

  it('falls back to the newest when the message is gone, and says so', async () => {
    await messages.open(peer);
    main.answer('messages.page', ({ anchor }) =>
      anchor
        ? { ok: false, error: { code: 'no-message' } }
        : { ok: true, value: { change: 2, value: page([2, 3]) } },
    );
    expect(await messages.jump(peer, 99)).toBe(false);
    expect(ids()).toEqual([2, 3]);
  });

  describe('holds no more than it can use', () => {
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => message(from + n, (from + n) * 10)).map(
        (told) => ({ topic: 'messages', type: 'message', account: accountId, message: told }) as const,
      );
    /** In batches, as main tells them. */
    const come = (count: number): void => {
      const from = (ids().at(-1) ?? 0) + 1;
      for (let n = 0; n < count; n += 20) main.tell(from + n, many(from + n, 20));
    };
    beforeEach(() => messages.open(peer));

    it('R23 while very many come: the oldest are let go, and can be read again', () => {
      come(2_000);
      expect(ids().length).toBeLessThanOrEqual(mostRows + 200);
      expect(ids().at(-1)).toBe(2_003);
      expect(messages.page(peer)).toMatchObject({ older: true, newer: false });
    });

    it('R23 while they come and one reads further up: the newest are let go, and nothing near the reader', () => {
      messages.lookAt(peer, { id: 3, offset: 0 });
      come(2_000);
      expect(ids().length).toBeLessThanOrEqual(mostRows);
      expect(ids()[0]).toBe(2);
      expect(messages.page(peer)).toMatchObject({ newer: true });
    });

    it('R23 where the reader is in the middle of it, as much stays on both sides of him', () => {
      come(700);
      messages.lookAt(peer, { id: 400, offset: 0 });
      come(200);
      expect(ids()).toHaveLength(mostRows);
      expect([400 - (ids()[0] ?? 0), (ids().at(-1) ?? 0) - 400]).toEqual([mostRows / 2, mostRows / 2 - 1]);
      expect(messages.page(peer)).toMatchObject({ older: true, newer: true });
    });
  });

  it('leaves out what comes while the end is not loaded, and shows it on the way back', async () => {
    main.snapshot('messages.page', 1, page([10, 11], { newer: true }));
    await messages.open(peer, 10);
    tell(2, message(50, 500));
    tell(3, message(51, 510, { direction: 'out' }));
    expect(ids()).toEqual([10, 11]);
    main.snapshot('messages.page', 4, page([50, 51], { older: true }));
    await messages.toNewest(peer);
    expect(lastAnchor()).toBeNull();
    expect(ids()).toEqual([50, 51]);
  });

  it('gets to the newest page, whatever is seen or read again on the way', async () => {
    main.snapshot('messages.page', 1, page([10, 11], { older: true, newer: true }));
    await messages.jump(peer, 10);
    main.answer('messages.page', ({ anchor }) => ({
      ok: true,
      value: {
        change: 4,
        value: anchor === null ? page([50, 51], { older: true }) : page([10, 11], { newer: true }),
      },
    }));
    const there = messages.toNewest(peer);
    messages.lookAt(peer, { id: 10, offset: 0 });
    await Promise.all([messages.reload(peer), there]);
    expect(ids()).toEqual([50, 51]);
  });

  it('R9 reads again what is shown when the archive has filled it, round the row that is looked at', async () => {
    await messages.open(peer);
    messages.lookAt(peer, { id: 3, offset: 0 });
    main.snapshot('messages.page', 2, page([1, 2, 3]));
    await filled(2);
    expect(lastAnchor()).toEqual({ side: 'around', id: 3 });
    expect(ids()).toEqual([1, 2, 3]);
    messages.lookAt(peer, null);
    await filled(3);
    expect(lastAnchor()).toBeNull();
  });

  it('keeps what is shown when it cannot be read again', async () => {
    await messages.open(peer);
    main.answer('messages.page', () => ({ ok: false, error: { code: 'internal' } }));
    await filled(2);
    expect(messages.page(peer)).toMatchObject({ state: 'ready', error: null });
    expect(ids()).toEqual([2, 3]);
  });

  it('R11 asks main for the place of a new message when the clock was turned back', async () => {
    main.snapshot('messages.page', 1, page([2, 3]));
    await messages.open(peer);
    main.snapshot('messages.page', 2, {
      ...page([2, 3]),
      messages: [...page([2, 3]).messages, message(4, 1)],
    });
    tell(2, message(4, 1));
    await vi.advanceTimersByTimeAsync(200);
    expect(ids()).toEqual([2, 3, 4]);
  });

  it('leaves an old message alone that is told about but not loaded', async () => {
    await messages.open(peer);
    tell(2, message(1, 5, { edited: true }));
    await vi.advanceTimersByTimeAsync(200);
    expect(ids()).toEqual([2, 3]);
  });

  it('asks for a gap, then reads again what is shown', async () => {
    main.snapshot('messages.page', 1, page([2, 9], { gaps: [{ before: 9, state: 'open' }] }));
    await messages.open(peer);
    const answer = later<unknown>();
    main.answer('messages.page', ({ anchor }) =>
      anchor ? answer.promise : { ok: true, value: { change: 3, value: page([2, 8, 9]) } },
    );
    const closing = messages.fillGap(peer, 9);
    expect(messages.page(peer).reading).toBe(9);
    answer.resolve({ ok: true, value: { change: 2, value: page([8]) } });
    await closing;
    expect(ids()).toEqual([2, 8, 9]);
    expect(messages.page(peer).reading).toBeNull();
  });

  it('R23 lets go of the far end when more is loaded than it keeps', () => {
    const all = page(Array.from({ length: mostRows }, (_, index) => 1000 + index));
    const shown = { ...emptyPage, ...all, state: 'ready' as const };
    const older = withOlder(shown, page([1, 2], { older: true }));
    expect(older).toMatchObject({ newer: true, older: true });
    expect(older.messages?.at(-1)?.id).toBe(1000 + mostRows - 3);
    const newer = withNewer({ ...shown, newer: true }, page([5000, 5001]));
    expect(newer).toMatchObject({ newer: false, older: true });
    expect(newer.messages?.[0]?.id).toBe(1002);
  });
});
