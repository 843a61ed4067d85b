import { beforeEach, describe, expect, it } from 'vitest';
import {
  PingAcknowledgements,
  StreamManagement,
  wrapped,
} from '../../../src-main/xmpp/stream/acknowledgements';
import { InboundQueue } from '../../../src-main/xmpp/stream/inbound-queue';
import type { IqOutcome } from '../../../src-main/xmpp/link';
import { xml, type Element } from '../../../src-main/xmpp/stream/xml';
import { FakeClock, settle } from '../../support/clock';
import { stanza } from '../../support/stanza';

const sm = 'urn:xmpp:sm:3';
let clock: FakeClock;
let sent: string[];
let tooHigh: [string, number][];
let handled: number;
let confirmed: number[];
const management = (start = 0): StreamManagement =>
  new StreamManagement(
    sm,
    {
      clock,
      send: (element) => sent.push(element.toString()),
      onAsked: () => undefined,
      onAnswer: () => undefined,
      onTooHigh: (claimed, count) => tooHigh.push([claimed, count]),
      handled: () => handled,
      settled: () => Promise.resolve(handled),
    },
    start,
  );
const a = (h: number | string): Element => xml('a', { xmlns: sm, h: String(h) });
const send = (acks: StreamManagement, ...numbers: readonly number[]): void => {
  for (const number of numbers) acks.sent(() => confirmed.push(number));
};
beforeEach(() => {
  clock = new FakeClock();
  sent = [];
  tooHigh = [];
  handled = 0;
  confirmed = [];
});
const asks = (): number => sent.filter((frame) => frame.startsWith('<r ')).length;

describe('stream management', () => {
  it('asks once for a burst and confirms in order what is acknowledged', async () => {
    const acks = management();
    send(acks, 1, 2, 3);
    await clock.advance(0);
    expect(asks()).toBe(1);
    acks.take(a(2));
    expect(confirmed).toEqual([1, 2]);
    await clock.advance(0);
    expect(asks()).toBe(2);
    acks.take(a(3));
    expect(confirmed).toEqual([1, 2, 3]);
    await clock.advance(5000);
    expect(asks()).toBe(2);
  });

  it('does not ask in a circle when the server counts late', async () => {
    const acks = management();
    send(acks, 1);
    await clock.advance(0);
    for (let i = 0; i < 5; i += 1) acks.take(a(0));
    await clock.advance(999);
    expect(asks()).toBe(1);
    await clock.advance(1);
    expect(asks()).toBe(2);
  });

  it('counts stanzas of which nobody wants to know', () => {
    const acks = management();
    acks.sent();
    send(acks, 2);
    acks.take(a(1));
    expect(confirmed).toEqual([]);
    acks.take(a(2));
    expect(confirmed).toEqual([2]);
  });

  it('R4 an h that is too high, or unreadable, ends the stream and confirms nothing', () => {
    const acks = management();
    send(acks, 1, 2);
    acks.take(a(3));
    acks.take(a('many'));
    acks.take(xml('a', { xmlns: sm }));
    expect(confirmed).toEqual([]);
    expect(tooHigh.map(([, count]) => count)).toEqual([2, 2, 2]);
  });

  it('R4 an h that goes back is too high', () => {
    const acks = management();
    send(acks, 1, 2);
    acks.take(a(2));
    acks.take(a(1));
    expect(tooHigh).toEqual([['1', 2]]);
  });

  it('R4 wraps at 2^32, both ways', async () => {
    const acks = management(2 ** 32 - 2);
    send(acks, 1, 2, 3);
    acks.take(a(2 ** 32 - 1));
    expect(confirmed).toEqual([1]);
    acks.take(a(1));
    expect(confirmed).toEqual([1, 2, 3]);
    handled = wrapped(2 ** 32 - 2 + 3);
    acks.take(xml('r', { xmlns: sm }));
    await settle();
    expect(sent.at(-1)).toBe(`<a xmlns="${sm}" h="1"/>`);
    expect(acks.written).toBe(1);
    expect(tooHigh).toEqual([]);
  });

  it('leaves elements of other namespaces alone', () => {
    expect(management().take(xml('a', { xmlns: 'urn:xmpp:sm:2', h: '9' }))).toBe(false);
    expect(tooHigh).toEqual([]);
  });
});

describe('acknowledgement by ping', () => {
  it('R5 asks again where no answer came in time, and confirms all of it in order then', async () => {
    const pings: ((outcome: IqOutcome) => void)[] = [];
    const acks = new PingAcknowledgements(
      { clock, onAsked: () => undefined, onAnswer: () => undefined },
      () => new Promise((resolve) => pings.push(resolve)),
    );
    acks.sent(() => confirmed.push(1));
    await clock.advance(0);
    acks.sent(() => confirmed.push(2));
    pings[0]?.({ ok: false, error: { condition: 'timeout', type: null, text: null } });
    await settle();
    expect(confirmed).toEqual([]);
    expect(pings).toHaveLength(2);
    pings[1]?.({ ok: false, error: { condition: 'service-unavailable', type: 'cancel', text: null } });
    await settle();
    expect(confirmed).toEqual([1, 2]);
  });

  it('confirms what was sent before the ping that is answered, with an error too', async () => {
    const pings: ((outcome: IqOutcome) => void)[] = [];
    const acks = new PingAcknowledgements(
      { clock, onAsked: () => undefined, onAnswer: () => undefined },
      () => new Promise((resolve) => pings.push(resolve)),
    );
    acks.sent(() => confirmed.push(1));
    await clock.advance(0);
    acks.sent(() => confirmed.push(2));
    expect(pings).toHaveLength(1);
    pings[0]?.({ ok: false, error: { condition: 'service-unavailable', type: 'cancel', text: null } });
    await settle();
    expect(confirmed).toEqual([1]);
    expect(pings).toHaveLength(2);
    pings[1]?.({ ok: false, error: { condition: 'lost', type: null, text: null } });
    await settle();
    expect(confirmed).toEqual([1]);
  });
});

describe('inbound queue', () => {
  const message = (id: number): Element => stanza(`<message id='${String(id)}'/>`);
  const presence = (id: number): Element => stanza(`<presence id='${String(id)}'/>`);
  const slow = (
    first: readonly Element[],
  ): { readonly queue: InboundQueue; readonly seen: string[]; readonly done: Map<string, () => void> } => {
    const queue = new InboundQueue(() => undefined);
    const done = new Map<string, () => void>();
    const seen: string[] = [];
    for (const element of first) queue.push(element);
    queue.handler = (element) => {
      const id = element.attrs['id'] as string;
      seen.push(id);
      return new Promise((resolve) => done.set(id, resolve));
    };
    return { queue, seen, done };
  };

  it('R2 counts a stanza once its handler is done, and those of all before it', async () => {
    const { queue, done } = slow([message(1), message(2)]);
    queue.pushHandled();
    done.get('2')?.();
    await settle();
    expect(queue.handled).toBe(0);
    done.get('1')?.();
    await settle();
    expect(queue.handled).toBe(3);
  });

  it('hands messages over side by side, and anything else alone, in order', async () => {
    const { queue, seen, done } = slow([message(1), message(2), presence(3), message(4), presence(5)]);
    expect(seen).toEqual(['1', '2']);
    done.get('1')?.();
    await settle();
    expect(seen).toEqual(['1', '2']);
    done.get('2')?.();
    await settle();
    expect(seen).toEqual(['1', '2', '3']);
    done.get('3')?.();
    await settle();
    expect(seen).toEqual(['1', '2', '3', '4']);
    done.get('4')?.();
    await settle();
    let idle = false;
    void queue.idle().then(() => (idle = true));
    await settle();
    expect([seen.at(-1), idle]).toEqual(['5', false]);
    done.get('5')?.();
    await settle();
    expect([queue.handled, idle]).toEqual([5, true]);
  });

  it('hands over fifty messages at a time', async () => {
    const { seen, done } = slow(Array.from({ length: 60 }, (_, index) => message(index)));
    expect(seen).toHaveLength(50);
    done.get('7')?.();
    await settle();
    expect(seen).toHaveLength(51);
  });

  it('holds up nothing that an archive query found', async () => {
    const { queue, seen, done } = slow([presence(1), message(2)]);
    queue.push(stanza("<message id='3'><result xmlns='urn:xmpp:mam:2'/></message>"));
    expect(seen).toEqual(['1', '3']);
    for (const id of ['3', '1']) done.get(id)?.();
    await settle();
    expect([seen, queue.handled]).toEqual([['1', '3', '2'], 1]);
    done.get('2')?.();
    await settle();
    expect(queue.handled).toBe(3);
  });

  it('R2 R12 never counts a stanza whose handler failed, and takes none after it', async () => {
    const errors: unknown[] = [];
    const seen: string[] = [];
    const queue = new InboundQueue((error) => errors.push(error));
    queue.handler = (element) => {
      const id = element.attrs['id'] as string;
      seen.push(id);
      if (id === '2') throw new Error('disk full');
    };
    for (const id of [1, 2, 3]) queue.push(message(id));
    await settle();
    queue.push(message(4));
    queue.pushHandled();
    await settle();
    expect(seen).toEqual(['1', '2']);
    expect(errors).toHaveLength(1);
    expect(queue.handled).toBe(1);
  });
});
