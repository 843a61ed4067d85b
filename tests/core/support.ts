import { afterEach } from 'vitest';
import { connectPeer } from '../peers/connect-peer';
import type { Peer, PeerOptions } from '../peers/peer';
import { connectServer, newAccount, type SharedServer, type TestAccount } from '../servers/shared';
import type { ServerKind, TestServer } from '../servers/server';
import { startCore, type TestCore, type TestCoreOptions } from '../support/core';
import type { AccountId, AccountOptions } from '../../src-shared/model/account';

/** Juliet in our core, Romeo in a client that is not ours. */
export interface Pair {
  readonly server: SharedServer;
  readonly juliet: TestCore;
  readonly account: AccountId;
  readonly julietAccount: TestAccount;
  readonly romeo: Peer;
  readonly romeoAccount: TestAccount;
}

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.allSettled(endings.splice(0).map((end) => end()));
});
/** Runs after the test, whatever came of it. */
export const atEnd = (end: () => Promise<void>): void => void endings.push(end);

export const ownCore = async (options?: TestCoreOptions): Promise<TestCore> => {
  const core = await startCore(options);
  atEnd(() => core.stop());
  return core;
};

export const ownPeer = async (
  server: SharedServer,
  account: TestAccount,
  options?: PeerOptions & { readonly client?: Peer['client'] },
): Promise<Peer> => {
  const peer = await connectPeer(server, account, options);
  atEnd(() => peer.disconnect());
  return peer;
};

/** Options that reach a shared server without discovery; the test servers hold passwords for PLAIN too. */
export const at = (server: SharedServer, more: Partial<AccountOptions> = {}): Partial<AccountOptions> => ({
  server: server.wsUrl,
  ...more,
});

/** A server of the test's own, with what a shared one offers. */
export const asShared = (server: TestServer): SharedServer => ({
  ...server,
  newAccount: (name, password) => newAccount(server, server, name, password),
});

export interface PairOptions extends TestCoreOptions {
  /** Which client Romeo has. Default: slixmpp where the server speaks TCP, else stanza. */
  readonly client?: Peer['client'];
}

export const signedIn = async (
  where: ServerKind | SharedServer,
  more: Partial<AccountOptions> = {},
  { client, ...options }: PairOptions = {},
): Promise<Pair> => {
  const server = typeof where === 'string' ? connectServer(where) : where;
  const [julietAccount, romeoAccount] = await Promise.all([
    server.newAccount('juliet'),
    server.newAccount('romeo'),
  ]);
  const juliet = await ownCore(options);
  const account = await juliet.signIn(julietAccount.jid, julietAccount.password, at(server, more));
  const romeo = await ownPeer(server, romeoAccount, client && { client });
  return { server, juliet, account, julietAccount, romeo, romeoAccount };
};

/** The same, once each sees the other's presence. */
export const friends = async (
  where: ServerKind | SharedServer,
  more: Partial<AccountOptions> = {},
  options: PairOptions = {},
): Promise<Pair> => {
  const pair = await signedIn(where, more, options);
  const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
  await juliet.ask('roster.add', {
    account,
    peer: romeoAccount.jid,
    name: 'Romeo',
    groups: ['Friends'],
    message: null,
  });
  await juliet.until(async () => {
    const { requests } = (await juliet.ask('roster.state', { account })).value;
    return requests.find(({ jid }) => jid === romeoAccount.jid);
  }, 'the request of Romeo, who asks back');
  await juliet.ask('roster.accept', { account, peer: romeoAccount.jid });
  await juliet.until(async () => {
    const contact = await contactOf(pair);
    return contact?.subscription === 'both' && contact.presence.kind === 'online' ? contact : null;
  }, 'both see each other');
  await romeo.waitForPresence(julietAccount.jid, ({ available }) => available);
  return pair;
};

export const contactOf = async ({ juliet, account, romeoAccount }: Pair, jid = romeoAccount.jid) =>
  (await juliet.ask('roster.state', { account })).value.contacts.find((contact) => contact.jid === jid);

export const messagesWith = async ({ juliet, account, romeoAccount }: Pair) =>
  (await juliet.ask('messages.page', { account, peer: romeoAccount.jid, anchor: null, limit: 200 })).value
    .messages;
