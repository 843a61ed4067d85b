import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AccountState } from '../../src-shared/ipc/states';
import type { Message } from '../../src-shared/model/conversation';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import type { Orders } from '../fault/core-child';
import { memoryKeyring, startCore } from '../support/core';
import { at, atEnd, ownCore, ownPeer, signedIn, type Pair } from './support';

const script = fileURLToPath(new URL('../fault/core-child.ts', import.meta.url));

const go = ({ juliet, account }: Pair, kind: 'online' | 'offline') =>
  juliet.ask('presence.set', { account, kind, status: null });
const current = ({ archive }: AccountState): boolean => archive.is === 'current';
const caughtUp = (pair: Pair, ms = 30_000) => pair.juliet.waitForState(current, 'caught up', ms);

/** The whole conversation, as somebody who scrolls up to its beginning sees it. */
const scrolled = async ({ juliet, account, romeoAccount }: Pair): Promise<readonly Message[]> => {
  let all: readonly Message[] = [];
  for (let n = 0; n < 100; n++) {
    const first = all[0];
    const anchor = first ? ({ side: 'before', id: first.id } as const) : null;
    const { value } = await juliet.ask('messages.page', {
      account,
      peer: romeoAccount.jid,
      anchor,
      limit: 100,
    });
    all = [...value.messages, ...all];
    if (!value.older || (first && value.messages.length === 0)) return all;
  }
  throw new Error('no end of it');
};
const bodies = (messages: readonly Message[]) => messages.map(({ body }) => body);
const unread = async ({ juliet, account, romeoAccount }: Pair) =>
  (await juliet.ask('chats.list', { account })).value.find(({ peer }) => peer === romeoAccount.jid)?.unread;
const numbered = (count: number, what = 'message') =>
  Array.from({ length: count }, (_, n) => `${what} ${String(n)}`);

const withArchive = sharedServers().filter((kind) => CAPABILITIES[kind].mam);
const withoutArchive = sharedServers().filter((kind) => !CAPABILITIES[kind].mam);

describe.each(withArchive)('the archive of %s', (kind) => {
  it('R8 500 messages that came while away are there once and in order, with live ones coming meanwhile', async () => {
    const pair = await signedIn(kind);
    const { romeo, julietAccount, juliet } = pair;
    await romeo.sendMessage(julietAccount.jid, 'before');
    await juliet.until(async () => ((await unread(pair)) === 1 ? true : null), 'the first one');
    await caughtUp(pair);
    await go(pair, 'offline');
    const away = numbered(500);
    for (const body of away) await romeo.sendMessage(julietAccount.jid, body);
    await go(pair, 'online');
    const live = numbered(20, 'live');
    for (const body of live) await romeo.sendMessage(julietAccount.jid, body);
    const expected = ['before', ...away, ...live];
    await juliet.until(
      async () => ((await unread(pair)) === expected.length ? true : null),
      'all unread',
      30_000,
    );
    await caughtUp(pair);
    expect(bodies(await scrolled(pair))).toEqual(expected);
    // One notice for the conversation, not one for each message.
    expect(juliet.notices.size).toBe(1);
  });

  it.each(['before', 'after'] as const)(
    'R8 killed in the middle of it, %s a page is kept, it is whole after the next start',
    async (when) => {
      const child = fork(script, { execArgv: ['--import', 'tsx'] });
      atEnd(() => Promise.resolve(void child.kill('SIGKILL')));
      const kept = new Map<string, string>();
      const pair = await signedIn(kind, {}, { secrets: memoryKeyring(kept) });
      const { romeo, julietAccount, juliet } = pair;
      await romeo.sendMessage(julietAccount.jid, 'before');
      await juliet.until(async () => ((await unread(pair)) === 1 ? true : null), 'the first one');
      await go(pair, 'offline');
      await go(pair, 'online');
      await caughtUp(pair);
      await juliet.stop(true);
      await romeo.waitForOffline(julietAccount.jid);
      const away = numbered(220);
      for (const body of away) await romeo.sendMessage(julietAccount.jid, body);
      const ended = once(child, 'exit');
      const step = { call: 'addPage', when } as const;
      child.send({ dir: juliet.dir, secrets: [...kept], step, send: null } satisfies Orders);
      expect(await ended).toEqual([null, 'SIGKILL']);
      const again = await startCore({ dir: juliet.dir, secrets: juliet.secrets });
      atEnd(() => again.stop());
      const next = { ...pair, juliet: again };
      // ejabberd takes from Romeo only so much a second.
      await again.until(async () => ((await unread(next)) === 221 ? true : null), 'all of them', 40_000);
      await caughtUp(next);
      expect(bodies(await scrolled(next))).toEqual(['before', ...away]);
    },
  );

  it('what other devices sent is there too, as ours', async () => {
    const pair = await signedIn(kind);
    const { romeo, romeoAccount, julietAccount, server, juliet } = pair;
    await go(pair, 'offline');
    const phone = await ownPeer(server, julietAccount, { resource: 'phone' });
    await phone.sendMessage(romeoAccount.jid, 'from the phone');
    await romeo.waitForMessage(({ body }) => body === 'from the phone');
    await romeo.sendMessage(julietAccount.jid, 'to the phone');
    await phone.waitForMessage(({ body }) => body === 'to the phone');
    await phone.disconnect();
    await go(pair, 'online');
    await juliet.until(async () => ((await scrolled(pair)).length === 2 ? true : null), 'both');
    expect(
      (await scrolled(pair)).map(({ direction, body, delivery }) => [direction, body, delivery]),
    ).toEqual([
      ['out', 'from the phone', 'sent'],
      ['in', 'to the phone', null],
    ]);
  });

  it('a new computer sees the latest at once, the rest when it scrolls, and none of it as unread', async () => {
    const pair = await signedIn(kind);
    const { romeo, julietAccount, server } = pair;
    const all = numbered(130);
    for (const body of all) await romeo.sendMessage(julietAccount.jid, body);
    await pair.juliet.until(async () => ((await unread(pair)) === 130 ? true : null), 'all here', 30_000);
    const other = await ownCore();
    const account = await other.signIn(julietAccount.jid, julietAccount.password, at(server));
    const there = { ...pair, juliet: other, account };
    await caughtUp(there);
    expect(bodies(await scrolled(there))).toEqual(all);
    expect(await unread(there)).toBe(0);
    expect(other.notices.size).toBe(0);
  });

  it('with one person what is not here is asked for when somebody scrolls to it', async () => {
    const pair = await signedIn(kind);
    const { romeo, romeoAccount, julietAccount, server, juliet } = pair;
    const all = numbered(120);
    for (const body of all) await romeo.sendMessage(julietAccount.jid, body);
    await juliet.until(async () => ((await unread(pair)) === 120 ? true : null), 'all here', 30_000);
    const other = await ownCore({
      spoil: (ports) => ({ ...ports, clock: { ...ports.clock, now: () => Date.now() + 100 * 86_400_000 } }),
    });
    // Its clock says that all of it is long ago: the first look then ends after one page.
    const account = await other.signIn(julietAccount.jid, julietAccount.password, at(server));
    const there = { ...pair, juliet: other, account };
    await caughtUp(there);
    const first = (
      await other.ask('messages.page', { account, peer: romeoAccount.jid, anchor: null, limit: 200 })
    ).value;
    expect(first.messages.length).toBeLessThan(120);
    expect(first.older).toBe(true);
    expect(bodies(await scrolled(there))).toEqual(all);
    const whole = (
      await other.ask('messages.page', { account, peer: romeoAccount.jid, anchor: null, limit: 200 })
    ).value;
    expect(whole).toMatchObject({ older: false, gaps: [] });
  });

  it('a day that was never read is read when somebody goes to it, with what stands round it', async () => {
    const pair = await signedIn(kind);
    const { romeo, romeoAccount, julietAccount, server, juliet } = pair;
    const all = numbered(180);
    const arrive = async (from: number, to: number): Promise<void> => {
      for (const body of all.slice(from, to)) await romeo.sendMessage(julietAccount.jid, body);
      // A server takes no more than so much at once: what was sent is not yet stamped.
      await juliet.until(async () => ((await unread(pair)) === to ? true : null), 'all here', 60_000);
    };
    await arrive(0, 40);
    // Servers cut stamps to whole seconds.
    const nextSecond = () => new Promise((done) => setTimeout(done, 1_100));
    await nextSecond();
    const moment = Math.floor(Date.now() / 1_000) * 1_000;
    await arrive(40, 110);
    await nextSecond();
    await arrive(110, all.length);
    const other = await ownCore({
      spoil: (ports) => ({ ...ports, clock: { ...ports.clock, now: () => Date.now() + 100 * 86_400_000 } }),
    });
    const account = await other.signIn(julietAccount.jid, julietAccount.password, at(server));
    const there = { ...pair, juliet: other, account };
    await caughtUp(there);
    const chat = { account, peer: romeoAccount.jid };
    const { value: place } = await other.ask('messages.since', { ...chat, at: moment });
    const anchor = { side: 'around', id: place?.id ?? 0 } as const;
    const { value: page } = await other.ask('messages.page', { ...chat, anchor, limit: 50 });
    const found = bodies(page.messages);
    const target = page.messages.find(({ id }) => id === place?.id)?.body ?? '';
    expect(target).toBe(all[40]);
    const from = all.indexOf(found[0] ?? '');
    expect(from).toBeLessThan(all.indexOf(target));
    expect(found).toEqual(all.slice(from, from + found.length));
    // Looked at from its end to its beginning it is whole; at the end the hole is filled while what is here is shown.
    const whole = async () => ((await scrolled(there)).length === all.length ? true : null);
    await other.until(whole, 'the holes closed');
    expect(bodies(await scrolled(there))).toEqual(all);
    const days = await other.ask('messages.days', {
      ...chat,
      starts: [0, moment - 3_600_000, Date.now() + 3_600_000],
    });
    expect(days.value).toEqual([false, true]);
  }, 120_000);

  it('who is archived can be read and changed', async () => {
    const { juliet, account, romeoAccount } = await signedIn(kind);
    const before = await juliet.ask('archive.preferences', { account });
    expect(before.default).toMatch(/always|never|roster/);
    const wanted = { default: 'roster', always: [], never: [romeoAccount.jid] } as const;
    const after = await juliet.ask('archive.setPreferences', {
      account,
      ...wanted,
      always: [],
      never: [...wanted.never],
    });
    expect(after).toEqual(wanted);
    expect(await juliet.ask('archive.preferences', { account })).toEqual(wanted);
  });
});

describe.each(withoutArchive)('%s, which has no archive', (kind) => {
  it('R8 what came while away is delivered once, from local history all the rest', async () => {
    const pair = await signedIn(kind);
    const { romeo, julietAccount, juliet, account } = pair;
    await romeo.sendMessage(julietAccount.jid, 'before');
    await juliet.until(async () => ((await unread(pair)) === 1 ? true : null), 'the first one');
    await go(pair, 'offline');
    const away = numbered(50);
    for (const body of away) {
      await romeo.sendMessage(julietAccount.jid, body);
      // Openfire keeps no order among those of one millisecond: once it has answered, it has put this one aside.
      await romeo.roster();
      await new Promise((next) => setTimeout(next, 3));
    }
    await go(pair, 'online');
    await juliet.waitForState(({ archive }) => archive.is === 'none', 'none');
    await juliet.until(async () => ((await unread(pair)) === 51 ? true : null), 'all here');
    expect(bodies(await scrolled(pair))).toEqual(['before', ...away]);
    await go(pair, 'offline');
    await go(pair, 'online');
    await juliet.waitForState(({ archive }) => archive.is === 'none', 'none again');
    expect(await unread(pair)).toBe(51);
    expect(await juliet.core.call('archive.preferences', { account })).toMatchObject({
      error: { code: 'not-offered' },
    });
  });
});
