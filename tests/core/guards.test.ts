import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import { sharedServers, type TestAccount } from '../servers/shared';
import { at, atEnd, friends, messagesWith, ownCore, ownPeer, signedIn, type Pair } from './support';

const stanzas = 'urn:ietf:params:xml:ns:xmpp-stanzas';
const fullJid = async ({ juliet }: Pair): Promise<string> =>
  (await juliet.ask('app.state', {})).value.accounts[0]?.connection.jid ?? '';
let ids = 0;
/** What a client that is not ours is answered by another one, or by the server in its place. */
const askRaw = async (peer: Peer, to: string, type: 'get' | 'set', child: string): Promise<string> => {
  const id = `raw-${String(++ids)}`;
  await peer.sendRaw(`<iq xmlns='jabber:client' type='${type}' id='${id}' to='${to}'>${child}</iq>`);
  return peer.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes(id));
};
const conditionOf = (answer: string): string =>
  new RegExp(`<([a-z-]+)[^>]*${stanzas}`).exec(answer)?.[1] ?? `none in ${answer}`;
/** Of the two clients the one that sends no receipts by itself. */
const quietPeer = async (pair: Pair, account: TestAccount): Promise<Peer> => {
  const peer = await connectPeer(pair.server, account, { client: 'stanza' });
  atEnd(() => peer.disconnect());
  return peer;
};
/** A peer's stanzas come in its order: once this one is there, those before it have been handled. */
const settled = async (pair: Pair, peer: Peer, marker: string): Promise<void> => {
  await peer.sendMessage(pair.julietAccount.jid, marker);
  const from = peer.bareJid;
  await pair.juliet.until(async () => {
    const { messages } = (
      await pair.juliet.ask('messages.page', { account: pair.account, peer: from, anchor: null, limit: 50 })
    ).value;
    return messages.some(({ body }) => body === marker) ? true : null;
  }, marker);
};

describe.each(sharedServers())('what others may do to us on %s', (kind) => {
  it('T2 a roster push sent by a contact or a stranger is refused and changes nothing', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, server } = pair;
    const mallory = await ownPeer(server, await server.newAccount('mallory'));
    const before = (await juliet.ask('roster.state', { account })).value.contacts;
    for (const attacker of [romeo, mallory]) {
      for (const item of [
        `<item jid='${mallory.bareJid}' name='Nurse' subscription='both'/>`,
        `<item jid='${romeo.bareJid}' subscription='remove'/>`,
      ]) {
        const query = `<query xmlns='jabber:iq:roster'>${item}</query>`;
        const answer = await askRaw(attacker, await fullJid(pair), 'set', query);
        expect(conditionOf(answer)).toMatch(/^(service-unavailable|not-allowed|forbidden)$/);
      }
      await settled(pair, attacker, 'after the attack');
    }
    const { contacts } = (await juliet.ask('roster.state', { account })).value;
    expect(contacts.map(({ jid, name, subscription }) => [jid, name, subscription])).toEqual(
      before.map(({ jid, name, subscription }) => [jid, name, subscription]),
    );
  });

  it('T11 a receipt, or an error, of somebody else is not about our message', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, server, julietAccount, romeo } = pair;
    const nurseAccount = await server.newAccount('nurse');
    const nurse = await quietPeer(pair, nurseAccount);
    await juliet.ask('message.send', { account, peer: nurseAccount.jid, body: 'secret plan' });
    const { id = '', from } = await nurse.waitForMessage(({ body }) => body === 'secret plan');
    const delivery = async () =>
      (await messagesWith({ ...pair, romeoAccount: nurseAccount })).find(
        ({ direction }) => direction === 'out',
      )?.delivery;
    await juliet.until(async () => ((await delivery()) === 'sent' ? true : null), 'sent');

    await romeo.sendReceipt(from, id);
    await romeo.sendRaw(
      `<message xmlns='jabber:client' type='error' id='${id}' to='${from}'><error type='cancel'><gone xmlns='${stanzas}'/></error></message>`,
    );
    await settled(pair, romeo, 'not mine');
    expect(await delivery()).toBe('sent');
    await nurse.sendReceipt(julietAccount.jid, id);
    await juliet.until(async () => ((await delivery()) === 'received' ? true : null), 'received');
  });

  it('T12 a stamp that a client sets on its own message does not move it into the past or the future', async () => {
    const pair = await signedIn(kind);
    const { julietAccount, romeo, server } = pair;
    const say = (body: string, from: string, stamp: string) =>
      romeo.sendRaw(
        `<message xmlns='jabber:client' type='chat' to='${julietAccount.jid}'><body>${body}</body>` +
          `<delay xmlns='urn:xmpp:delay' from='${from}' stamp='${stamp}'/></message>`,
      );
    await settled(pair, romeo, 'first');
    await say('from the past', romeo.bareJid, '2020-02-02T02:02:02.000Z');
    await say('from elsewhere', 'evil.test', '2020-02-02T02:02:02.000Z');
    await say('from tomorrow', server.domain, '2999-01-01T00:00:00.000Z');
    await settled(pair, romeo, 'last');
    const messages = await messagesWith(pair);
    expect(messages.map(({ body }) => body)).toEqual([
      'first',
      'from the past',
      'from elsewhere',
      'from tomorrow',
      'last',
    ]);
    const now = Date.now();
    for (const { at: time } of messages) expect(Math.abs(time - now)).toBeLessThan(60_000);
  });

  it('T15 what is nested too deep, too wide or too long costs neither the line nor the archive what comes after it', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo, julietAccount } = pair;
    const lost = () => juliet.log.filter((line) => line.includes('"lost"'));
    const say = (body: string, more: string): Promise<void> =>
      romeo.sendRaw(
        `<message xmlns='jabber:client' type='chat' id='${body.slice(0, 20)}' to='${julietAccount.jid}'><body>${body}</body>${more}</message>`,
      );
    // More than six times as long once the server has written them as references; Openfire keeps 100 kB for who is away.
    const long = 180_000;
    const kept = kind === 'openfire' ? 1_000 : long;
    const hairs = Array.from({ length: 70 }, (_, n) => `a${String(n)}='x'`).join(' ');
    const large = async (when: string): Promise<readonly string[]> => {
      const sent = {
        [`${when} deep`]: `<a xmlns='urn:x'>${'<a>'.repeat(70)}${'</a>'.repeat(71)}`,
        // Within the limit here, beyond it inside of what the archive gives.
        [`${when} deep in the archive`]: `<a xmlns='urn:x'>${'<a>'.repeat(60)}${'</a>'.repeat(61)}`,
        [`${when} hairy`]: `<a xmlns='urn:x' ${hairs}/>`,
        [`${when} wide`]: `<a xmlns='urn:x'>${'<a/>'.repeat(10_001)}</a>`,
        [`${when} long ${'"'.repeat(when === 'here' ? long : kept)}`]: '',
        [`${when} behind them`]: '',
      };
      for (const [body, more] of Object.entries(sent)) await say(body, more);
      return Object.keys(sent).map((body) => body.slice(0, 30));
    };
    const said: string[] = [];
    const allThere = () =>
      juliet.until(async () => {
        const bodies = (await messagesWith(pair)).map(({ body }) => body.slice(0, 30));
        return said.every((one) => bodies.includes(one)) ? bodies : null;
      }, 'all that was said');
    said.push(...(await large('here')));
    expect(await allThere()).toEqual(said);
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    said.push(...(await large('away')));
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    await allThere();
    await settled(pair, romeo, 'after all');
    const bodies = (await messagesWith(pair)).map(({ body }) => body.slice(0, 30));
    expect(bodies.toSorted()).toEqual([...said, 'after all'].toSorted());
    expect(lost()).toEqual([]);
  });

  it('T31 a stranger learns nothing: no receipt, no typing, no version, no features, not even that we are here', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo, julietAccount } = pair;
    await romeo.sendMessage(julietAccount.jid, 'answer me', { requestReceipt: true, chatState: 'active' });
    await juliet.until(async () => ((await messagesWith(pair)).length === 1 ? true : null), 'there');
    await juliet.ask('chat.typing', { account, peer: romeo.bareJid, state: 'composing' });
    const there = await fullJid(pair);
    for (const child of [
      "<query xmlns='jabber:iq:version'/>",
      "<query xmlns='http://jabber.org/protocol/disco#info'/>",
      "<ping xmlns='urn:xmpp:ping'/>",
      "<query xmlns='jabber:iq:last'/>",
    ]) {
      const condition = conditionOf(await askRaw(romeo, there, 'get', child));
      expect(condition).toBe('service-unavailable');
      // The same as where nobody is.
      expect(conditionOf(await askRaw(romeo, `${julietAccount.jid}/nobody`, 'get', child))).toBe(condition);
    }
    await expect(romeo.waitForMessage(() => true, 300)).rejects.toThrow();
    expect(romeo.presencesOf(julietAccount.jid)).toEqual([]);
  });

  it('T31 a contact that may see us gets all of it', async () => {
    const pair = await friends(kind);
    const { romeo, julietAccount } = pair;
    await romeo.sendMessage(julietAccount.jid, 'answer me', { requestReceipt: true });
    await romeo.waitForMessage(({ receiptFor }) => receiptFor !== undefined);
    const there = await fullJid(pair);
    expect(await askRaw(romeo, there, 'get', "<query xmlns='jabber:iq:version'/>")).toContain('Flint');
    const features = await askRaw(
      romeo,
      there,
      'get',
      "<query xmlns='http://jabber.org/protocol/disco#info'/>",
    );
    expect(features).toContain('urn:xmpp:receipts');
  });

  it('T25 neither password nor text is in a file, a log or what the window is told of the account', async () => {
    const pair = await signedIn(kind);
    const { juliet, romeoAccount, server, romeo } = pair;
    const canary = { password: 'C4n4ry-pässword', text: 'C4n4ry-text' };
    const account = await server.newAccount('canary', canary.password);
    const core = await ownCore();
    const id = await core.signIn(account.jid, canary.password, at(server));
    await core.ask('message.send', { account: id, peer: romeoAccount.jid, body: canary.text });
    await romeo.waitForMessage(({ body }) => body === canary.text);
    await core.stop(true);
    const needles = [
      ...Object.values(canary),
      ...Object.values(canary).map((text) => Buffer.from(text).toString('base64')),
    ];
    const files = await readdir(core.dir);
    expect(files.some((name) => name.endsWith('.db'))).toBe(true);
    for (const name of files) {
      const bytes = await readFile(join(core.dir, name));
      for (const needle of needles) expect(bytes.includes(needle), `${needle} in ${name}`).toBe(false);
    }
    const states = core.events.filter(({ topic }) => topic === 'account' || topic === 'console');
    const told = JSON.stringify([core.log, states, juliet.log]);
    expect(told).not.toContain(canary.password);
    expect(core.log.join('')).not.toContain(canary.text);
  });
});
