import { describe, expect, it } from 'vitest';
import type { Message } from '../../src-shared/model/conversation';
import { sharedServers } from '../servers/shared';
import { peerSays, verona } from './rooms-support';
import { signedIn } from './support';

const REFERENCE = 'urn:xmpp:reference:0';
const reference = (uri: string) =>
  `<reference xmlns='${REFERENCE}' type='mention' begin='0' end='3' uri='${uri}'/>`;

describe.each(sharedServers())('mentions on %s', (kind) => {
  it('go out with the address of whoever is called, and count where they come, by name or reference', async () => {
    const { juliet, account, romeo, room, join, julietAccount } = await verona(kind);
    await join();
    const page = async () =>
      (await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 50 })).value.messages;
    const until = (find: (of: readonly Message[]) => Message | undefined, what: string) =>
      juliet.until(async () => find(await page()) ?? null, what);
    const said = (body: string) => until((of) => of.find((one) => one.body === body), body);
    const chat = async () =>
      (await juliet.ask('chats.list', { account })).value.find(({ peer }) => peer === room);

    await juliet.ask('message.send', { account, peer: room, body: '💃 @Romeo, and Romeo too' });
    const xml = await romeo.waitForRaw((one) => one.includes(REFERENCE));
    const element = /<reference[^>]*>/u.exec(xml)?.[0] ?? '';
    for (const part of [`uri=["']xmpp:${room}/Romeo["']`, `begin=["']2["']`, `end=["']8["']`])
      expect(element).toMatch(new RegExp(part, 'u'));
    expect(xml.match(/<reference/gu)).toHaveLength(1);

    await peerSays(romeo, room, 'nobody here');
    expect((await said('nobody here')).mention).toBeUndefined();
    await peerSays(romeo, room, 'juliet!');
    expect((await said('juliet!')).mention).toBe(true);
    const raw = (id: string, body: string, uri: string) =>
      romeo.sendRaw(
        `<message type='groupchat' id='${id}' to='${room}'><body>${body}</body>${reference(uri)}</message>`,
      );
    await raw('by-nick', 'you there', `xmpp:${room}/Juliet`);
    expect((await said('you there')).mention).toBe(true);
    await raw('by-address', 'and you', `xmpp:${julietAccount.jid}`);
    expect((await said('and you')).mention).toBe(true);
    await raw('of-another', 'not you', `xmpp:${room}/Romeo`);
    expect((await said('not you')).mention).toBeUndefined();
    expect(await chat()).toMatchObject({ unread: 5, mentions: 3 });

    // A channel notifies of what names her; a correction that does so where the text before did not, and once.
    const notice = () => juliet.notices.get(`${account}:${room}`);
    const notified = (body: string) => juliet.until(() => (notice()?.body === body ? true : null), body);
    await notified('Romeo: juliet!\nRomeo: you there\nRomeo: and you');
    await juliet.ask('chat.read', { account, peer: room });
    expect(notice()).toBeUndefined();
    const corrects = (id: string, body: string) =>
      romeo.sendRaw(
        `<message type='groupchat' id='${id}' to='${room}'><body>${body}</body><replace xmlns='urn:xmpp:message-correct:0' id='of-another'/></message>`,
      );
    await corrects('better', 'you, Juliet');
    expect((await said('you, Juliet')).mention).toBe(true);
    await notified('Romeo: you, Juliet');
    await corrects('better still', 'you, my Juliet');
    await said('you, my Juliet');
    expect(notice()?.body).toBe('Romeo: you, Juliet');

    // What names her while she is away counts right after she is back.
    await juliet.ask('chat.read', { account, peer: room });
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    await peerSays(romeo, room, 'Juliet, when you are back');
    await peerSays(romeo, room, 'or not');
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    await said('or not');
    expect(await chat()).toMatchObject({ unread: 2, mentions: 1 });
    await notified('Romeo: Juliet, when you are back');
  });

  it('a private group notifies of all that is said in it, unless another rule is set for it', async () => {
    const { juliet, account, julietAccount, romeo, romeoAccount } = await signedIn(kind);
    const plan = { kind: 'group', name: 'Friends', description: '' } as const;
    const people = [romeoAccount.jid];
    const { room } = await juliet.ask('room.create', { account, plan, people });
    await romeo.sendRaw(
      `<presence to='${room}/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>`,
    );
    await juliet.until(async () => {
      const there = (await juliet.ask('room.occupants', { account, peer: room })).value;
      return there.find(({ nick }) => nick === 'Romeo');
    }, 'Romeo is in');
    const notice = () => juliet.notices.get(`${account}:${room}`);
    const until = (body: string) =>
      juliet.until(async () => {
        const page = await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 9 });
        return page.value.messages.find((one) => one.body === body);
      }, body);
    await peerSays(romeo, room, 'for all of us');
    expect(await juliet.until(notice, 'a notification')).toMatchObject({ body: 'Romeo: for all of us' });
    await juliet.ask('chat.mark', { account, peer: room, marks: { rule: 'mentions' } });
    await juliet.ask('chat.read', { account, peer: room });
    await peerSays(romeo, room, 'for nobody');
    await until('for nobody');
    const named = `for ${julietAccount.name}`;
    await peerSays(romeo, room, named);
    expect(await juliet.until(notice, 'a notification of her name')).toMatchObject({
      body: `Romeo: ${named}`,
    });
  });
});
