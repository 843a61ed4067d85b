import { describe, expect, it } from 'vitest';
import { sharedServers } from '../servers/shared';
import type { ServerKind } from '../servers/server';
import { chatOf, fullJid, markableMessage, messagesOf, noticeOf, untilMessage } from './devices-support';
import { ownPeer, signedIn } from './support';

/** Romeo has an account on the same server and is in nobody's roster. */
const strangers = async (kind: ServerKind, ownDomainKnown = false) => {
  const pair = await signedIn(kind);
  await pair.juliet.ask('settings.set', { patch: { ownDomainKnown } });
  return { ...pair, desk: { core: pair.juliet, account: pair.account } };
};
type Strangers = Awaited<ReturnType<typeof strangers>>;

const untilStanding = ({ desk, romeoAccount }: Strangers, standing: string) =>
  desk.core.until(async () => {
    const chat = await chatOf(desk, romeoAccount.jid);
    return chat?.standing === standing ? chat : null;
  }, standing);
const hears = async ({ romeo }: Strangers, what: RegExp): Promise<string> =>
  romeo.waitForRaw((xml) => xml.startsWith('<message') && what.test(xml));
const say = async (all: Strangers, id: string, body: string): Promise<void> => {
  await all.romeo.sendRaw(
    markableMessage(all.julietAccount.jid, id, body).replace(
      '</message>',
      "<request xmlns='urn:xmpp:receipts'/></message>",
    ),
  );
};

describe.each(sharedServers())('requests of strangers on %s', (kind) => {
  it('T31 a stranger gets into the requests, with one quiet notice, and learns nothing', async () => {
    const all = await strangers(kind);
    const { desk, romeo, romeoAccount } = all;
    const peer = romeoAccount.jid;
    await say(all, 'm1', 'I know your secret');
    const chat = await untilStanding(all, 'request');
    expect(chat).toMatchObject({ unread: 0, last: { text: 'I know your secret' } });
    const notice = await desk.core.until(() => noticeOf(desk, peer), 'a notice');
    expect(notice).toMatchObject({ quiet: true, title: 'Message request', body: peer, replyLabel: null });
    expect(JSON.stringify(notice)).not.toContain('secret');
    // Looked at, it still tells nobody; and the next message makes no other notice.
    await desk.core.ask('chat.read', { account: desk.account, peer });
    expect(noticeOf(desk, peer)).toBeUndefined();
    await say(all, 'm2', 'I said I know it');
    await untilMessage(desk, peer, 'I said I know it');
    expect(noticeOf(desk, peer)).toBeUndefined();
    await desk.core.ask('chat.typing', { account: desk.account, peer, state: 'composing' });
    await expect(romeo.waitForMessage(() => true, 1_500)).rejects.toThrow();
    expect(romeo.presencesOf(all.julietAccount.jid)).toEqual([]);
  });

  it('T31 accepted, it is a conversation like any other: receipts, markers, notifications', async () => {
    const all = await strangers(kind);
    const { desk, romeoAccount } = all;
    const peer = romeoAccount.jid;
    await say(all, 'm1', 'hello');
    await untilStanding(all, 'request');
    await desk.core.ask('request.accept', { account: desk.account, peer });
    expect(await chatOf(desk, peer)).toMatchObject({ standing: 'open', unread: 1 });
    expect(noticeOf(desk, peer)).toBeUndefined();
    await say(all, 'm2', 'again');
    await hears(all, /received[^>]*m2/);
    expect(noticeOf(desk, peer)).toMatchObject({ quiet: false, body: 'again' });
    await desk.core.ask('chat.read', { account: desk.account, peer });
    await hears(all, /displayed[^>]*m2/);
  });

  it('ignored, it stays and is silent', async () => {
    const all = await strangers(kind);
    const { desk, romeo, romeoAccount } = all;
    const peer = romeoAccount.jid;
    await say(all, 'm1', 'hello');
    await untilStanding(all, 'request');
    await desk.core.ask('request.ignore', { account: desk.account, peer });
    expect(noticeOf(desk, peer)).toBeUndefined();
    await say(all, 'm2', 'hello?');
    await untilMessage(desk, peer, 'hello?');
    expect(await chatOf(desk, peer)).toMatchObject({ standing: 'ignored', unread: 0 });
    expect(noticeOf(desk, peer)).toBeUndefined();
    await expect(romeo.waitForMessage(() => true, 500)).rejects.toThrow();
  });

  it('answering accepts, and so does a place in the roster, given here or at another device', async () => {
    const answer = await strangers(kind);
    await say(answer, 'm1', 'hello');
    await untilStanding(answer, 'request');
    const { desk } = answer;
    await desk.core.ask('message.send', { account: desk.account, peer: answer.romeoAccount.jid, body: 'hi' });
    await untilStanding(answer, 'open');

    const nurseAccount = await answer.server.newAccount('nurse');
    const nurse: Strangers = {
      ...answer,
      romeo: await ownPeer(answer.server, nurseAccount),
      romeoAccount: nurseAccount,
    };
    await say(nurse, 'm1', 'hello');
    await untilStanding(nurse, 'request');
    await desk.core.ask('roster.add', {
      account: desk.account,
      peer: nurseAccount.jid,
      name: null,
      groups: [],
      message: null,
    });
    await untilStanding(nurse, 'open');

    const parisAccount = await answer.server.newAccount('paris');
    const paris: Strangers = {
      ...answer,
      romeo: await ownPeer(answer.server, parisAccount),
      romeoAccount: parisAccount,
    };
    await say(paris, 'm1', 'hello');
    await untilStanding(paris, 'request');
    const phone = await ownPeer(answer.server, answer.julietAccount, { autoAccept: false });
    await phone.setContact({ jid: parisAccount.jid, name: 'Paris' });
    await untilStanding(paris, 'open');
  });

  it('T31 people of the own domain are no strangers, unless the settings say so', async () => {
    const all = await strangers(kind, true);
    const { desk, romeoAccount } = all;
    await say(all, 'm1', 'from the office next door');
    const chat = await untilStanding(all, 'open');
    expect(chat.unread).toBe(1);
    expect(noticeOf(desk, romeoAccount.jid)).toMatchObject({
      quiet: false,
      body: 'from the office next door',
    });
  });

  it('T31 where only contacts may write, others are kept aside without a word to either side, and nothing is lost', async () => {
    const all = await strangers(kind, true);
    const { desk, romeo, romeoAccount, julietAccount } = all;
    const peer = romeoAccount.jid;
    await desk.core.ask('settings.set', { patch: { contactsOnly: true } });
    await say(all, 'm1', 'let me in');
    await untilStanding(all, 'request');
    await romeo.sendRaw(
      `<message xmlns='jabber:client' to='${julietAccount.jid}'><body>By letter, then</body></message>`,
    );
    await untilMessage(desk, peer, 'By letter, then');
    await romeo.subscribe(julietAccount.jid);
    await desk.core.until(async () => {
      const { requests } = (await desk.core.ask('roster.state', { account: desk.account })).value;
      return requests.some(({ jid }) => jid === peer) || null;
    }, 'the wish to be a contact');
    expect(await chatOf(desk, peer)).toMatchObject({ standing: 'request', unread: 0 });
    expect([...desk.core.notices.keys()]).toEqual([]);
    await expect(romeo.waitForMessage(() => true, 500)).rejects.toThrow();
    expect(romeo.presencesOf(julietAccount.jid)).toEqual([]);
    // All of it is there for who looks for it, and once he is let in.
    await desk.core.ask('request.accept', { account: desk.account, peer });
    expect(await chatOf(desk, peer)).toMatchObject({ standing: 'open', unread: 2 });
    expect((await messagesOf(desk, peer)).map(({ body }) => body)).toEqual(['let me in', 'By letter, then']);
  });

  it('T31 headlines and normal messages are notices, not requests', async () => {
    const all = await strangers(kind);
    const { desk, romeo, romeoAccount, julietAccount } = all;
    await romeo.sendRaw(
      `<message xmlns='jabber:client' type='headline' to='${await fullJid(desk)}'><subject>News</subject><body>The bridge is closed</body></message>`,
    );
    await untilMessage(desk, romeoAccount.jid, 'The bridge is closed');
    await romeo.sendRaw(
      `<message xmlns='jabber:client' to='${julietAccount.jid}'><body>A letter</body></message>`,
    );
    await untilMessage(desk, romeoAccount.jid, 'A letter');
    const messages = await messagesOf(desk, romeoAccount.jid);
    expect(messages.map(({ kind: one }) => one)).toEqual(['headline', 'normal']);
    expect((await chatOf(desk, romeoAccount.jid))?.standing).toBe('open');
  });

  it('T31 a stranger’s client is asked nothing, whatever its presence says', async () => {
    const all = await strangers(kind);
    const { desk, romeo, romeoAccount } = all;
    await romeo.sendRaw(
      `<presence xmlns='jabber:client' to='${await fullJid(desk)}'><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='x' ver='abc'/></presence>`,
    );
    await say(all, 'm1', 'after that');
    await untilMessage(desk, romeoAccount.jid, 'after that');
    await expect(
      romeo.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes('disco#info'), 300),
    ).rejects.toThrow();
  });
});
