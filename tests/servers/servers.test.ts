import { afterEach, describe, expect, it } from 'vitest';
import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import { connectServer, newAccount, sharedServers } from './shared';
import { startServer } from './start-server';

const peers: Peer[] = [];
const keep = (peer: Peer): Peer => {
  peers.push(peer);
  return peer;
};

afterEach(async () => {
  await Promise.all(peers.splice(0).map((peer) => peer.disconnect()));
});

const HARD_PASSWORDS = ['0123', '\\0123', `"it's" <&> a b`, 'Пароль-1', '密码 七'];
const TEXT = '你好，世界 👩‍👩‍👧‍👦 <b>&amp;</b> "\'\n\n  two  spaces';

describe.each(sharedServers())('%s', (kind) => {
  it.each(HARD_PASSWORDS)('signs in an account whose password is %s', async (password) => {
    const server = connectServer(kind);
    const peer = keep(await connectPeer(server, await server.newAccount('hard', password)));
    expect(peer.jid).toMatch(new RegExp(`@${server.domain.replace('.', '\\.')}/.+`));
  });

  it('refuses a wrong password', async () => {
    const server = connectServer(kind);
    const account = await server.newAccount();
    await expect(connectPeer(server, { ...account, password: 'wrong' })).rejects.toThrow(/not-authorized/);
  });

  it('carries a message between two peers exactly as it was typed', async () => {
    const server = connectServer(kind);
    const romeo = keep(await connectPeer(server, await server.newAccount('romeo')));
    const juliet = keep(await connectPeer(server, await server.newAccount('juliet'), { client: 'stanza' }));
    const id = await romeo.sendMessage(juliet.bareJid, TEXT, { requestReceipt: true });
    const message = await juliet.waitForMessage((one) => one.id === id);
    expect(message).toMatchObject({ from: romeo.jid, body: TEXT, type: 'chat', receiptRequested: true });
    await juliet.sendMessage(romeo.jid, TEXT, { chatState: 'active' });
    expect(await romeo.waitForMessage((one) => one.body === TEXT)).toMatchObject({ chatState: 'active' });
    await juliet.sendChatState(romeo.jid, 'composing');
    expect(await romeo.waitForMessage((one) => one.chatState === 'composing')).toMatchObject({
      body: undefined,
    });
  });

  it('shows presence to those who are allowed to see it', async () => {
    const server = connectServer(kind);
    const romeo = keep(await connectPeer(server, await server.newAccount('romeo'), { autoAccept: false }));
    const juliet = keep(await connectPeer(server, await server.newAccount('juliet'), { client: 'stanza' }));
    await romeo.subscribe(juliet.bareJid);
    await romeo.waitForSubscription(juliet.bareJid, 'subscribed');
    await romeo.waitForSubscription(juliet.bareJid, 'subscribe');
    await juliet.setPresence({ show: 'dnd', status: '忙 <busy>', priority: 5 });
    const seen = await romeo.waitForPresence(juliet.bareJid, (one) => one.show === 'dnd');
    expect(seen).toMatchObject({ from: juliet.jid, status: '忙 <busy>', priority: 5, available: true });
    await romeo.setContact({ jid: juliet.bareJid, name: 'Juliet', groups: ['Verona'] });
    expect(await romeo.roster()).toEqual([
      { jid: juliet.bareJid, name: 'Juliet', subscription: 'to', groups: ['Verona'] },
    ]);
    await juliet.disconnect();
    await romeo.waitForOffline(juliet.bareJid);
  });

  it('ends the sessions of an account on request, and deletes it', async () => {
    const server = connectServer(kind);
    const account = await server.newAccount();
    const peer = await connectPeer(server, account, { client: 'stanza' });
    await server.kick(account.name);
    await expect(
      peer.waitForRaw((xml) => xml.includes('<close') || xml.includes(':error')),
    ).resolves.toBeTruthy();
    await server.setPassword(account.name, 'another');
    keep(await connectPeer(server, { ...account, password: 'another' }));
    await server.deleteUser(account.name);
    await expect(connectPeer(server, { ...account, password: 'another' })).rejects.toThrow(/not-authorized/);
  });

  it('puts a shared group into the rosters of its members', async () => {
    const server = connectServer(kind);
    const [juliet, nurse] = [await server.newAccount('juliet'), await server.newAccount('nurse')];
    const group = `Capulets ${juliet.name}`;
    await server.createGroup(group, [juliet.name, nurse.name]);
    const peer = keep(await connectPeer(server, juliet));
    expect(await peer.roster()).toMatchObject([{ jid: nurse.jid, subscription: 'both', groups: [group] }]);
    await server.deleteGroup(group);
  });

  it('keeps accounts, messages and ports over a restart and over a crash @restart', async () => {
    const server = await startServer(kind);
    try {
      const account = await newAccount(server, server, 'juliet', HARD_PASSWORDS.join(''));
      const romeo = await newAccount(server, server, 'romeo');
      const first = await connectPeer(server, romeo);
      await first.sendMessage(account.jid, 'while you were away');
      await first.roster();
      await server.shutDown();
      await first.disconnect();
      await server.start();
      const late = await newAccount(server, server, 'nurse');
      await server.crash();
      await server.start();
      const peer = keep(await connectPeer(server, account));
      expect(await peer.waitForMessage((one) => one.body === 'while you were away')).toMatchObject({
        delayed: true,
      });
      keep(await connectPeer(server, late));
    } finally {
      await Promise.all(peers.splice(0).map((peer) => peer.disconnect()));
      await server.stop();
    }
  });
});
