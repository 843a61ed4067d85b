import type { AccountId, AccountOptions } from '../../src-shared/model/account';
import type { Conversation, Message } from '../../src-shared/model/conversation';
import type { Peer } from '../peers/peer';
import type { TestCore, TestCoreOptions } from '../support/core';
import { at, friends, ownCore, ownPeer, type Pair } from './support';
import type { ServerKind } from '../servers/server';

/** A core of ours and the account in it. */
export interface Device {
  readonly core: TestCore;
  readonly account: AccountId;
}

/** Juliet at two computers of ours, and Romeo, whom she knows. */
export interface Devices extends Pair {
  readonly desk: Device;
  readonly laptop: Device;
}

/** Another computer with Juliet's account. */
export const anotherDevice = async (
  { server, julietAccount }: Pair,
  options: TestCoreOptions = {},
  more: Partial<AccountOptions> = {},
): Promise<Device> => {
  const core = await ownCore(options);
  const account = await core.signIn(julietAccount.jid, julietAccount.password, at(server, more));
  return { core, account };
};

export const devices = async (kind: ServerKind): Promise<Devices> => {
  const pair = await friends(kind);
  const laptop = await anotherDevice(pair);
  // Only who the server knows as available gets copies.
  await pair.romeo.waitForPresence(await fullJid(laptop), ({ available }) => available);
  // Openfire tells contacts of a presence before it takes note of it itself; a question is answered only after that.
  await laptop.core.ask('contact.card', { account: laptop.account, peer: pair.julietAccount.jid });
  return { ...pair, desk: { core: pair.juliet, account: pair.account }, laptop };
};

/** A client that is not ours with Juliet's account. */
export const foreignDevice = ({ server, julietAccount }: Pair): Promise<Peer> =>
  ownPeer(server, julietAccount, { autoAccept: false });

export const chatOf = async ({ core, account }: Device, peer: string): Promise<Conversation | undefined> =>
  (await core.ask('chats.list', { account })).value.find((chat) => chat.peer === peer);

export const messagesOf = async ({ core, account }: Device, peer: string): Promise<readonly Message[]> =>
  (await core.ask('messages.page', { account, peer, anchor: null, limit: 200 })).value.messages;

export const untilMessage = ({ core, account }: Device, peer: string, body: string): Promise<Message> =>
  core.until(
    async () => (await messagesOf({ core, account }, peer)).find((message) => message.body === body),
    body,
  );
export const untilUnread = (device: Device, peer: string, unread: number): Promise<Conversation> =>
  device.core.until(
    async () => {
      const chat = await chatOf(device, peer);
      return chat?.unread === unread ? chat : null;
    },
    `${String(unread)} unread`,
  );

/** Full JID of a device's session. */
export const fullJid = async ({ core }: Device): Promise<string> =>
  (await core.ask('app.state', {})).value.accounts[0]?.connection.jid ?? '';

export const noticeOf = ({ core, account }: Device, peer: string) => core.notices.get(`${account}:${peer}`);

/** All that this device has sent in this session, as its console shows it. */
export const sentBy = async ({ core, account }: Device): Promise<string> =>
  (await core.ask('console.entries', { account })).value
    .filter(({ direction }) => direction === 'out')
    .map(({ xml }) => xml)
    .join('\n');

/** A chat message that asks for a marker (XEP-0333), which peers do not do by themselves. */
export const markableMessage = (to: string, id: string, body: string): string =>
  `<message xmlns='jabber:client' type='chat' to='${to}' id='${id}'><body>${body}</body>` +
  `<markable xmlns='urn:xmpp:chat-markers:0'/><store xmlns='urn:xmpp:hints'/></message>`;
