import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { startCore } from '../support/core';
import { atEnd, contactOf, friends, ownPeer, signedIn } from './support';

describe.each(sharedServers())('roster on %s', (kind) => {
  it('adds with name, groups and message; the peer sees the request and, once it accepts, our presence', async () => {
    const pair = await signedIn(kind);
    const { server, juliet, account, julietAccount } = pair;
    const nurseAccount = await server.newAccount('nurse');
    const nurse = await ownPeer(server, nurseAccount, { autoAccept: false });
    await juliet.ask('roster.add', {
      account,
      peer: nurseAccount.jid,
      name: 'The Nurse 奶妈',
      groups: ['Family', 'House::Staff'],
      message: 'It is Juliet <&>',
    });
    await nurse.waitForSubscription(julietAccount.jid, 'subscribe');
    const asked = await juliet.until(async () => {
      const contact = await contactOf(pair, nurseAccount.jid);
      return contact?.asked ? contact : null;
    }, 'asked');
    expect(asked).toMatchObject({ name: 'The Nurse 奶妈', subscription: 'none' });
    expect([...asked.groups].sort()).toEqual(['Family', 'House::Staff']);

    await nurse.accept(julietAccount.jid);
    await nurse.setPresence({ show: 'dnd', status: 'Looking for Romeo' });
    const seen = await juliet.until(async () => {
      const contact = await contactOf(pair, nurseAccount.jid);
      return contact?.presence.kind === 'dnd' ? contact : null;
    }, 'presence of the nurse');
    expect(seen).toMatchObject({
      subscription: 'to',
      asked: false,
      presence: { status: 'Looking for Romeo' },
    });
  });

  it('renames, regroups, renames a group and removes; the server keeps each', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    const peer = romeoAccount.jid;
    await juliet.ask('roster.update', { account, peer, name: 'My Romeo', groups: ['Love', 'Love::Deep'] });
    await juliet.until(async () => ((await contactOf(pair))?.name === 'My Romeo' ? true : null), 'renamed');
    await juliet.ask('roster.renameGroup', { account, from: 'Love', to: 'Amore' });
    const renamed = await juliet.until(async () => {
      const contact = await contactOf(pair);
      return contact?.groups.includes('Amore') ? contact : null;
    }, 'regrouped');
    expect([...renamed.groups].sort()).toEqual(['Amore', 'Amore::Deep']);
    await juliet.ask('roster.remove', { account, peer });
    await juliet.until(async () => ((await contactOf(pair)) ? null : true), 'removed');
    await romeo.waitForOffline(julietAccount.jid);
  });

  it('shows a request with its words; denied, the peer sees nothing of us', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    await romeo.sendRaw(
      `<presence type='subscribe' to='${julietAccount.jid}'><status>It is Romeo</status></presence>`,
    );
    const requests = await juliet.until(async () => {
      const found = (await juliet.ask('roster.state', { account })).value.requests;
      return found.length > 0 ? found : null;
    }, 'a request');
    expect(requests[0]).toMatchObject({ jid: romeoAccount.jid });
    await juliet.ask('roster.deny', { account, peer: romeoAccount.jid });
    await romeo.waitForSubscription(julietAccount.jid, 'unsubscribed');
    expect((await juliet.ask('roster.state', { account })).value.requests).toEqual([]);
    expect(romeo.presencesOf(julietAccount.jid)).toEqual([]);
  });

  it('whom we let see us beforehand sees us as soon as they ask, and we are not asked (RFC 6121 §3.4)', async () => {
    const pair = await signedIn(kind);
    const { server, juliet, account, julietAccount } = pair;
    const nurseAccount = await server.newAccount('nurse');
    const peer = nurseAccount.jid;
    const nurse = await ownPeer(server, nurseAccount, { autoAccept: false });
    await juliet.ask('roster.add', {
      ...{ account, peer, name: null, groups: [], message: null },
      approve: true,
    });
    await nurse.waitForSubscription(julietAccount.jid, 'subscribe');
    await nurse.subscribe(julietAccount.jid);
    const { requests } = await juliet.until(async () => {
      const { value } = await juliet.ask('roster.state', { account });
      const sees = value.contacts.some(({ jid, subscription }) => jid === peer && subscription === 'from');
      return sees || value.requests.length > 0 ? value : null;
    }, 'their question or its answer');
    expect(requests).toEqual([]);
    await nurse.waitForPresence(julietAccount.jid, ({ available }) => available);
  });

  it('each half of a subscription ends by itself: seeing them, and being seen', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    const peer = romeoAccount.jid;
    const until = (subscription: string) =>
      juliet.until(
        async () => ((await contactOf(pair))?.subscription === subscription ? true : null),
        subscription,
      );
    await juliet.ask('roster.stopSeeing', { account, peer });
    await until('from');
    await juliet.until(
      async () => ((await contactOf(pair))?.presence.kind === 'offline' ? true : null),
      'his presence gone',
    );
    await juliet.ask('roster.deny', { account, peer });
    await until('none');
    await romeo.waitForOffline(julietAccount.jid);
  });

  it('who sees us no more may again as soon as they ask, and we ask nothing in return', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    const peer = romeoAccount.jid;
    for (const half of ['roster.stopSeeing', 'roster.deny'] as const)
      await juliet.ask(half, { account, peer });
    await romeo.waitForOffline(julietAccount.jid);
    await juliet.until(
      async () => (await contactOf(pair))?.subscription === 'none' || null,
      'no half is left',
    );
    await juliet.ask('roster.letSee', { account, peer });
    // What the server is asked next it answers once it knows.
    await juliet.ask('contact.card', { account, peer });
    await romeo.subscribe(julietAccount.jid);
    const { contacts, requests } = await juliet.until(async () => {
      const { value } = await juliet.ask('roster.state', { account });
      return value.contacts.some(({ subscription }) => subscription === 'from') || value.requests.length > 0
        ? value
        : null;
    }, 'their question or its answer');
    expect(requests).toEqual([]);
    expect(contacts).toMatchObject([{ jid: peer, asked: false }]);
    await romeo.waitForPresence(julietAccount.jid, ({ available }) => available);
  });

  it('who has asked is let see us, and not asked in return', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    const peer = romeoAccount.jid;
    await romeo.subscribe(julietAccount.jid);
    const requests = async () => (await juliet.ask('roster.state', { account })).value.requests;
    await juliet.until(async () => ((await requests()).length > 0 ? true : null), 'a request');
    await juliet.ask('roster.letSee', { account, peer });
    await romeo.waitForPresence(julietAccount.jid, ({ available }) => available);
    expect(await requests()).toEqual([]);
    const { asked } = await juliet.until(async () => {
      const contact = await contactOf(pair);
      return contact?.subscription === 'from' ? contact : null;
    }, 'he sees us');
    expect(asked).toBe(false);
  });

  it('refuses in words: not an address, oneself, unknown to the roster while offline', async () => {
    const { juliet, account, julietAccount } = await signedIn(kind);
    const add = (peer: string) =>
      juliet.core.call('roster.add', { account, peer, name: null, groups: [], message: null });
    expect(await add('not an address')).toMatchObject({ error: { code: 'bad-jid' } });
    expect(await add(julietAccount.jid)).toMatchObject({ error: { code: 'own-address' } });
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    expect(await add('nurse@example.org')).toMatchObject({ error: { code: 'not-online' } });
  });

  it('is there from disk before the network, and asks only for what changed (XEP-0237)', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeoAccount, server } = pair;
    const { dir } = juliet;
    const { secrets } = juliet;
    await juliet.stop(true);
    const again = await startCore({ dir, secrets });
    atEnd(() => again.stop());
    const fromDisk = (await again.ask('roster.state', { account })).value.contacts;
    expect(fromDisk.map(({ jid, name }) => [jid, name])).toContainEqual([romeoAccount.jid, 'Romeo']);
    await again.waitForState(
      ({ connection }) => connection.phase === 'online',
      'online again, nothing typed',
    );
    if (CAPABILITIES[kind].rosterVersioning) {
      const xml = (await again.ask('console.entries', { account })).value;
      const answers = xml
        .filter((entry) => entry.direction === 'in' && entry.step === 'roster')
        .map((e) => e.xml);
      expect(answers.length).toBeGreaterThan(0);
      expect(answers.some((answer) => answer.includes(romeoAccount.jid))).toBe(false);
    }
    await again.until(async () => {
      const { contacts } = (await again.ask('roster.state', { account })).value;
      return contacts.find(({ jid, presence }) => jid === romeoAccount.jid && presence.kind === 'online');
    }, 'Romeo is there');
    expect(server.kind).toBe(kind);
  });

  it('shows shared groups and keeps them read-only', async () => {
    const { server, juliet, account, julietAccount, romeoAccount } = await signedIn(kind);
    const group = `Team${String(Math.floor(performance.now()))}`;
    await server.createGroup(group, [julietAccount.name, romeoAccount.name]);
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    await juliet.waitForState(({ connection }) => connection.phase === 'online', 'online again');
    const shared = await juliet.until(async () => {
      const { contacts } = (await juliet.ask('roster.state', { account })).value;
      return contacts.find(({ jid }) => jid === romeoAccount.jid);
    }, 'the shared contact');
    expect(shared.groups).toContain(group);
    if (kind === 'openfire') {
      const remove = await juliet.core.call('roster.remove', { account, peer: romeoAccount.jid });
      expect(remove).toMatchObject({ error: { code: 'shared-contact' } });
      const { contacts } = (await juliet.ask('roster.state', { account })).value;
      expect(contacts.find(({ jid }) => jid === romeoAccount.jid)?.shared).toBe(true);
    }
  });
});
