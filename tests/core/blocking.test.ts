import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import type { ServerKind } from '../servers/server';
import { anotherDevice, chatOf, messagesOf, noticeOf, untilMessage, type Device } from './devices-support';
import { contactOf, friends, ownPeer, type Pair } from './support';

interface Enemies extends Pair {
  readonly desk: Device;
}
const enemies = async (kind: ServerKind): Promise<Enemies> => {
  const pair = await friends(kind);
  return { ...pair, desk: { core: pair.juliet, account: pair.account } };
};
const listOf = async ({ core, account }: Device) => (await core.ask('block.list', { account })).value;
const set = (device: Device, block: boolean, peer: string) =>
  device.core.ask(block ? 'block.add' : 'block.remove', { account: device.account, peer });

/** The bystander's message is there: what Romeo sent before it would be too. */
const settled = async (all: Enemies, text: string): Promise<void> => {
  const nurse = await ownPeer(all.server, await all.server.newAccount('nurse'));
  await nurse.sendMessage(all.julietAccount.jid, text);
  await untilMessage(all.desk, nurse.bareJid, text);
};
const bodies = async ({ desk, romeoAccount }: Enemies) =>
  (await messagesOf(desk, romeoAccount.jid)).map(({ body }) => body);

describe.each(sharedServers())('blocking on %s', (kind) => {
  it('nothing of theirs comes through, and they do not see us; lifted, both are as before', async () => {
    const all = await enemies(kind);
    const { desk, romeo, romeoAccount, julietAccount } = all;
    const peer = romeoAccount.jid;
    await romeo.sendMessage(julietAccount.jid, 'before');
    await untilMessage(desk, peer, 'before');
    await desk.core.until(() => noticeOf(desk, peer), 'a notification');

    await set(desk, true, peer);
    expect(await listOf(desk)).toEqual([peer]);
    expect(desk.core.events).toContainEqual({
      topic: 'account',
      type: 'blocked',
      account: desk.account,
      jids: [peer],
    });
    expect(noticeOf(desk, peer)).toBeUndefined();
    expect((await chatOf(desk, peer))?.standing).toBe('blocked');
    expect((await contactOf(all))?.presence.kind).toBe('offline');
    await romeo.waitForOffline(julietAccount.jid);
    await romeo.sendMessage(julietAccount.jid, 'during').catch(() => '');
    await romeo.setPresence({ show: 'dnd', status: 'raging' });
    await settled(all, 'one');
    expect(await bodies(all)).toEqual(['before']);
    expect((await contactOf(all))?.presence.kind).toBe('offline');

    await set(desk, false, peer);
    expect(await listOf(desk)).toEqual([]);
    expect((await chatOf(desk, peer))?.standing).toBe('open');
    await romeo.waitForPresence(julietAccount.jid, ({ available }) => available);
    await romeo.sendMessage(julietAccount.jid, 'after');
    await untilMessage(desk, peer, 'after');
    expect(await bodies(all)).toEqual(['before', 'after']);
  });

  it('holds on the next stream, and on the other device', async () => {
    const all = await enemies(kind);
    const { desk, romeo, romeoAccount, julietAccount } = all;
    const laptop = await anotherDevice(all);
    await set(desk, true, romeoAccount.jid);
    if (CAPABILITIES[kind].blocking)
      await laptop.core.until(async () => ((await listOf(laptop)).length === 1 ? true : null), 'the push');
    await desk.core.ask('presence.set', { account: desk.account, kind: 'offline', status: null });
    expect(await listOf(desk)).toEqual([romeoAccount.jid]);
    await desk.core.ask('presence.set', { account: desk.account, kind: 'online', status: null });
    await desk.core.waitForState(({ connection }) => connection.phase === 'online', 'online again');
    expect(await listOf(desk)).toEqual([romeoAccount.jid]);
    await romeo.sendMessage(julietAccount.jid, 'during').catch(() => '');
    await settled(all, 'one');
    for (const device of [desk, laptop])
      expect((await messagesOf(device, romeoAccount.jid)).map(({ body }) => body)).not.toContain('during');
    const third = await anotherDevice(all);
    expect(await listOf(third)).toEqual([romeoAccount.jid]);
  });

  it('survives being invisible and back', async () => {
    const all = await enemies(kind);
    const { desk, romeo, romeoAccount, julietAccount, server } = all;
    const enemy = await server.newAccount('tybalt');
    const tybalt = await ownPeer(server, enemy);
    await set(desk, true, romeoAccount.jid);
    const hidden = await desk.core.core.call('presence.set', {
      account: desk.account,
      kind: 'invisible',
      status: null,
    });
    expect(hidden.ok).toBe(CAPABILITIES[kind].privacyLists);
    // Whoever is blocked meanwhile is blocked too.
    await set(desk, true, enemy.jid);
    for (const peer of [romeo, tybalt]) await peer.sendMessage(julietAccount.jid, 'during').catch(() => '');
    await settled(all, 'one');
    const wire = (await desk.core.ask('console.entries', { account: desk.account })).value;
    expect(wire.filter(({ direction, xml }) => direction === 'in' && xml.includes('>during<'))).toEqual([]);
    await desk.core.ask('presence.set', { account: desk.account, kind: 'online', status: null });
    for (const peer of [romeo, tybalt]) await peer.sendMessage(julietAccount.jid, 'during').catch(() => '');
    await settled(all, 'two');
    for (const peer of [romeoAccount.jid, enemy.jid]) expect(await messagesOf(desk, peer)).toEqual([]);
    expect(romeo.presencesOf(julietAccount.jid)).toEqual([]);
  });

  it('a contact cannot change the list', async () => {
    const all = await enemies(kind);
    const { desk, romeo, romeoAccount } = all;
    await set(desk, true, 'tybalt@elsewhere.test');
    const there = (await desk.core.ask('app.state', {})).value.accounts[0]?.connection.jid ?? '';
    for (const [index, push] of [
      `<block xmlns='urn:xmpp:blocking'><item jid='nurse@elsewhere.test'/></block>`,
      `<unblock xmlns='urn:xmpp:blocking'/>`,
    ].entries()) {
      const id = `push-${String(index)}`;
      await romeo.sendRaw(`<iq xmlns='jabber:client' type='set' id='${id}' to='${there}'>${push}</iq>`);
      const answer = await romeo.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes(id));
      expect(answer).toContain('error');
    }
    expect(await listOf(desk)).toEqual(['tybalt@elsewhere.test']);
    expect(await contactOf({ ...all, romeoAccount })).toBeDefined();
  });

  it('a whole server can be on the list, beside people, and come off it', async () => {
    const { desk } = await enemies(kind);
    await set(desk, true, 'elsewhere.test');
    await set(desk, true, 'tybalt@other.test');
    expect(await listOf(desk)).toEqual(['elsewhere.test', 'tybalt@other.test']);
    await set(desk, false, 'elsewhere.test');
    expect(await listOf(desk)).toEqual(['tybalt@other.test']);
  });

  it('an entry with a resource, made by another client, is of that device alone, and comes off again', async () => {
    if (!CAPABILITIES[kind].blocking) return;
    const all = await enemies(kind);
    const { desk, romeo, romeoAccount, julietAccount, server } = all;
    const gajim = await ownPeer(server, julietAccount);
    const item = `${romeoAccount.jid}/old-phone`;
    await gajim.sendRaw(
      `<iq type='set' id='block-1'><block xmlns='urn:xmpp:blocking'><item jid='${item}'/></block></iq>`,
    );
    await desk.core.until(async () => ((await listOf(desk)).length === 1 ? true : null), 'the push');
    expect(await listOf(desk)).toEqual([item]);
    await romeo.sendMessage(julietAccount.jid, 'from here');
    await untilMessage(desk, romeoAccount.jid, 'from here');
    expect((await chatOf(desk, romeoAccount.jid))?.standing).toBe('open');
    const third = await anotherDevice(all);
    expect(await listOf(third)).toEqual([item]);
    await set(desk, false, item);
    expect(await listOf(desk)).toEqual([]);
    expect(await listOf(await anotherDevice(all))).toEqual([]);
  });

  it('says what cannot be done', async () => {
    const { desk, julietAccount } = await enemies(kind);
    const add = (peer: string) => desk.core.core.call('block.add', { account: desk.account, peer });
    expect(await add('not an address@')).toMatchObject({ error: { code: 'bad-jid' } });
    expect(await add(julietAccount.jid)).toMatchObject({ error: { code: 'own-address' } });
    const domain = julietAccount.jid.slice(julietAccount.jid.indexOf('@') + 1);
    expect(await add(domain)).toMatchObject({ error: { code: 'own-domain' } });
    await desk.core.ask('presence.set', { account: desk.account, kind: 'offline', status: null });
    expect(await add('tybalt@elsewhere.test')).toMatchObject({ error: { code: 'not-online' } });
  });
});
