import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountState } from '../../src-shared/ipc/states';
import type { AppEvent } from '../../src-shared/ipc/events';
import type { Message } from '../../src-shared/model/conversation';
import type { Peer } from '../peers/peer';
import { CAPABILITIES } from '../servers/capabilities';
import type { TestServer } from '../servers/server';
import { connectServer, sharedServers } from '../servers/shared';
import { startServer } from '../servers/start-server';
import type { TestCore } from '../support/core';
import { faultProxy, type FaultProxy } from '../support/fault-proxy';
import { asShared, atEnd, contactOf, friends, messagesWith, ownPeer, signedIn, type Pair } from './support';

const online = ({ connection }: AccountState): boolean => connection.phase === 'online';
const pause = (ms: number) => new Promise((next) => setTimeout(next, ms));

/** How often a phase was entered so far. */
const times = (core: TestCore, phase: string): number => {
  const phases = core.events.flatMap((event: AppEvent) =>
    event.topic === 'account' && event.type === 'account' ? [event.state.connection.phase] : [],
  );
  return phases.filter((one, n) => one === phase && phases[n - 1] !== phase).length;
};
const through = async (url: string): Promise<{ readonly proxy: FaultProxy; readonly url: string }> => {
  const { port, pathname } = new URL(url);
  const proxy = await faultProxy({ port: Number(port) });
  atEnd(() => proxy.stop());
  return { proxy, url: `ws://127.0.0.1:${String(proxy.port)}${pathname}` };
};
/** The archive of somebody whose client does not read it by itself, in its order. */
const archiveOf = async (peer: Peer): Promise<readonly { readonly id: string; readonly body: string }[]> => {
  const found: { readonly id: string; readonly body: string }[] = [];
  for (let after = ''; ;) {
    await peer.sendRaw(
      `<iq xmlns='jabber:client' type='set' id='q${after}'><query xmlns='urn:xmpp:mam:2'><set xmlns='http://jabber.org/protocol/rsm'><max>50</max>${after && `<after>${after}</after>`}</set></query></iq>`,
    );
    for (;;) {
      const xml = await peer.waitForRaw(
        (text) => /<result |<fin /.test(text) && text.includes('urn:xmpp:mam:2'),
      );
      const message =
        /<message [^>]*\bid=['"]([^'"]+)['"][^>]*>(?:(?!<message).)*<body[^>]*>([^<]+)<\/body>/s.exec(
          xml.slice(xml.indexOf('<forwarded')),
        );
      if (message?.[1] && message[2]) found.push({ id: message[1], body: message[2] });
      if (!xml.includes('<fin')) continue;
      after = /<last[^>]*>([^<]+)<\/last>/.exec(xml)?.[1] ?? '';
      if (/complete=['"]true/.test(xml) || after === '') return found;
      break;
    }
  }
};
const send = ({ juliet, account, romeoAccount }: Pair, body: string): Promise<Message> =>
  juliet.ask('message.send', { account, peer: romeoAccount.jid, body });
const allSent = (pair: Pair, ms?: number) =>
  pair.juliet.until(
    async () => {
      const messages = await messagesWith(pair);
      return messages.every(({ delivery }) => delivery !== 'waiting') ? messages : null;
    },
    'nothing waits',
    ms,
  );

/** Nothing was written or came for a second. */
const calm = ({ juliet }: Pair) => {
  let [seen, since] = [-1, 0];
  return juliet.until(() => {
    if (juliet.events.length !== seen) [seen, since] = [juliet.events.length, performance.now()];
    return performance.now() - since > 1_000 || null;
  }, 'calm');
};

describe.each(sharedServers())('a restart of %s', (kind) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(kind);
  });
  afterAll(() => server.stop());

  it('Flint is back by itself within ten seconds of its return, presence and roster right, and sends what waits', async () => {
    const pair = await friends(asShared(server));
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    await juliet.ask('presence.set', { account, kind: 'away', status: 'tea' });
    await romeo.disconnect();
    await server.shutDown();
    await juliet.waitForState(({ connection }) => connection.phase === 'waiting', 'noticed');
    expect((await contactOf(pair))?.presence.kind).toBe('offline');
    expect((await send(pair, 'typed meanwhile')).delivery).toBe('waiting');

    await server.start();
    const { connection, presence } = await juliet.waitForState(online, 'back within ten seconds', 10_000);
    expect(connection).toMatchObject({ failure: null });
    expect(presence).toEqual({ kind: 'away', status: 'tea' });
    const again = await ownPeer(asShared(server), romeoAccount);
    await again.waitForPresence(julietAccount.jid, (one) => one.show === 'away' && one.status === 'tea');
    const romeoHere = await juliet.until(async () => {
      const contact = await contactOf(pair);
      return contact?.presence.kind === 'online' ? contact : null;
    }, 'Romeo is there');
    expect(romeoHere).toMatchObject({ name: 'Romeo', groups: ['Friends'], subscription: 'both' });
    await again.waitForMessage(({ body }) => body === 'typed meanwhile');
    await allSent(pair);
    await again.sendMessage(julietAccount.jid, 'welcome back');
    await juliet.until(async () => ((await messagesWith(pair)).length === 2 ? true : null), 'the answer');
    expect(again.messages.map(({ body }) => body)).toEqual(['typed meanwhile']);
  });

  it('R5 killed in the middle of sending: nothing is falsely sent, and all of it arrives, in order, under its one id', async () => {
    const { proxy, url } = await through(server.wsUrl);
    const pair = await friends(asShared(server), { server: url });
    // A line that is slow: what is known to be confirmed is then long at the peer.
    proxy.delay(150);
    const { juliet, romeo, romeoAccount } = pair;
    const firstConfirmed = new Promise<void>((resolve) => {
      juliet.core.listen(({ event }) => {
        // A receipt may overtake the server's own word.
        if (event.type === 'message' && event.message.delivery !== 'waiting') resolve();
      });
    });
    const bodies: string[] = [];
    let dead = false;
    const typing = (async () => {
      for (let n = 0; !dead; n++) {
        bodies.push(`message ${String(n)}`);
        await send(pair, `message ${String(n)}`);
        await pause(5);
      }
    })();
    await firstConfirmed;
    // What is on the slow line goes too: a word that the server said in its last moment never arrives.
    proxy.cut();
    await server.crash();
    proxy.delay(0);
    dead = true;
    await typing;
    bodies.push('the last one');
    await send(pair, 'the last one');
    await juliet.waitForState(({ connection }) => connection.phase === 'waiting', 'noticed');
    const before = await messagesWith(pair);
    const sent = before.filter(({ delivery }) => delivery !== 'waiting').map(({ body }) => body);
    expect(before.map(({ body }) => body)).toEqual(bodies);
    expect(before.some(({ delivery }) => delivery === 'failed')).toBe(false);
    expect(sent.length).toBeLessThan(bodies.length);
    await juliet.until(
      () => (sent.every((body) => romeo.messages.some((message) => message.body === body)) ? true : null),
      'what was confirmed is there',
    );

    await server.start();
    const again = await ownPeer(asShared(server), romeoAccount);
    await allSent(pair, 20_000);
    await again.waitForMessage(({ body }) => body === bodies.at(-1));
    // What was on its way to Romeo when the server died is where the server put it first.
    const kept = CAPABILITIES[kind].mam ? await archiveOf(again) : [];
    const ids = new Map([...kept, ...romeo.messages, ...again.messages].map(({ id, body }) => [id, body]));
    const there = [...ids.values()];
    // What is in our archive and not in Romeo's when the server is killed is lost between the two: nobody can know of it.
    // ejabberd does the two in two processes. Prosody does one right after the other, but they are two files: killed in 50 runs,
    // in 4 of them our file ended with one message more than Romeo's, and it was the one that was missing; never two.
    const missing = CAPABILITIES[kind].mam ? bodies.filter((body) => !there.includes(body)) : [];
    const own =
      missing.length > 0 ? await archiveOf(await ownPeer(asShared(server), pair.julietAccount)) : [];
    expect(own.map(({ body }) => body)).toEqual(expect.arrayContaining(missing));
    expect(missing.length).toBeLessThan(kind === 'prosody' ? 2 : 3);
    // By its id each is there once, in the order in which it was written.
    expect(there).toEqual(bodies.filter((body) => !missing.includes(body)));
    const after = await messagesWith(pair);
    expect(after.map(({ id, body }) => [id, body])).toEqual(before.map(({ id, body }) => [id, body]));
    expect(juliet.log.join('')).not.toContain('message 1');
  });
});

describe.each(sharedServers())('a session that ends on %s', (kind) => {
  it('by the administrator’s hand comes back by itself', async () => {
    const { juliet, server, julietAccount } = await signedIn(kind);
    await server.kick(julietAccount.name);
    const { connection } = await juliet.waitForState(
      ({ connection: { phase } }) => phase === 'waiting',
      'noticed',
    );
    expect(connection.failure?.code).toBe(kind === 'openfire' ? 'closed' : 'policy-violation');
    await juliet.waitForState(online, 'back', 15_000);
  });

  it('R16 with its account stops, says why, keeps the history and what waits', async () => {
    const pair = await friends(kind);
    const { juliet, account, server, julietAccount, romeo } = pair;
    await send(pair, 'before');
    await romeo.waitForMessage(({ body }) => body === 'before');
    await allSent(pair);
    // Prosody closes right behind its last word: what we write just then makes TCP throw that away unread.
    await calm(pair);
    await server.deleteUser(julietAccount.name);
    const { connection } = await juliet.waitForState(
      ({ connection: { phase } }) => phase === 'stopped',
      'stopped',
      20_000,
    );
    // Openfire closes without a word, and refuses the next sign-in.
    expect(connection.failure?.code).toBe(kind === 'openfire' ? 'not-authorized' : 'replaced-credentials');
    const tries = times(juliet, 'connecting');
    await send(pair, 'after');
    juliet.wake();
    juliet.network(true);
    await pause(1500);
    expect(times(juliet, 'connecting')).toBe(tries);
    const messages = await messagesWith(pair);
    expect(messages.map(({ body, delivery }) => [body, delivery === 'waiting'])).toEqual([
      ['before', false],
      ['after', true],
    ]);
    expect(await juliet.core.call('roster.state', { account })).toMatchObject({ ok: true });
  });

  it('R16 with its password changed elsewhere stops; the new one brings it back with what waits', async () => {
    const pair = await friends(kind);
    const { juliet, account, server, julietAccount, romeo } = pair;
    await server.setPassword(julietAccount.name, 'another one');
    await server.kick(julietAccount.name);
    const { connection } = await juliet.waitForState(
      ({ connection: { phase } }) => phase === 'stopped',
      'stopped',
      20_000,
    );
    expect(connection.failure?.code).toMatch(/^(replaced-credentials|not-authorized)$/);
    await send(pair, 'waits');
    const [state] = (await juliet.ask('app.state', {})).value.accounts;
    if (!state) throw new Error('no account');
    const { jid, options } = state.account;
    expect(await juliet.ask('account.signIn', { jid, password: 'another one', options })).toBe(account);
    await romeo.waitForMessage(({ body }) => body === 'waits');
    await allSent(pair);
    expect(romeo.messages.map(({ body }) => body)).toEqual(['waits']);
  });

  it('R18 for a newer one with the same resource stops and leaves it alone', async () => {
    const { juliet, server, julietAccount } = await signedIn(kind);
    const [state] = (await juliet.ask('app.state', {})).value.accounts;
    const resource = state?.connection.jid?.split('/')[1] ?? '';
    const other = await ownPeer(server, julietAccount, { resource });
    const { connection } = await juliet.waitForState(
      ({ connection: { phase } }) => phase === 'stopped',
      'stopped',
    );
    expect(connection.failure).toMatchObject({ code: 'conflict' });
    juliet.wake();
    juliet.network(true);
    await pause(1500);
    expect(times(juliet, 'connecting')).toBe(1);
    expect(await other.roster()).toEqual([]);
  });

  it('R7 when the network is back, or the computer wakes, it is there at once, by one new line', async () => {
    const { proxy, url } = await through(connectServer(kind).wsUrl);
    const pair = await signedIn(kind, { server: url });
    const { juliet } = pair;
    // Awake and online: a question, no new line.
    for (let n = 0; n < 20; n++) {
      juliet.wake();
      juliet.network(true);
    }
    await pause(300);
    expect([proxy.opened, times(juliet, 'connecting')]).toEqual([1, 1]);

    const ways = [() => juliet.network(true), () => juliet.wake()];
    for (const [n, bringBack] of ways.entries()) {
      proxy.refuse(true);
      proxy.cut();
      await juliet.waitForState(
        ({ connection }) => connection.phase === 'waiting' && (connection.retryIn ?? 0) > 1500,
        'a while until the next try',
        30_000,
      );
      proxy.refuse(false);
      const before = [proxy.opened, times(juliet, 'connecting')];
      for (let again = 0; again < 20; again++) bringBack();
      expect(times(juliet, 'connecting')).toBe((before[1] ?? 0) + 1);
      await juliet.waitForState(online, 'back');
      expect([proxy.opened, times(juliet, 'connecting')]).toEqual(before.map((count) => count + 1));
      // What comes within three seconds is one burst.
      if (n < ways.length - 1) await pause(3100);
    }
  });

  it('R6 R7 a line that is dead without a word is noticed within its deadline, at wake-up too; typing goes on throughout', async () => {
    const { proxy, url } = await through(connectServer(kind).wsUrl);
    const deadlines = { probeEvery: 1500, probeAnswer: 500, step: 1000, close: 100 };
    const pair = await friends(kind, { server: url }, { link: { deadlines } });
    const { juliet, romeo } = pair;
    for (const [n, wakes] of [false, true].entries()) {
      proxy.blackHole(true);
      const body = `into the hole ${String(n)}`;
      expect((await send(pair, body)).delivery).toBe('waiting');
      if (wakes) juliet.wake();
      const { connection } = await juliet.waitForState(
        ({ connection: { phase } }) => phase === 'waiting',
        'noticed',
        wakes ? 1500 : 3000,
      );
      expect(connection.failure?.code).toBe('timeout');
      proxy.blackHole(false);
      await juliet.waitForState(online, 'back');
      await romeo.waitForMessage((message) => message.body === body);
      await allSent(pair);
    }
    expect(romeo.messages.map(({ body }) => body)).toEqual(['into the hole 0', 'into the hole 1']);
  });
});
