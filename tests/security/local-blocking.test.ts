import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../support/hostile-server';
import { chat, hostileAccount, ns, own, romeo, type HostileAccount } from './hostile-account';

/** A server that has neither XEP-0191 nor privacy lists. */
describe('blocking that no server helps with', () => {
  let all: HostileAccount;
  beforeAll(async () => {
    all = await hostileAccount({
      iq: (frame, guest) => {
        if (!/urn:xmpp:blocking|jabber:iq:privacy/.test(frame)) return false;
        guest.send(
          `<iq xmlns='jabber:client' type='error' id='${idOf(frame)}'><error type='cancel'><service-unavailable xmlns='${ns.stanzas}'/></error></iq>`,
        );
        return true;
      },
    });
    all.send(chat(`${romeo}/balcony`, 'before'));
    await all.settled();
  });
  afterAll(() => all.stop());

  const set = (call: 'block.add' | 'block.remove') =>
    all.core.ask(call, { account: all.account, peer: romeo });

  it('what comes of them is dropped here: no row, no notification, no receipt, no presence; lifted, it comes again', async () => {
    await set('block.add');
    expect((await all.core.ask('block.list', { account: all.account })).value).toEqual([romeo]);
    expect(await all.chat(romeo)).toMatchObject({ standing: 'blocked', unread: 0 });
    expect([...all.core.notices.keys()]).toEqual([]);
    all.send(
      chat(`${romeo}/balcony`, 'during', "<request xmlns='urn:xmpp:receipts'/>").replace(
        "'chat'",
        "'chat' id='d1'",
      ),
      `<message xmlns='jabber:client' type='chat' from='${romeo}/balcony' to='${own}'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>`,
      `<presence xmlns='jabber:client' from='${romeo}/balcony'><status>raging</status></presence>`,
    );
    await all.settled();
    expect(await all.bodies(romeo)).toEqual(['before']);
    expect([...all.core.notices.keys()]).toEqual([]);
    expect(all.core.events.filter(({ type }) => type === 'typing')).toEqual([]);
    const { contacts } = (await all.core.ask('roster.state', { account: all.account })).value;
    expect(contacts.find(({ jid }) => jid === romeo)?.presence).toMatchObject({
      kind: 'offline',
      status: null,
    });
    expect(all.guest.received.some((frame) => frame.includes('<received'))).toBe(false);

    await set('block.remove');
    expect(await all.chat(romeo)).toMatchObject({ standing: 'open' });
    all.send(chat(`${romeo}/balcony`, 'after'));
    await all.settled();
    expect(await all.bodies(romeo)).toEqual(['before', 'after']);
  });
});
