import { describe, expect, it } from 'vitest';
import { connectPeer } from '../peers/connect-peer';
import { sharedServers } from '../servers/shared';
import { fullJid } from './devices-support';
import { atEnd, contactOf, friends, ownCore } from './support';

describe.each(sharedServers())('what clients can do on %s', (kind) => {
  it('our presence carries the hash of what we answer', async () => {
    const pair = await friends(kind);
    const desk = { core: pair.juliet, account: pair.account };
    await pair.juliet.ask('presence.set', { account: pair.account, kind: 'away', status: 'caps' });
    const presence = await pair.romeo.waitForRaw(
      (xml) => xml.startsWith('<presence') && xml.includes('>caps<'),
    );
    const ver = /<c [^>]*ver=["']([^"']+)/.exec(presence)?.[1] ?? '';
    const node = /<c [^>]*node=["']([^"']+)/.exec(presence)?.[1] ?? '';
    const ask = async (of: string): Promise<string> => {
      const id = `info-${String(of.length)}`;
      await pair.romeo.sendRaw(
        `<iq xmlns='jabber:client' type='get' id='${id}' to='${await fullJid(desk)}'><query xmlns='http://jabber.org/protocol/disco#info' node='${of}'/></iq>`,
      );
      return pair.romeo.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes(id));
    };
    const answer = await ask(`${node}#${ver}`);
    expect(answer).toContain('urn:xmpp:mds:displayed:0+notify');
    expect(await ask(`${node}#other`)).toContain('item-not-found');
  });

  it('T30 a contact’s client is named once its hash is verified, and never by one that lies', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeoAccount, server } = pair;
    // This one answers for itself, with a hash that is right.
    const gadget = await connectPeer(server, romeoAccount, { client: 'stanza', resource: 'gadget' });
    atEnd(() => gadget.disconnect());
    const resource = async (name: string) =>
      (await contactOf(pair))?.presence.resources.find((one) => one.resource.startsWith(name));
    const named = await juliet.until(async () => {
      const found = await resource('gadget');
      return found?.client ? found : null;
    }, 'the name of the client');
    expect(named.client).toBe('stanza');
    const asked = async (core = juliet, id = account) =>
      (await core.ask('console.entries', { account: id })).value.filter(
        ({ direction, xml }) =>
          direction === 'out' && xml.includes('disco#info') && xml.includes('stanzajs.org#'),
      ).length;
    expect(await asked()).toBe(1);

    // The same hash again, and in the next run: nobody is asked.
    await gadget.setPresence({ show: 'away', status: 'again' });
    await juliet.until(async () => ((await resource('gadget'))?.status === 'again' ? true : null), 'away');
    expect((await resource('gadget'))?.client).toBe('stanza');
    expect(await asked()).toBe(1);
    await juliet.stop(true);
    const next = await ownCore({ dir: juliet.dir, secrets: juliet.secrets });
    await next.until(async () => {
      const { contacts } = (await next.ask('roster.state', { account })).value;
      return contacts[0]?.presence.resources.find(({ client }) => client === 'stanza');
    }, 'known from before');
    expect(await asked(next)).toBe(0);
  });

  it('T30 a hash that its owner’s answer does not have names nobody', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, julietAccount } = pair;
    await romeo.sendRaw(
      `<presence xmlns='jabber:client'><status>liar</status><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='https://gajim.org' ver='QgayPKawpkPSDYmwT/WM94uAlu0='/></presence>`,
    );
    await juliet.until(async () => {
      const sent = (await juliet.ask('console.entries', { account })).value;
      return (
        sent.find(({ direction, xml }) => direction === 'out' && xml.includes('QgayPKawpkPSDYmwT')) ?? null
      );
    }, 'asked');
    await romeo.sendMessage(julietAccount.jid, 'done');
    await juliet.until(async () => {
      const contact = await contactOf(pair);
      return contact?.presence.status === 'liar' ? contact : null;
    }, 'the presence');
    await juliet
      .until(
        () => (juliet.log.some((line) => /capabilities-refused/.test(line)) ? true : null),
        'refused',
        3_000,
      )
      .catch(() => undefined);
    for (const { client } of (await contactOf(pair))?.presence.resources ?? []) expect(client).toBeNull();
  });
});
