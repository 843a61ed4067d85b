import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AccountState } from '../../src-shared/ipc/states';
import { CAPABILITIES } from '../servers/capabilities';
import { connectServer, sharedServers, type SharedServer } from '../servers/shared';
import { memoryKeyring, startCore, type TestCore } from '../support/core';
import { faultProxy } from '../support/fault-proxy';
import type { Orders } from '../fault/core-child';
import type { Ports } from '../../src-main/ports';
import { verona } from './rooms-support';
import { atEnd, contactOf, friends, messagesWith, type Pair } from './support';

const script = fileURLToPath(new URL('../fault/core-child.ts', import.meta.url));
const online = ({ connection }: AccountState): boolean => connection.phase === 'online';
const pause = (ms: number) => new Promise((next) => setTimeout(next, ms));

const withProxy = async (server: SharedServer) => {
  const { port, pathname } = new URL(server.wsUrl);
  const proxy = await faultProxy({ port: Number(port) });
  atEnd(() => proxy.stop());
  return { proxy, url: `ws://127.0.0.1:${String(proxy.port)}${pathname}` };
};
/** What the app has written so far, as the console shows it. */
const written = async ({ juliet, account }: Pair): Promise<readonly string[]> =>
  (await juliet.ask('console.entries', { account })).value
    .filter(({ direction }) => direction === 'out')
    .map(({ xml }) => xml);
const ownJid = async (core: TestCore) => (await core.waitForState(online, 'online')).connection.jid;
const bodiesWhen = (pair: Pair, count: number) =>
  pair.juliet.until(
    async () => {
      const messages = await messagesWith(pair);
      const settled = messages.every(({ delivery }) => delivery !== 'waiting');
      return messages.length >= count && settled ? messages.map(({ body }) => body) : null;
    },
    `${String(count)} messages`,
  );

const resumes = (kind: keyof typeof CAPABILITIES): boolean => CAPABILITIES[kind].smResume === 'works';

describe.each(sharedServers().filter(resumes))('a session that is resumed on %s', (kind) => {
  it('R3 keeps contacts where they were, asks for nothing again, and says only what has changed', async () => {
    const server = connectServer(kind);
    const { proxy, url } = await withProxy(server);
    const pair = await friends(kind, { server: url });
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    const before = await ownJid(juliet);
    await romeo.sendMessage(julietAccount.jid, 'one');
    await bodiesWhen(pair, 1);
    const seen = romeo.presenceHistory(julietAccount.jid).length;
    proxy.refuse(true);
    proxy.cut();
    await juliet.waitForState(({ connection }) => connection.phase === 'waiting', 'noticed');
    expect((await contactOf(pair))?.presence.kind).toBe('online');
    await romeo.sendMessage(julietAccount.jid, 'two');
    await juliet.ask('message.send', { account, peer: romeoAccount.jid, body: 'three' });
    await romeo.setPresence({ show: 'dnd', status: 'busy' });
    await juliet.ask('presence.set', { account, kind: 'away', status: 'tea' });
    const already = (await written(pair)).length;
    proxy.refuse(false);
    await juliet.ask('account.retry', { account });
    expect(await ownJid(juliet)).toBe(before);
    const bodies = await bodiesWhen(pair, 3);
    expect([...bodies].sort()).toEqual(['one', 'three', 'two']);
    await juliet.until(
      async () => ((await contactOf(pair))?.presence.status === 'busy' ? true : null),
      'busy',
    );
    await romeo.waitForPresence(julietAccount.jid, ({ show, status }) => show === 'away' && status === 'tea');
    await romeo.waitForMessage(({ body }) => body === 'three');
    const since = (await written(pair)).slice(already);
    expect(since.some((xml) => xml.includes('jabber:iq:roster'))).toBe(false);
    expect(since.filter((xml) => xml.startsWith('<presence'))).toHaveLength(1);
    // To her contacts she was there all the time.
    const told = romeo.presenceHistory(julietAccount.jid).slice(seen);
    expect(told.map(({ available, show }) => [available, show])).toEqual([[true, 'away']]);
    expect(romeo.messages.map(({ body }) => body)).toEqual(['three']);
  });

  it('R3 lost again while it is being taken up, it leaves no room half entered', async () => {
    const { proxy, url } = await withProxy(connectServer(kind));
    const gate: { open: (() => void) | null; shut: Promise<void> | null } = { open: null, shut: null };
    const spoil = (ports: Ports): Ports => ({
      ...ports,
      files: {
        ...ports.files,
        write: async (name, text) => {
          if (name === 'accounts.json') await gate.shut;
          await ports.files.write(name, text);
        },
      },
    });
    const { juliet, account, join, until } = await verona(
      kind,
      await friends(kind, { server: url }, { spoil }),
    );
    expect(await join()).toEqual({ is: 'joined' });
    await until(({ occupants }) => occupants === 2, 'two in the room');
    const resumed = () => juliet.log.filter((line) => line.includes('"resumed":true')).length;
    gate.shut = new Promise((resolve) => (gate.open = resolve));
    proxy.cut();
    await juliet.until(() => (resumed() > 0 ? true : null), 'taken up');
    proxy.refuse(true);
    proxy.cut();
    await juliet.waitForState(({ connection }) => connection.phase === 'waiting', 'lost again');
    gate.open?.();
    await pause(100);
    // The next one begins anew.
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    proxy.refuse(false);
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    await juliet.waitForState(online, 'online');
    await until(({ status }) => status.is === 'joined', 'in the room');
  });

  it('R3 is gone with its time: contacts are then shown as away from here', async () => {
    const server = connectServer(kind);
    const { proxy, url } = await withProxy(server);
    const pair = await friends(kind, { server: url });
    const { juliet, account } = pair;
    proxy.refuse(true);
    proxy.cut();
    await juliet.waitForState(({ connection }) => connection.phase === 'waiting', 'noticed');
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    expect((await contactOf(pair))?.presence.kind).toBe('offline');
  });
});

describe.each(sharedServers())('an app that is killed on %s', (kind) => {
  it('R1 R2 starts again, goes on with its session where the server can, and nothing is lost or doubled', async () => {
    const child = fork(script, { execArgv: ['--import', 'tsx'] });
    atEnd(() => Promise.resolve(void child.kill('SIGKILL')));
    const kept = new Map<string, string>();
    const pair = await friends(kind, {}, { secrets: memoryKeyring(kept) });
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    await juliet.stop(true);
    await romeo.waitForOffline(julietAccount.jid);
    const ended = once(child, 'exit');
    child.send({
      dir: juliet.dir,
      secrets: [...kept],
      // Never comes: it is killed from outside.
      step: { call: 'rewrite', when: 'before' },
      send: { account, peer: romeoAccount.jid, body: 'sent before' },
    } satisfies Orders);
    const there = await romeo.waitForPresence(julietAccount.jid, ({ available }) => available, 30_000);
    await romeo.waitForMessage(({ body }) => body === 'sent before');
    await romeo.sendMessage(julietAccount.jid, 'heard before');
    await romeo.waitForMessage(({ receiptFor }) => receiptFor !== undefined, 1).catch(() => undefined);
    // The session is written once a second.
    await pause(2_500);
    child.kill('SIGKILL');
    await ended;
    await romeo.sendMessage(julietAccount.jid, 'came meanwhile');
    const again = await startCore({ dir: juliet.dir, secrets: juliet.secrets });
    atEnd(() => again.stop());
    const next = { ...pair, juliet: again };
    const jid = await ownJid(again);
    const bodies = await bodiesWhen(next, 3);
    expect(bodies).toEqual(['sent before', 'heard before', 'came meanwhile']);
    const contact = await again.until(async () => {
      const romeoThere = await contactOf(next);
      return romeoThere?.presence.kind === 'online' ? romeoThere : null;
    }, 'Romeo is there');
    expect(contact.subscription).toBe('both');
    expect(jid === there.from).toBe(resumes(kind));
    await again.ask('message.send', { account, peer: romeoAccount.jid, body: 'after' });
    await romeo.waitForMessage(({ body }) => body === 'after');
    await romeo.sendMessage(julietAccount.jid, 'answer');
    expect(await bodiesWhen(next, 5)).toEqual([...bodies, 'after', 'answer']);
    expect(romeo.messages.map(({ body }) => body)).toEqual(['sent before', 'after']);
    // After a quit there is nothing to go on with.
    await again.stop(true);
    const third = await startCore({ dir: juliet.dir, secrets: juliet.secrets });
    atEnd(() => third.stop());
    expect(await ownJid(third)).not.toBe(jid);
  });
});
