import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { domain, idOf } from '../support/hostile-server';
import {
  chat,
  everything,
  hostileAccount,
  mallory,
  ns,
  own,
  romeo,
  type HostileAccount,
} from './hostile-account';

const item = (peer: string, id: string, by = own): string =>
  `<item id='${peer}'><displayed xmlns='${ns.readPlaces}'><stanza-id xmlns='${ns.sid}' by='${by}' id='${id}'/></displayed></item>`;
const event = (from: string | null, node: string, items: string): string =>
  `<message xmlns='jabber:client' type='headline'${from === null ? '' : ` from='${from}'`}>` +
  `<event xmlns='${ns.event}'><items node='${node}'>${items}</items></event></message>`;
const archived = (id: string): string => `<stanza-id xmlns='${ns.sid}' by='${own}' id='${id}'/>`;

describe('events of others', () => {
  let it_: HostileAccount;
  beforeAll(async () => {
    it_ = await hostileAccount();
    for (const n of [1, 2, 3]) it_.send(chat(`${romeo}/balcony`, `unread ${n}`, archived(`u${n}`)));
    await it_.settled();
  });
  afterAll(() => it_.stop());
  const unread = async (): Promise<number | undefined> => (await it_.chat(romeo))?.unread;

  it.each([mallory, romeo, `${romeo}/balcony`, domain, `${own}/phone`, `${own}.evil.test`, `x${own}`])(
    'T7 a read place that %s publishes moves nothing',
    async (from) => {
      const before = await unread();
      it_.send(event(from, ns.readPlaces, item(romeo, 'u3')));
      await it_.settled();
      expect(await unread()).toBe(before);
    },
  );

  it('T7 a place in another archive, of nobody or of nothing, moves nothing', async () => {
    const before = await unread();
    it_.send(
      event(own, ns.readPlaces, item(romeo, 'u3', mallory)),
      event(own, ns.readPlaces, item('@@', 'u3')),
      event(own, ns.readPlaces, `<item id='${romeo}'><displayed xmlns='urn:x'/></item>`),
      event(own, ns.readPlaces, `<item><displayed xmlns='${ns.readPlaces}'/></item>`),
      event(own, 'urn:example:other', item(romeo, 'u3')),
    );
    await it_.settled();
    expect(await unread()).toBe(before);
    await it_.livesOn();
  });

  it('T7 bookmarks, avatars and nicknames of others change nothing of ours, and no room is joined', async () => {
    const bookmark = `<item id='room@rooms.test'><conference xmlns='urn:xmpp:bookmarks:1' autojoin='true' name='Trap'/></item>`;
    const old = `<item id='current'><storage xmlns='storage:bookmarks'><conference jid='room@rooms.test' autojoin='1'/></storage></item>`;
    const sent = it_.guest.received.length;
    for (const from of [
      mallory,
      `${romeo}/balcony`,
      romeo,
      domain,
      `${own}/phone`,
      `${own}.evil.test`,
      `x${own}`,
    ])
      await it_.changesNothing(
        event(from, 'urn:xmpp:bookmarks:1', bookmark),
        event(from, 'storage:bookmarks', old),
      );
    expect(it_.guest.received.slice(sent).filter((frame) => frame.includes('rooms.test'))).toEqual([]);
  });

  it('T7 a bookmark of our own that names no room, or too much, does no harm', async () => {
    const odd = ['@@', 'rooms.test', 'room@rooms.test/nick', mallory.repeat(400)];
    const sent = it_.guest.received.length;
    await it_.changesNothing(
      ...odd.map((id) =>
        event(
          own,
          'urn:xmpp:bookmarks:1',
          `<item id='${id}'><conference xmlns='urn:xmpp:bookmarks:1' autojoin='true'/></item>`,
        ),
      ),
      event(
        own,
        'urn:xmpp:bookmarks:1',
        `<item id='room@rooms.test'><conference xmlns='urn:x' autojoin='true'/></item>`,
      ),
      event(own, 'urn:xmpp:bookmarks:1', `<retract id='@@'/><retract/><retract id='room@rooms.test'/>`),
    );
    expect(it_.guest.received.slice(sent).filter((frame) => frame.includes('rooms.test'))).toEqual([]);
  });

  it('T7 the own account’s bookmark is followed', async () => {
    it_.send(
      event(
        own,
        'urn:xmpp:bookmarks:1',
        `<item id='room@rooms.test'><conference xmlns='urn:xmpp:bookmarks:1' autojoin='true' name='Ours'/></item>`,
      ),
    );
    await it_.core.until(
      () => it_.guest.received.find((frame) => frame.includes('to="room@rooms.test"')) ?? null,
      'the room is asked what it is',
    );
  });

  it('T7 the own account’s read place counts', async () => {
    it_.send(event(own, ns.readPlaces, item(romeo, 'u3')));
    await it_.settled();
    // What came after u3 is still unread.
    const rows = await it_.messages(romeo);
    const after = rows.length - 1 - rows.findIndex(({ body }) => body === 'unread 3');
    expect(await unread()).toBe(after);
  });
});

describe('what is published', () => {
  let it_: HostileAccount;
  afterEach(() => it_.stop());
  const readAll = async (): Promise<readonly string[]> => {
    it_.send(
      chat(`${romeo}/balcony`, 'to be read', `${archived('r1')}<markable xmlns='urn:xmpp:chat-markers:0'/>`),
    );
    await it_.settled();
    await it_.core.ask('chat.read', { account: it_.account, peer: romeo });
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    await it_.settled();
    return it_.guest.received.filter((frame) => frame.includes('<publish '));
  };

  it('T8 nothing private where the server does not promise to keep it so', async () => {
    it_ = await hostileAccount({ features: everything.filter((one) => one !== ns.options) });
    expect(await readAll()).toEqual([]);
    expect(
      it_.guest.received.filter((frame) => frame.includes(ns.readPlaces) && frame.includes('type="set"')),
    ).toEqual([]);
  });

  it('T8 only with options that keep the node closed', async () => {
    it_ = await hostileAccount();
    const published = await readAll();
    expect(published).not.toEqual([]);
    for (const frame of published) {
      expect(frame).toContain('<publish-options>');
      expect(frame).toMatch(/pubsub#access_model"[^>]*><value>whitelist</);
      expect(frame).toMatch(/pubsub#persist_items"[^>]*><value>(true|1)</);
    }
  });

  it('T8 a node that is open already is never written to without its being closed', async () => {
    const refused: string[] = [];
    it_ = await hostileAccount({
      iq: (frame, guest) => {
        if (!frame.includes('<publish ')) return false;
        refused.push(frame);
        guest.send(
          `<iq xmlns='jabber:client' type='error' id='${idOf(frame)}'><error type='cancel'><conflict xmlns='${ns.stanzas}'/>` +
            `<precondition-not-met xmlns='${ns.pubsub}#errors'/></error></iq>`,
        );
        return true;
      },
    });
    await readAll();
    expect(refused.length).toBeGreaterThan(0);
    for (const frame of refused) expect(frame).toContain('<publish-options>');
    await it_.livesOn();
  });
});
