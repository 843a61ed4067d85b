import { describe, expect, it } from 'vitest';
import type { Message } from '../../src-shared/model/conversation';
import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import { sharedServers } from '../servers/shared';
import { startCore } from '../support/core';
import { atEnd, messagesWith, ownPeer, signedIn, type Pair } from './support';

const go = ({ juliet, account }: Pair, kind: 'online' | 'offline') =>
  juliet.ask('presence.set', { account, kind, status: null });
const send = ({ juliet, account, romeoAccount }: Pair, body: string, to = romeoAccount.jid) =>
  juliet.ask('message.send', { account, peer: to, body });
const bodies = (peer: Peer) => peer.messages.map(({ body }) => body);
const until = (pair: Pair, fits: (messages: readonly Message[]) => boolean, what: string) =>
  pair.juliet.until(async () => {
    const messages = await messagesWith(pair);
    return fits(messages) ? messages : null;
  }, what);

/** As a server or a client that refuses a message. */
const refuse = async (peer: Peer, body: string): Promise<string> => {
  const { id, from } = await peer.waitForMessage((message) => message.body === body);
  await peer.sendRaw(
    `<message xmlns='jabber:client' type='error' id='${id ?? ''}' to='${from}'><error type='cancel'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
  );
  return id ?? '';
};

describe.each(sharedServers())('the outbox on %s', (kind) => {
  it('R9 keeps the order of each conversation, however they were mixed', async () => {
    const pair = await signedIn(kind);
    const { romeo, server } = pair;
    const nurseAccount = await server.newAccount('nurse');
    const nurse = await ownPeer(server, nurseAccount);
    await go(pair, 'offline');
    const numbers = Array.from({ length: 12 }, (_, n) => String(n));
    for (const n of numbers) {
      await send(pair, `romeo ${n}`);
      await send(pair, `nurse ${n}`, nurseAccount.jid);
    }
    await go(pair, 'online');
    await romeo.waitForMessage(({ body }) => body === 'romeo 11');
    await nurse.waitForMessage(({ body }) => body === 'nurse 11');
    // Typed while the others are still on their way.
    await Promise.all(['a', 'b', 'c'].map((body) => send(pair, body)));
    await romeo.waitForMessage(({ body }) => body === 'c');
    expect(bodies(romeo)).toEqual([...numbers.map((n) => `romeo ${n}`), 'a', 'b', 'c']);
    expect(bodies(nurse)).toEqual(numbers.map((n) => `nurse ${n}`));
  });

  it('R20 one that fails does not hold up the next; tried again, it goes under its old id', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, server } = pair;
    // Of the two clients the one that sends no receipts by itself: what has arrived cannot fail any more.
    const nurseAccount = await server.newAccount('nurse');
    const nurse = await connectPeer(server, nurseAccount, { client: 'stanza' });
    atEnd(() => nurse.disconnect());
    const { id } = await send(pair, 'refused', nurseAccount.jid);
    await send(pair, 'next', nurseAccount.jid);
    const withNurse = { ...pair, romeoAccount: nurseAccount };
    const first = await refuse(nurse, 'refused');
    await nurse.waitForMessage(({ body }) => body === 'next');
    const failed = await until(withNurse, ([message]) => message?.delivery === 'failed', 'failed');
    expect(failed[0]?.error).toMatchObject({ condition: 'not-acceptable' });
    expect(failed[1]?.delivery).not.toBe('failed');
    await juliet.ask('message.retry', { account, id });
    const again = await nurse.waitForMessage(({ body }) => body === 'refused');
    expect(again.id).toBe(first);
    await until(withNurse, ([message]) => message?.delivery === 'sent', 'sent');
    // It stands where it was written.
    expect((await messagesWith(withNurse)).map(({ body }) => body)).toEqual(['refused', 'next']);
  });

  it('what is discarded before it went never goes; what went cannot be discarded', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo } = pair;
    await go(pair, 'offline');
    const ids: number[] = [];
    for (const body of ['one', 'two', 'three']) ids.push((await send(pair, body)).id);
    const [one = 0, two = 0] = ids;
    const discard = (id: number) => juliet.core.call('message.discard', { account, id });
    expect(await discard(two)).toEqual({ ok: true, value: null });
    await go(pair, 'online');
    await romeo.waitForMessage(({ body }) => body === 'three');
    const rest = await until(pair, (all) => all.every(({ delivery }) => delivery !== 'waiting'), 'all sent');
    expect(rest.map(({ body }) => body)).toEqual(['one', 'three']);
    expect(bodies(romeo)).toEqual(['one', 'three']);
    expect(await discard(one)).toMatchObject({ error: { code: 'no-message' } });
    expect(await juliet.core.call('message.retry', { account, id: one })).toMatchObject({
      error: { code: 'no-message' },
    });
  });

  it('R1 waits over a quit and a start, in order, and goes once', async () => {
    const pair = await signedIn(kind);
    const { juliet, romeo } = pair;
    await go(pair, 'offline');
    const texts = ['first 一', 'second', 'third'];
    for (const body of texts) await send(pair, body);
    const { dir, secrets } = juliet;
    await juliet.stop(true);
    const again = await startCore({ dir, secrets });
    atEnd(() => again.stop());
    const next = { ...pair, juliet: again };
    expect((await messagesWith(next)).map(({ body, delivery }) => [body, delivery])).toEqual(
      texts.map((body) => [body, 'waiting']),
    );
    await go(next, 'online');
    await romeo.waitForMessage(({ body }) => body === 'third');
    await until(next, (all) => all.every(({ delivery }) => delivery !== 'waiting'), 'all sent');
    await send(next, 'last');
    await romeo.waitForMessage(({ body }) => body === 'last');
    expect(bodies(romeo)).toEqual([...texts, 'last']);
  });
});
