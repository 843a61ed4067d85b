import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import {
  anotherDevice,
  chatOf,
  devices,
  foreignDevice,
  fullJid,
  markableMessage,
  messagesOf,
  noticeOf,
  sentBy,
  untilMessage,
  untilUnread,
  type Devices,
} from './devices-support';
import { at, friends, ownPeer } from './support';

const MDS = 'urn:xmpp:mds:displayed:0';
/** A contact's stanzas come in its order: once this one is there, those before it have been handled. */
const settled = async (all: Devices, text = 'and now?'): Promise<void> => {
  await all.romeo.sendMessage(all.julietAccount.jid, text);
  await untilMessage(all.desk, all.romeoAccount.jid, text);
};

describe.each(sharedServers())('many devices on %s', (kind) => {
  const can = CAPABILITIES[kind];

  it('what one device receives and sends is on the other one too', async () => {
    const all = await devices(kind);
    const { desk, laptop, romeo, romeoAccount } = all;
    // To one device alone: the other one gets a copy.
    await romeo.sendMessage(await fullJid(desk), 'for your desk');
    await untilMessage(laptop, romeoAccount.jid, 'for your desk');
    await desk.core.ask('message.send', {
      account: desk.account,
      peer: romeoAccount.jid,
      body: 'from my desk',
    });
    const copied = await untilMessage(laptop, romeoAccount.jid, 'from my desk');
    expect(copied).toMatchObject({ direction: 'out' });
    expect(['sent', 'received', 'read']).toContain(copied.delivery);
    const heard = await romeo.waitForMessage(({ body }) => body === 'from my desk');
    await romeo.sendReceipt(heard.from, heard.id ?? '');
    for (const device of [desk, laptop])
      await device.core.until(async () => {
        const found = (await messagesOf(device, romeoAccount.jid)).find(
          ({ body }) => body === 'from my desk',
        );
        return found?.delivery === 'received' ? found : null;
      }, 'received on both');
    for (const device of [desk, laptop])
      expect((await messagesOf(device, romeoAccount.jid)).map(({ body }) => body)).toEqual([
        'for your desk',
        'from my desk',
      ]);
  });

  it('what a client that is not ours sends shows as our own, sent', async () => {
    const all = await devices(kind);
    const { desk, laptop, romeoAccount } = all;
    const phone = await foreignDevice(all);
    await phone.sendMessage(romeoAccount.jid, 'from my phone');
    for (const device of [desk, laptop]) {
      const found = await untilMessage(device, romeoAccount.jid, 'from my phone');
      expect(found).toMatchObject({ direction: 'out' });
    }
    expect(await desk.core.ask('roster.state', { account: desk.account })).toBeTruthy();
    expect((await chatOf(desk, romeoAccount.jid))?.unread).toBe(0);
  });

  it('read on one device is read on the other: the count falls, the notification goes and does not come back', async () => {
    const all = await devices(kind);
    const { desk, laptop, romeo, romeoAccount, julietAccount } = all;
    const peer = romeoAccount.jid;
    await romeo.sendRaw(markableMessage(julietAccount.jid, 'm1', 'look here'));
    for (const device of [desk, laptop]) {
      await untilUnread(device, peer, 1);
      await device.core.until(() => noticeOf(device, peer), 'a notification');
    }
    await desk.core.ask('chat.read', { account: desk.account, peer });
    expect(noticeOf(desk, peer)).toBeUndefined();
    await untilUnread(laptop, peer, 0);
    expect(noticeOf(laptop, peer)).toBeUndefined();
    // The contact is told too, once.
    await romeo.waitForRaw((xml) => xml.includes('displayed') && xml.includes('m1'));
    await settled(all, 'still there?');
    await untilUnread(laptop, peer, 1);
    expect(noticeOf(laptop, peer)?.body).toBe('still there?');
    await expect(romeo.waitForRaw((xml) => xml.includes('displayed'), 300)).rejects.toThrow();
  });

  it('an answer from elsewhere marks the conversation read here', async () => {
    const all = await devices(kind);
    const { desk, laptop, romeo, romeoAccount, julietAccount } = all;
    const peer = romeoAccount.jid;
    await romeo.sendMessage(julietAccount.jid, 'well?');
    await untilUnread(laptop, peer, 1);
    await desk.core.ask('message.send', { account: desk.account, peer, body: 'yes' });
    await untilMessage(laptop, peer, 'yes');
    await untilUnread(laptop, peer, 0);
    expect(noticeOf(laptop, peer)).toBeUndefined();
  });

  it('who does not want to tell is not told of', async () => {
    const all = await devices(kind);
    const { desk, romeo, romeoAccount, julietAccount } = all;
    await desk.core.ask('settings.set', { patch: { sendMarkers: false } });
    await romeo.sendRaw(markableMessage(julietAccount.jid, 'm1', 'look here'));
    await untilUnread(desk, romeoAccount.jid, 1);
    await desk.core.ask('chat.read', { account: desk.account, peer: romeoAccount.jid });
    await expect(romeo.waitForRaw((xml) => xml.includes('displayed'), 1_500)).rejects.toThrow();
  });

  it('T8 how far we have read is for our own devices alone, or is not published at all', async () => {
    const all = await devices(kind);
    const { desk, romeo, romeoAccount, julietAccount } = all;
    await romeo.sendMessage(julietAccount.jid, 'secret');
    await untilUnread(desk, romeoAccount.jid, 1);
    await desk.core.ask('chat.read', { account: desk.account, peer: romeoAccount.jid });
    if (!can.publishOptions || !can.mam) {
      await settled(all);
      await new Promise((next) => setTimeout(next, 1_500));
      expect(await sentBy(desk)).not.toContain('<publish');
      return;
    }
    await untilUnread(all.laptop, romeoAccount.jid, 0);
    // A contact with every right to see our presence asks for it.
    await romeo.sendRaw(
      `<iq xmlns='jabber:client' type='get' id='peek' to='${julietAccount.jid}'>` +
        `<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='${MDS}'/></pubsub></iq>`,
    );
    const answer = await romeo.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes('peek'));
    expect(answer).toContain('error');
    expect(answer).not.toContain('stanza-id');
  });

  it('T1 a copy that somebody else makes is no message, in either direction', async () => {
    const all = await devices(kind);
    const { desk, romeo, romeoAccount, julietAccount, server } = all;
    const mallory = await ownPeer(server, await server.newAccount('mallory'));
    const forged = (name: string, from: string, to: string) =>
      `<message xmlns='jabber:client' type='chat' to='${julietAccount.jid}'>` +
      `<${name} xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>` +
      `<message xmlns='jabber:client' type='chat' from='${from}' to='${to}' id='f1'><body>forged</body></message>` +
      `</forwarded></${name}></message>`;
    for (const attacker of [romeo, mallory]) {
      await attacker.sendRaw(forged('received', `${romeoAccount.jid}/x`, julietAccount.jid));
      await attacker.sendRaw(forged('sent', `${julietAccount.jid}/x`, romeoAccount.jid));
    }
    await mallory.sendMessage(julietAccount.jid, 'done');
    await untilMessage(desk, mallory.bareJid, 'done');
    await settled(all);
    for (const peer of [romeoAccount.jid, mallory.bareJid])
      expect((await messagesOf(desk, peer)).map(({ body }) => body)).not.toContain('forged');
  });

  it('T7 an event that a contact sends says nothing about what we have read', async () => {
    const all = await devices(kind);
    const { desk, romeo, romeoAccount, julietAccount } = all;
    const peer = romeoAccount.jid;
    await romeo.sendMessage(julietAccount.jid, 'unread');
    await untilUnread(desk, peer, 1);
    const [row] = await messagesOf(desk, peer);
    expect(row?.body).toBe('unread');
    // The id in our archive, as a contact might learn it: from our own console here.
    const raw = (await desk.core.ask('console.entries', { account: desk.account })).value
      .map(({ xml }) => xml)
      .find((xml) => xml.includes('>unread<'));
    const id = /<stanza-id[^>]* id=["']([^"']+)/.exec(raw ?? '')?.[1] ?? 'unknown';
    await romeo.sendRaw(
      `<message xmlns='jabber:client' type='headline' to='${julietAccount.jid}'><event xmlns='http://jabber.org/protocol/pubsub#event'>` +
        `<items node='${MDS}'><item id='${peer}'><displayed xmlns='${MDS}'>` +
        `<stanza-id xmlns='urn:xmpp:sid:0' by='${julietAccount.jid}' id='${id}'/></displayed></item></items></event></message>`,
    );
    await romeo.sendRaw(
      `<message xmlns='jabber:client' type='chat' to='${julietAccount.jid}'><displayed xmlns='urn:xmpp:chat-markers:0' id='${id}'/></message>`,
    );
    await settled(all);
    await untilUnread(desk, peer, 2);
    expect(noticeOf(desk, peer)?.body).toBe('unread\nand now?');
  });

  it('T11 a marker counts only from whom the message went to', async () => {
    const all = await devices(kind);
    const { desk, laptop, romeo, romeoAccount, server } = all;
    const nurse = await ownPeer(server, await server.newAccount('nurse'));
    await desk.core.ask('message.send', { account: desk.account, peer: romeoAccount.jid, body: 'for Romeo' });
    const { id = '', from } = await romeo.waitForMessage(({ body }) => body === 'for Romeo');
    const marker = (to: string) =>
      `<message xmlns='jabber:client' type='chat' to='${to}'><displayed xmlns='urn:xmpp:chat-markers:0' id='${id}'/></message>`;
    await nurse.sendRaw(marker(from));
    await nurse.sendMessage(from, 'done');
    await untilMessage(desk, nurse.bareJid, 'done');
    const delivery = async (device = desk) =>
      (await messagesOf(device, romeoAccount.jid)).find(({ body }) => body === 'for Romeo')?.delivery;
    expect(await delivery()).not.toBe('read');
    await romeo.sendRaw(marker(from));
    for (const device of [desk, laptop])
      await device.core.until(async () => ((await delivery(device)) === 'read' ? true : null), 'read');
  });

  it('a client nobody looks at says so, and says it again on the next stream', async () => {
    const pair = await friends(kind);
    const desk = { core: pair.juliet, account: pair.account };
    const said = async (what: string): Promise<number> =>
      [...(await sentBy(desk)).matchAll(new RegExp(`<${what} xmlns="urn:xmpp:csi:0"`, 'g'))].length;
    desk.core.core.setVisible(false);
    if (!can.csi) {
      await desk.core.ask('message.send', { account: desk.account, peer: pair.romeoAccount.jid, body: 'x' });
      await pair.romeo.waitForMessage(({ body }) => body === 'x');
      expect(await said('inactive')).toBe(0);
      return;
    }
    await desk.core.until(async () => ((await said('inactive')) === 1 ? true : null), 'inactive');
    await pair.server.kick(pair.julietAccount.name);
    await desk.core.waitForState(({ connection }) => connection.phase !== 'online', 'kicked');
    await desk.core.ask('account.retry', { account: desk.account });
    await desk.core.waitForState(({ connection }) => connection.phase === 'online', 'online again');
    await desk.core.until(async () => ((await said('inactive')) === 2 ? true : null), 'inactive again');
    desk.core.core.setVisible(true);
    await desk.core.until(async () => ((await said('active')) === 1 ? true : null), 'active');
  });
});

describe.each(sharedServers().filter((kind) => CAPABILITIES[kind].mam && CAPABILITIES[kind].publishOptions))(
  'what was read, kept by %s',
  (kind) => {
    it('read while one was away, or while nobody could be told: known at the next sign-in, without a notification', async () => {
      const all = await devices(kind);
      const { desk, laptop, romeo, romeoAccount, julietAccount } = all;
      const peer = romeoAccount.jid;
      await laptop.core.ask('presence.set', { account: laptop.account, kind: 'offline', status: null });
      await romeo.sendMessage(julietAccount.jid, 'while you are away');
      await untilUnread(desk, peer, 1);
      await desk.core.ask('presence.set', { account: desk.account, kind: 'offline', status: null });
      // Nobody can be told now.
      await desk.core.ask('chat.read', { account: desk.account, peer });
      await desk.core.ask('presence.set', { account: desk.account, kind: 'online', status: null });
      await desk.core.until(
        async () => ((await sentBy(desk)).includes('<publish') ? true : null),
        'published',
      );
      await laptop.core.ask('presence.set', { account: laptop.account, kind: 'online', status: null });
      await untilMessage(laptop, peer, 'while you are away');
      await untilUnread(laptop, peer, 0);
      expect(noticeOf(laptop, peer)).toBeUndefined();
    });

    it('a second device that comes later knows what was said and read', async () => {
      const pair = await friends(kind);
      const desk = { core: pair.juliet, account: pair.account };
      const peer = pair.romeoAccount.jid;
      for (const text of ['one', 'two']) await pair.romeo.sendMessage(pair.julietAccount.jid, text);
      await untilUnread(desk, peer, 2);
      await desk.core.ask('chat.read', { account: desk.account, peer });
      await desk.core.until(
        async () => ((await sentBy(desk)).includes('<publish') ? true : null),
        'published',
      );
      await pair.romeo.sendMessage(pair.julietAccount.jid, 'three');
      await untilUnread(desk, peer, 1);
      const laptop = await anotherDevice(pair, {}, at(pair.server));
      await untilMessage(laptop, peer, 'two');
      await laptop.core.until(async () => {
        const chat = await chatOf(laptop, peer);
        return chat && chat.unread <= 1 ? chat : null;
      }, 'what was read is read');
    });
  },
);
