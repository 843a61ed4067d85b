import { beforeEach, describe, expect, it } from 'vitest';
import { createWindowHub, type WindowHub } from '../../../src-main/ipc/window-hub';
import type { AppEvent, EventBatch } from '../../../src-shared/ipc/events';
import type { AccountId } from '../../../src-shared/model/account';
import type { Message } from '../../../src-shared/model/conversation';

const account = '0'.repeat(32) as AccountId;
const typing = (peer: string): AppEvent => ({ topic: 'chats', type: 'typing', account, peer, state: null });
const discarded = (peer: string): AppEvent => ({
  topic: 'messages',
  type: 'discarded',
  account,
  peer,
  id: 1,
});
const showChat: AppEvent = { topic: 'app', type: 'show-chat', account, peer: 'romeo@montague.lit' };

describe('what windows are told', () => {
  let timers: { readonly at: number; readonly run: () => void }[];
  let now: number;
  let hub: WindowHub;
  let visible: boolean;
  let batches: EventBatch[];
  let change: number;

  const pass = (ms: number): void => {
    now += ms;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { run } of due) run();
  };
  const push = (event: AppEvent): void => {
    hub.push({ change: ++change, event });
  };
  const changes = (): readonly (readonly number[])[] =>
    batches.map(({ events }) => events.map((event) => event.change));

  beforeEach(() => {
    timers = [];
    now = change = 0;
    visible = true;
    batches = [];
    hub = createWindowHub((ms, run) => {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return { cancel: () => (timers = timers.filter((one) => one !== timer)) };
    });
    hub.add(1, { send: (batch) => batches.push(batch), isVisible: () => visible });
  });

  it('is nothing before the window subscribes, then only its topics, each conversation one of its own', () => {
    push(typing('a'));
    hub.subscribe(1, ['chats', 'messages:a']);
    push(typing('b'));
    push(discarded('a'));
    push(discarded('b'));
    pass(16);
    expect(changes()).toEqual([[2, 3]]);
  });

  it('comes in batches, 16 ms while the window is on screen and 250 ms while it is not, counted without holes', () => {
    hub.subscribe(1, ['chats']);
    push(typing('a'));
    push(typing('b'));
    pass(15);
    expect(batches).toEqual([]);
    pass(1);
    visible = false;
    push(typing('c'));
    pass(249);
    push(typing('d'));
    pass(1);
    expect(changes()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(batches.map(({ batch }) => batch)).toEqual([1, 2]);
  });

  it('R21 of ten thousand changes at once comes in pieces, in their order', () => {
    hub.subscribe(1, ['chats']);
    for (let n = 0; n < 1_200; n += 1) push(typing(`p${String(n)}`));
    pass(16);
    expect(batches.map(({ events }) => events.length)).toEqual([500]);
    pass(16);
    pass(16);
    pass(16);
    expect(batches.map(({ events }) => events.length)).toEqual([500, 500, 200]);
    expect(changes().flat()).toEqual(Array.from({ length: 1_200 }, (_, n) => n + 1));
    expect(timers).toEqual([]);
  });

  it('comes with few messages at a time, for each is a row to be laid out', () => {
    hub.subscribe(1, ['messages:a']);
    const message = { peer: 'a' } as Message;
    for (let n = 0; n < 60; n += 1) push({ topic: 'messages', type: 'message', account, message });
    for (let n = 0; n < 4; n += 1) pass(16);
    expect(batches.map(({ events }) => events.length)).toEqual([25, 25, 10]);
    expect(changes().flat()).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
  });

  it('R22 of what happens in a big room each person counts', () => {
    hub.subscribe(1, ['occupants:hall@c.d']);
    const gone = Array.from({ length: 200 }, (_, n) => `p${String(n)}`);
    for (let n = 0; n < 5; n += 1)
      push({ topic: 'occupants', type: 'occupants', account, peer: 'hall@c.d', changed: [], gone });
    for (let n = 0; n < 4; n += 1) pass(16);
    expect(changes()).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('starts over with a new page: nothing of the old one is sent, the count begins again', () => {
    hub.subscribe(1, ['chats']);
    push(typing('a'));
    pass(16);
    push(typing('b'));
    hub.reset(1);
    pass(300);
    push(typing('c'));
    hub.subscribe(1, ['chats']);
    push(typing('d'));
    pass(16);
    expect(changes()).toEqual([[1], [4]]);
    expect(batches.map(({ batch }) => batch)).toEqual([1, 1]);
  });

  it('keeps for a page that is still loading what a notification asked to show', () => {
    push(showChat);
    hub.subscribe(1, ['chats']);
    pass(16);
    expect(batches).toEqual([]);
    hub.subscribe(1, ['chats', 'app']);
    pass(16);
    hub.subscribe(1, ['app']);
    pass(16);
    expect(batches.map(({ events }) => events.map(({ event }) => event))).toEqual([[showChat]]);
  });

  it("tells the desktop's own events under the number of the last change", () => {
    hub.subscribe(1, ['app', 'chats']);
    push(typing('a'));
    hub.tell({ topic: 'app', type: 'closed-to-taskbar' });
    pass(16);
    expect(changes()).toEqual([[1, 1]]);
  });

  it('tells nothing to a window that is gone', () => {
    hub.subscribe(1, ['chats']);
    push(typing('a'));
    hub.remove(1);
    pass(300);
    push(typing('b'));
    pass(300);
    expect(batches).toEqual([]);
  });
});
