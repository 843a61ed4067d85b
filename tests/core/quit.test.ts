import { describe, expect, it } from 'vitest';
import { sharedServers, connectServer } from '../servers/shared';
import { startCore, type TestCore } from '../support/core';
import { faultProxy, type FaultProxy } from '../support/fault-proxy';
import { atEnd, friends, messagesWith, signedIn, type Pair } from './support';

const through = async (url: string): Promise<{ readonly proxy: FaultProxy; readonly url: string }> => {
  const { port, pathname } = new URL(url);
  const proxy = await faultProxy({ port: Number(port) });
  atEnd(() => proxy.stop());
  return { proxy, url: `ws://127.0.0.1:${String(proxy.port)}${pathname}` };
};
const send = ({ juliet, account, romeoAccount }: Pair, body: string) =>
  juliet.ask('message.send', { account, peer: romeoAccount.jid, body });
const again = async ({ dir, secrets }: TestCore): Promise<TestCore> => {
  const core = await startCore({ dir, secrets });
  atEnd(() => core.stop());
  return core;
};
const states = async (pair: Pair) => (await messagesWith(pair)).map(({ delivery }) => delivery);

describe.each(sharedServers())('quitting on %s', (kind) => {
  it('says goodbye: unavailable presence, what was handled, <close/>', async () => {
    const { juliet, account, romeo, julietAccount } = await friends(kind);
    await juliet.stop(true);
    await romeo.waitForOffline(julietAccount.jid);
    const out = juliet.events.flatMap((event) =>
      event.topic === 'console' && event.account === account && event.entry.direction === 'out'
        ? [event.entry.xml]
        : [],
    );
    expect(out.slice(-3)).toEqual([
      expect.stringMatching(/^<presence .*type="unavailable"/),
      expect.stringMatching(/^<a .*h="\d+"/),
      expect.stringMatching(/^<close /),
    ]);
    expect(out.filter((xml) => xml.startsWith('<close '))).toHaveLength(1);
  });

  it('R25 right after the last key: all of it is there, and nothing goes a second time', async () => {
    const pair = await signedIn(kind);
    const { romeo } = pair;
    const bodies = Array.from({ length: 30 }, (_, n) => `quick ${String(n)}`);
    for (const body of bodies) await send(pair, body);
    await pair.juliet.stop(true);
    await romeo.waitForMessage(({ body }) => body === bodies.at(-1));
    const next = { ...pair, juliet: await again(pair.juliet) };
    expect(await states(next)).not.toContain('waiting');
    await next.juliet.waitForState(({ connection }) => connection.phase === 'online', 'online');
    await send(next, 'last');
    await romeo.waitForMessage(({ body }) => body === 'last');
    expect(romeo.messages.map(({ body }) => body)).toEqual([...bodies, 'last']);
  });

  it('R25 on a line that is dead ends in time all the same, and keeps what could not go', async () => {
    const { proxy, url } = await through(connectServer(kind).wsUrl);
    const pair = await signedIn(kind, { server: url });
    const { juliet, romeo } = pair;
    proxy.blackHole(true);
    for (const body of ['kept 1', 'kept 2']) await send(pair, body);
    const late = new Promise<string>((resolve) => setTimeout(() => resolve('late'), 4000));
    const quit = juliet.core.quit().then(() => 'in time');
    expect(await Promise.race([quit, late])).toBe('in time');
    proxy.cut();
    proxy.blackHole(false);
    const next = { ...pair, juliet: await again(juliet) };
    expect(await states(next)).toEqual(['waiting', 'waiting']);
    await romeo.waitForMessage(({ body }) => body === 'kept 2');
    expect(romeo.messages.map(({ body }) => body)).toEqual(['kept 1', 'kept 2']);
  });

  it('R25 between two tries ends at once', async () => {
    const { proxy, url } = await through(connectServer(kind).wsUrl);
    const pair = await signedIn(kind, { server: url });
    const { juliet, romeo } = pair;
    proxy.refuse(true);
    proxy.cut();
    await juliet.waitForState(({ connection }) => connection.phase === 'waiting', 'waiting');
    await send(pair, 'later');
    await juliet.core.quit();
    const { opened } = proxy;
    proxy.refuse(false);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(proxy.opened).toBe(opened);
    await again(juliet);
    await romeo.waitForMessage(({ body }) => body === 'later');
  });

  it('and going offline, wait for what is on its way; chosen in haste, the last choice holds', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo } = pair;
    await send(pair, 'on its way');
    const set = (presence: 'online' | 'offline') =>
      juliet.ask('presence.set', { account, kind: presence, status: null });
    await Promise.all([set('offline'), set('online'), set('offline'), set('online')]);
    await juliet.waitForState(({ connection }) => connection.phase === 'online', 'online');
    await send(pair, 'after');
    await romeo.waitForMessage(({ body }) => body === 'after');
    expect(romeo.messages.map(({ body }) => body)).toEqual(['on its way', 'after']);
  });
});
