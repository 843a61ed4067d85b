import { describe, expect, it } from 'vitest';
import { createHub } from '../../../src-main/session/hub';
import { createReadState } from '../../../src-main/session/read-state';
import type { SessionContext } from '../../../src-main/session/context';
import type { Element } from '../../../src-main/xmpp/element';
import type { IqOutcome, Link } from '../../../src-main/xmpp/link';
import { defaultSettings, type Settings } from '../../../src-shared/model/settings';
import type { Store } from '../../../src-main/store/store';
import { FakeClock, settle } from '../../support/clock';
import { stanza } from '../../support/stanza';
import { incoming, listLog, openTestStore } from '../../support/store-kit';

const own = 'juliet@x';
const romeo = 'romeo@x';
const MDS = 'urn:xmpp:mds:displayed:0';
const OPTIONS = 'http://jabber.org/protocol/pubsub#publish-options';

/** A server that remembers what it was asked, and answers as the test says. */
const line = (answer: (xml: string) => IqOutcome | 'result' = () => 'result') => {
  const asked: string[] = [];
  const sent: string[] = [];
  const link = {
    iq: (_: string, child: Element): Promise<IqOutcome> => {
      asked.push(child.toString());
      const outcome = answer(child.toString());
      return Promise.resolve(
        outcome === 'result' ? { ok: true, iq: stanza("<iq type='result'/>") } : outcome,
      );
    },
    send: (one: Element) => void sent.push(one.toString()),
  } as unknown as Link;
  return { link, asked, sent };
};
const refuse = (condition: string): IqOutcome => ({
  ok: false,
  error: { condition, type: null, text: null },
});

interface Given {
  readonly features?: readonly string[];
  readonly settings?: Partial<Settings>;
  readonly known?: boolean;
  readonly store?: Store;
}
const make = async (given: Given = {}) => {
  const { features = [OPTIONS], settings = {}, known = true } = given;
  const store = given.store ?? (await openTestStore());
  const clock = new FakeClock();
  const closed: string[] = [];
  const events: string[] = [];
  const hub = createHub();
  hub.listen(({ event }) => events.push(event.type));
  let link: Link | null = null;
  const context = {
    bare: own,
    store,
    hub,
    ports: { clock, log: listLog() },
    features: () => new Set(features),
    settings: () => ({ ...defaultSettings, ...settings }),
    link: () => link,
  } as unknown as SessionContext;
  const readState = createReadState(
    context,
    { mayLearn: () => known },
    { read: (peer) => void closed.push(peer) },
  );
  await readState.load();
  let messages = 0;
  const say = async (peer = romeo, markable = false) => {
    messages += 1;
    const id = String(messages);
    const at = 1_000_000 + messages;
    await store.addMessage(
      incoming({ peer, at, messageId: `m${id}`, stanzaId: `s${id}`, body: id, markable }),
    );
  };
  /** Lets the second pass, and the store's process answer. */
  const later = async () => {
    await clock.advance(1_000);
    for (let round = 0; round < 20; round++) {
      await store.chats();
      await settle();
    }
  };
  return { readState, store, closed, events, say, later, clock, on: (one: Link | null) => (link = one) };
};
const publishes = (asked: readonly string[]) => asked.filter((xml) => xml.includes('<publish '));
const event = (from: string | null, stanzaId: string, by = own) =>
  stanza(
    `<message ${from === null ? '' : `from='${from}'`}><event xmlns='http://jabber.org/protocol/pubsub#event'>` +
      `<items node='${MDS}'><item id='${romeo}'><displayed xmlns='${MDS}'>` +
      `<stanza-id xmlns='urn:xmpp:sid:0' by='${by}' id='${stanzaId}'/></displayed></item></items></event></message>`,
  );

describe('read here', () => {
  it('is published a second later, the last place alone, and once', async () => {
    const { readState, say, later, on, store } = await make();
    const { link, asked, sent } = line();
    on(link);
    await say();
    await readState.read(romeo);
    await say();
    await readState.read(romeo);
    expect(asked).toEqual([]);
    await later();
    expect(publishes(asked)).toHaveLength(1);
    expect(asked[0]).toContain('id="s2"');
    expect(asked[0]).toContain('whitelist');
    expect(sent).toEqual([]);
    await readState.read(romeo);
    await later();
    expect(publishes(asked)).toHaveLength(1);
    expect((await store.chat(romeo)).unread).toBe(0);
  });

  it('tells the contact where it was asked to, once, and to those who may know', async () => {
    for (const [known, settings, expected] of [
      [true, {}, 1],
      [true, { sendMarkers: false }, 0],
      [false, {}, 0],
    ] as const) {
      const { readState, say, later, on } = await make({ known, settings });
      const { link, sent } = line();
      on(link);
      await say(romeo, true);
      await readState.read(romeo);
      await later();
      await readState.read(romeo);
      await later();
      expect(sent).toHaveLength(expected);
      if (expected) expect(sent[0]).toContain('id="m1"');
    }
  });

  it('is told on the next stream when there was none, in this run or the next', async () => {
    const first = await make();
    await first.say();
    await first.readState.read(romeo);
    await first.later();
    const next = await make({ store: first.store });
    const { link, asked } = line();
    next.on(link);
    next.readState.wentOnline();
    await next.later();
    expect(publishes(asked)).toHaveLength(1);
    next.readState.wentOnline();
    await next.later();
    expect(publishes(asked)).toHaveLength(1);
  });

  it('is told again when the line was lost on the way', async () => {
    const { readState, say, later, on } = await make();
    const lost = line(() => refuse('lost'));
    on(lost.link);
    await say();
    await readState.read(romeo);
    await later();
    const next = line();
    on(next.link);
    readState.wentOnline();
    await later();
    expect(publishes(next.asked)).toHaveLength(1);
  });

  it('T8 is not published where the server does not promise to keep it closed', async () => {
    const { readState, say, later, on } = await make({
      features: ['http://jabber.org/protocol/pubsub#publish'],
    });
    const { link, asked } = line();
    on(link);
    await say();
    await readState.read(romeo);
    await later();
    expect(asked).toEqual([]);
  });

  it('T8 closes a node that is open before it writes to it', async () => {
    let open = true;
    const { readState, say, later, on } = await make();
    const { link, asked } = line((xml) => {
      if (xml.includes('<configure ')) open = false;
      return xml.includes('<publish ') && open ? refuse('conflict') : 'result';
    });
    on(link);
    await say();
    await readState.read(romeo);
    await later();
    expect(asked.map((xml) => /<(publish|configure) /.exec(xml)?.[1])).toEqual([
      'publish',
      'configure',
      'publish',
    ]);
    for (const xml of asked) expect(xml).toContain('whitelist');
  });

  it('makes the node first where the server takes no number of items beside an item, and remembers that', async () => {
    const { readState, say, later, on } = await make();
    const { link, asked } = line((xml) =>
      xml.includes('<publish ') && xml.includes('persist_items') ? refuse('resource-constraint') : 'result',
    );
    on(link);
    await say();
    await readState.read(romeo);
    await later();
    const what = () => asked.map((xml) => /<(publish|create) /.exec(xml)?.[1]);
    expect(what()).toEqual(['publish', 'create', 'publish']);
    expect(asked[1]).toMatch(/pubsub#max_items"><value>\d+</);
    await say();
    await readState.read(romeo);
    await later();
    expect(what()).toEqual(['publish', 'create', 'publish', 'publish']);
    for (const xml of asked) expect(xml).toContain('whitelist');
  });
});

describe('read elsewhere', () => {
  it('counts here, closes the notification, and is not told again', async () => {
    const { readState, say, later, on, store, closed } = await make();
    const { link, asked } = line();
    on(link);
    await say();
    await say();
    expect(await readState.handleEvent(event(null, 's1'))).toBe(true);
    expect((await store.chat(romeo)).unread).toBe(1);
    expect(closed).toEqual([]);
    await readState.handleEvent(event(own, 's2'));
    expect((await store.chat(romeo)).unread).toBe(0);
    expect(closed).toEqual([romeo]);
    await readState.handleEvent(event(own, 's1'));
    expect((await store.chat(romeo)).unread).toBe(0);
    await later();
    expect(asked).toEqual([]);
  });

  it('T7 an event of a contact, or of a stranger, changes nothing', async () => {
    const { readState, say, store } = await make();
    await say();
    for (const from of [romeo, `${own}/phone`, 'x', 'mallory@evil.test'])
      expect(await readState.handleEvent(event(from, 's1'))).toBe(true);
    expect((await store.chat(romeo)).unread).toBe(1);
    // A place in another archive says nothing about ours (T9).
    await readState.handleEvent(event(own, 's1', 'room@conference.x'));
    expect((await store.chat(romeo)).unread).toBe(1);
    expect(await readState.handleEvent(stanza('<message><body>hi</body></message>'))).toBe(false);
  });

  it('is read of the node on connect; a message that comes later is read when it comes', async () => {
    const { readState, say, store } = await make();
    const items = `<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='${MDS}'><item id='${romeo}'>
      <displayed xmlns='${MDS}'><stanza-id xmlns='urn:xmpp:sid:0' by='${own}' id='s1'/></displayed></item></items></pubsub>`;
    const { link } = line(() => ({ ok: true, iq: stanza(`<iq type='result'>${items}</iq>`) }));
    await readState.fetch(link);
    await say();
    expect((await store.chat(romeo)).unread).toBe(0);
    await say();
    expect((await store.chat(romeo)).unread).toBe(1);
  });
});
