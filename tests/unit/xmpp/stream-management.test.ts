import { beforeEach, describe, expect, it } from 'vitest';
import { PingAcknowledgements, StreamManagement } from '../../../src-main/xmpp/stream/acknowledgements';
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
      onAnswer: () => undefined,
      onTooHigh: (claimed, count) => tooHigh.push([claimed, count]),
      handled: () => handled,
      settled: () => Promise.resolve(),
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
    handled = 3;
    acks.take(xml('r', { xmlns: sm }));
    await settle();
    expect(sent.at(-1)).toBe(`<a xmlns="${sm}" h="1"/>`);
    expect(tooHigh).toEqual([]);
  });

  it('leaves elements of other namespaces alone', () => {
    expect(management().take(xml('a', { xmlns: 'urn:xmpp:sm:2', h: '9' }))).toBe(false);
    expect(tooHigh).toEqual([]);
  });
});

describe('acknowledgement by ping', () => {
  it('confirms what was sent before the ping that is answered, with an error too', async () => {
    const pings: ((outcome: IqOutcome) => void)[] = [];
    const acks = new PingAcknowledgements(
      { clock, onAnswer: () => undefined },
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

  it('R2 counts a stanza once its handler is done, and takes the next one then', async () => {
    const queue = new InboundQueue(() => undefined);
    const done: (() => void)[] = [];
    const seen: string[] = [];
    queue.push(message(1));
    queue.handler = (element) => {
      seen.push(element.attrs['id'] as string);
      return new Promise((resolve) => done.push(resolve));
    };
    queue.push(message(2));
    queue.pushHandled();
    await settle();
    expect([seen, queue.handled]).toEqual([['1'], 0]);
    done[0]?.();
    await settle();
    expect([seen, queue.handled]).toEqual([['1', '2'], 1]);
    done[1]?.();
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
