import { expect, it } from 'vitest';
import type { SessionContext } from '../../../src-main/session/context';
import { createOutbox } from '../../../src-main/session/outbox';
import type { Store, StreamPlace } from '../../../src-main/store/store';
import type { Ports } from '../../../src-main/ports';
import type { Link } from '../../../src-main/xmpp/link';
import { FakeClock } from '../../support/clock';
import { listLog, openTestStore } from '../../support/store-kit';

const peer = 'romeo@example.org';

/** A line whose confirmations come when the test says so. */
const slowLine = (more: Partial<Link> = {}) => {
  const sent: { readonly xml: string; readonly confirm: () => void }[] = [];
  const link: Pick<Link, 'sendNumbered' | 'resumed' | 'refused'> = {
    resumed: null,
    refused: null,
    async sendNumbered(stanza, commit, confirm = () => undefined) {
      const place: StreamPlace = { session: 'a session', number: sent.length + 1 };
      if (await commit(place)) sent.push({ xml: stanza.toString(), confirm });
    },
    ...more,
  };
  return { sent, link: link as Link };
};

/** An outbox on a line that can be changed, with all the ports that it needs. */
const outboxOn = async (first: ReturnType<typeof slowLine>, kept?: Store) => {
  const store = kept ?? (await openTestStore());
  const clock = new FakeClock();
  const proofs: Link[] = [];
  let line = first;
  let roomReady = false;
  let roomEnd: string | null = null;
  const lost: string[] = [];
  const failures = { count: 0 };
  let prove: (store: Store) => Promise<unknown> = () => Promise.resolve();
  const ports = { clock, log: listLog(), random: { fraction: () => 0 } } as unknown as Ports;
  const context = {
    store,
    ports,
    bare: 'juliet@example.org',
    link: () => line.link,
    translate: () => (key: string) => key,
  } as unknown as SessionContext;
  const outbox = createOutbox(context, {
    changed: () => undefined,
    failed: () => void (failures.count += 1),
    news: () => undefined,
    lacks: () => false,
    proveSent: async (link) => {
      proofs.push(link);
      await prove(store);
    },
    rooms: {
      roomOf: (to) => (to.startsWith('verona@') ? 'verona@rooms.example.org' : null),
      audience: () => ({ nicks: new Set<string>(), kind: 'channel', lacks: () => false }),
      lacksIn: () => false,
      isReady: () => roomReady,
      endOf: () => roomEnd,
      isAnother: () => false,
      doubt: () => undefined,
      lost: (room) => lost.push(room),
    },
  });
  const write = async (body: string, to = peer) =>
    (await store.addOutgoing({ peer: to, body, originId: `id of ${body}`, at: 1 })).message.id;
  return {
    ...{ store, clock, outbox, proofs, write, lost, failures },
    enterRoom() {
      roomReady = true;
      outbox.roomReady('verona@rooms.example.org');
    },
    endRoom(condition: string) {
      roomReady = false;
      roomEnd = condition;
    },
    goTo(next: ReturnType<typeof slowLine>) {
      line = next;
    },
    proveBy(how: typeof prove) {
      prove = how;
    },
  };
};
const bodiesOf = (line: ReturnType<typeof slowLine>) =>
  line.sent.map(({ xml }) => /<body>(.*)<\/body>/.exec(xml)?.[1]);
const wait = { condition: 'resource-constraint', type: 'wait', text: null } as const;

it('R20 a late acknowledgement of a try that failed does not pass for the next one', async () => {
  const line = slowLine();
  const { store, outbox, write } = await outboxOn(line);
  const id = await write('hello');
  await outbox.flush();
  await outbox.bounced(peer, 'id of hello', { condition: 'service-unavailable', type: 'cancel', text: null });
  expect((await store.message(id))?.delivery).toBe('failed');

  outbox.again(id);
  await store.requeue(id);
  line.sent[0]?.confirm();
  await outbox.flush();
  expect(line.sent).toHaveLength(2);
  expect((await store.message(id))?.delivery).toBe('waiting');

  line.sent[1]?.confirm();
  await outbox.flush();
  expect((await store.message(id))?.delivery).toBe('sent');
  expect(await store.outbox()).toEqual([]);
});

it('R3 a new session asks the archive first, and sends only the rest again, under the same ids', async () => {
  const [before, after] = [slowLine(), slowLine()];
  const { outbox, proofs, write, goTo, proveBy } = await outboxOn(before);
  const arrived = await write('arrived');
  await write('lost');
  await outbox.flush();
  await write('new');
  proveBy((store) => store.markSent(arrived));
  goTo(after);
  await outbox.began(after.link);
  await outbox.flush();
  expect(proofs).toEqual([after.link]);
  expect(bodiesOf(after)).toEqual(['lost', 'new']);
  expect(after.sent[0]?.xml).toContain('id="id of lost"');
  // What goes again says when it was written.
  expect(after.sent.map(({ xml }) => xml.includes('urn:xmpp:delay'))).toEqual([true, false]);
});

it('R3 a resumed session sends again what its count does not cover, and asks nobody', async () => {
  const [before, after] = [slowLine(), slowLine({ resumed: { id: 'a session', handled: 2 } })];
  const { store, outbox, proofs, write, goTo } = await outboxOn(before);
  const ids = [await write('one'), await write('two'), await write('three')];
  await outbox.flush();
  goTo(after);
  await outbox.began(after.link);
  await outbox.flush();
  expect(bodiesOf(after)).toEqual(['three']);
  const deliveries = await Promise.all(ids.map(async (id) => (await store.message(id))?.delivery));
  expect(deliveries).toEqual(['sent', 'sent', 'waiting']);
  expect(proofs).toEqual([]);
});

it('R3 a session that ended before it asked the archive asks once it is resumed, and sends only the rest again', async () => {
  const [before, between] = [slowLine(), slowLine()];
  const resumed = slowLine({ resumed: { id: 'another session', handled: 0 } });
  const { outbox, proofs, write, goTo, proveBy } = await outboxOn(before);
  await outbox.began(before.link);
  await outbox.flush();
  const arrived = await write('arrived');
  await write('lost');
  await outbox.flush();
  proveBy((store) => store.markSent(arrived));
  goTo(between);
  await outbox.began(between.link);
  goTo(resumed);
  await outbox.began(resumed.link);
  await outbox.flush();
  expect(proofs).toEqual([resumed.link]);
  expect(bodiesOf(resumed)).toEqual(['lost']);
});

it('R19 what the server sends back for now goes again after a while, in its order, and holds up nobody else', async () => {
  const line = slowLine();
  const { outbox, clock, write } = await outboxOn(line);
  await write('one');
  await write('two');
  await outbox.flush();
  // Written later, it would come first now that the others are at the end of the queue.
  await write('three');
  await outbox.bounced(peer, 'id of one', wait);
  await outbox.bounced(peer, 'id of two', wait);
  await write('elsewhere', 'nurse@example.org');
  await outbox.flush();
  expect(bodiesOf(line)).toEqual(['one', 'two', 'elsewhere']);
  await clock.advance(999);
  await outbox.flush();
  expect(line.sent).toHaveLength(3);
  await clock.advance(1);
  await outbox.flush();
  expect(bodiesOf(line).slice(3)).toEqual(['one', 'two', 'three']);
  // The second time it waits longer.
  await outbox.bounced(peer, 'id of one', wait);
  await clock.advance(1_999);
  await outbox.flush();
  expect(line.sent).toHaveLength(6);
  await clock.advance(1);
  await outbox.flush();
  expect(bodiesOf(line).at(-1)).toBe('one');
});

it('R19 what was sent back keeps its place though the app is killed while it waits', async () => {
  const [before, after] = [slowLine(), slowLine()];
  const { store, outbox, write } = await outboxOn(before);
  const ids = [await write('one'), await write('two')];
  await outbox.flush();
  // The server takes a message before it says no to it.
  before.sent[0]?.confirm();
  await outbox.flush();
  expect((await store.message(ids[0] ?? 0))?.delivery).toBe('sent');
  await write('three');
  await outbox.bounced(peer, 'id of one', wait);
  await outbox.bounced(peer, 'id of two', wait);
  expect((await store.message(ids[0] ?? 0))?.delivery).toBe('waiting');
  await (await outboxOn(after, store)).outbox.flush();
  expect(bodiesOf(after)).toEqual(['one', 'two', 'three']);
});

it('R19 an acknowledgement that comes while it is being taken back does not make it sent', async () => {
  const line = slowLine();
  const { store, outbox, write, clock } = await outboxOn(line);
  const id = await write('one');
  await outbox.flush();
  const back = outbox.bounced(peer, 'id of one', wait);
  line.sent[0]?.confirm();
  await back;
  await outbox.flush();
  expect((await store.message(id))?.delivery).toBe('waiting');
  await clock.advance(2_000);
  await outbox.flush();
  expect(bodiesOf(line)).toEqual(['one', 'one']);
});

it('R19 after many tries it fails, with the server’s reason', async () => {
  const line = slowLine();
  const { store, outbox, clock, write, failures } = await outboxOn(line);
  const id = await write('one');
  for (let n = 0; n < 20 && (await store.message(id))?.delivery === 'waiting'; n++) {
    await outbox.flush();
    await outbox.bounced(peer, 'id of one', wait);
    await clock.advance(60_000);
  }
  expect(line.sent).toHaveLength(11);
  // The user hears of it once, and not of the tries before.
  expect(failures.count).toBe(1);
  expect(await store.message(id)).toMatchObject({
    delivery: 'failed',
    error: { condition: 'resource-constraint' },
  });
});

it('a text that is changed while it is being written goes as it is now', async () => {
  const line = slowLine();
  const { store, outbox, write } = await outboxOn(line);
  const id = await write('old');
  const flushed = outbox.flush();
  const rewritten = await store.rewrite(id, 'new');
  await flushed;
  await outbox.flush();
  expect(bodiesOf(line)).toEqual([rewritten ? 'new' : 'old']);
  expect((await store.message(id))?.body).toBe(rewritten ? 'new' : 'old');
});

it('R3 what goes to a room waits until we are in it, and is sent once the room has said it to all', async () => {
  const line = slowLine();
  const { store, outbox, write, enterRoom, lost } = await outboxOn(line);
  const room = 'verona@rooms.example.org';
  const id = await write('Ay me!', room);
  await outbox.flush();
  expect(line.sent).toEqual([]);
  enterRoom();
  await outbox.flush();
  expect(line.sent[0]?.xml).toContain('type="groupchat"');
  line.sent[0]?.confirm();
  await outbox.flush();
  expect((await store.message(id))?.delivery).toBe('waiting');
  // The room does not know us: it goes again once it does.
  await outbox.bounced(room, 'id of Ay me!', { condition: 'not-acceptable', type: 'cancel', text: null });
  expect(lost).toEqual([room]);
  expect((await store.message(id))?.delivery).toBe('waiting');
  enterRoom();
  await outbox.flush();
  expect(line.sent).toHaveLength(2);
});

it('what a room has never said fails once we are out of it for good, with its reason, and can be deleted', async () => {
  const line = slowLine();
  const { store, outbox, write, enterRoom, endRoom } = await outboxOn(line);
  const room = 'verona@rooms.example.org';
  enterRoom();
  const id = await write('Ay me!', room);
  await outbox.flush();
  line.sent[0]?.confirm();
  endRoom('gone');
  await outbox.flush();
  expect(await store.message(id)).toMatchObject({ delivery: 'failed', error: { condition: 'gone' } });
  expect(await store.discard(id)).toBe(true);
});

it('nothing overtakes what waits for its room, though the room be ready while others are written', async () => {
  const line = slowLine();
  const { outbox, write, enterRoom } = await outboxOn(line);
  const room = 'verona@rooms.example.org';
  await write('first in the room', room);
  await write('to Romeo');
  await write('second in the room', room);
  const { sendNumbered } = line.link;
  let entered = false;
  Object.assign(line.link, {
    sendNumbered: async (...args: Parameters<Link['sendNumbered']>) => {
      if (!entered) enterRoom();
      entered = true;
      await sendNumbered(...args);
    },
  });
  await outbox.flush();
  await outbox.flush();
  expect(bodiesOf(line)).toEqual(['to Romeo', 'first in the room', 'second in the room']);
});

it('what a room sent back, for we were not in it, goes before what was written since', async () => {
  const line = slowLine();
  const { outbox, write, enterRoom, lost } = await outboxOn(line);
  const room = 'verona@rooms.example.org';
  enterRoom();
  await write('first in the room', room);
  await outbox.flush();
  const outside = { condition: 'not-acceptable', type: 'modify', text: null };
  await write('second in the room', room);
  await outbox.bounced(room, 'id of first in the room', outside);
  await outbox.flush();
  expect(lost).toEqual([room]);
  expect(bodiesOf(line)).toEqual(['first in the room', 'first in the room', 'second in the room']);
});
