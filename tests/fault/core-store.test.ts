import { describe, expect, it } from 'vitest';
import { atEnd, friends, messagesWith, ownCore, signedIn, type Pair } from '../core/support';
import type { Ports } from '../../src-main/ports';
import type { FromProcess, ToProcess } from '../../src-main/store/protocol';
import type { AccountState } from '../../src-shared/ipc/states';
import { connectPeer } from '../peers/connect-peer';
import { CAPABILITIES } from '../servers/capabilities';
import { connectServer, sharedServers } from '../servers/shared';
import { plainOptions, type TestCore } from '../support/core';
import { childStoreLauncher } from '../support/store-launcher';

const pause = (ms: number) => new Promise((next) => setTimeout(next, ms));
const numbers = (count: number, name: string): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${name} ${String(n)}`);
const send = ({ juliet, account, romeoAccount }: Pair, body: string) =>
  juliet.ask('message.send', { account, peer: romeoAccount.jid, body });
const incoming = async (pair: Pair) =>
  (await messagesWith(pair)).filter(({ direction }) => direction === 'in').map(({ body }) => body);
const tries = (core: TestCore): number =>
  core.events.filter((event, n) => {
    if (event.type !== 'account' || event.state.connection.phase !== 'connecting') return false;
    const before = core.events.slice(0, n).findLast((one) => one.type === 'account');
    return before?.type !== 'account' || before.state.connection.phase !== 'connecting';
  }).length;
/** Longer than what is left of the pages that a full database has. */
const large = (name: string): string => `${name} ${'x'.repeat(60_000)}`;

describe.each(sharedServers())('the store under the core on %s', (kind) => {
  it('R27 killed again and again while messages come and go: each is there once, in its order, on the one stream', async () => {
    const pair = await friends(kind, {}, { store: childStoreLauncher });
    const { juliet, romeo, julietAccount } = pair;
    const [mine, his] = [numbers(30, 'mine'), numbers(30, 'his')];
    const killing = (async () => {
      for (const ms of [30, 120, 250]) {
        await pause(ms);
        juliet.store.killNow();
      }
    })();
    await Promise.all([
      killing,
      (async () => {
        for (const body of mine) await send(pair, body);
      })(),
      (async () => {
        for (const body of his) await romeo.sendMessage(julietAccount.jid, body, { requestReceipt: true });
      })(),
    ]);
    expect(juliet.store.launched).toBeGreaterThan(1);
    await romeo.waitForMessage(({ body }) => body === mine.at(-1), 40_000);
    const all = await juliet.until(
      async () => {
        const messages = await messagesWith(pair);
        const done = messages.every(({ delivery }) => delivery !== 'waiting');
        return done && messages.length === 60 ? messages : null;
      },
      'all there',
      40_000,
    );
    const bodies = (direction: 'in' | 'out') =>
      all.filter((message) => message.direction === direction).map(({ body }) => body);
    expect([bodies('out'), bodies('in')]).toEqual([mine, his]);
    expect(romeo.messages.map(({ body }) => body)).toEqual(mine);
    expect(tries(juliet)).toBe(1);
  });

  it('R12 a full disk: what is typed is refused in words and not sent; with room again it goes, without a restart', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo, romeoAccount } = pair;
    await send(pair, 'before');
    await romeo.waitForMessage(({ body }) => body === 'before');
    juliet.store.inject({ kind: 'pages', most: 1 });
    const body = large('refused');
    const refused = await juliet.core.call('message.send', { account, peer: romeoAccount.jid, body });
    expect(refused).toEqual({ ok: false, error: { code: 'store-unavailable', params: { reason: 'full' } } });
    juliet.store.inject({ kind: 'pages', most: null });
    await send(pair, large('sent'));
    await romeo.waitForMessage((message) => message.body?.startsWith('sent') ?? false);
    expect(romeo.messages.map((message) => message.body?.slice(0, 6))).toEqual(['before', 'sent x']);
    expect((await messagesWith(pair)).map((message) => message.body.slice(0, 6))).toEqual([
      'before',
      'sent x',
    ]);
  });

  it('R2 R12 a full disk: what comes is not taken for handled, waits at the server, and comes when there is room', async () => {
    const pair = await friends(kind);
    const { juliet, romeo, julietAccount } = pair;
    const write = (body: string) => romeo.sendMessage(julietAccount.jid, body, { requestReceipt: true });
    await write('before');
    await juliet.until(async () => ((await incoming(pair)).length === 1 ? true : null), 'before');
    await romeo.waitForMessage(({ receiptFor }) => receiptFor !== undefined);

    juliet.store.inject({ kind: 'pages', most: 1 });
    // Openfire keeps 100 kB for one user, so no second large one.
    const bodies = [large('one'), 'two', 'three', 'four'];
    const ids: string[] = [];
    for (const body of bodies) ids.push(await write(body));
    const { connection } = await juliet.waitForState(
      ({ connection: { failure } }) => failure !== null,
      'noticed',
    );
    expect(connection).toMatchObject({ phase: 'waiting', failure: { code: 'not-kept', params: {} } });
    // It tries again, slower and slower. ejabberd may bring a later one first, which may have room.
    await juliet.until(() => (tries(juliet) > 2 ? true : null), 'tries again', 40_000);
    expect(await incoming(pair)).not.toContain(bodies[0]);
    await expect(romeo.waitForMessage(({ receiptFor }) => receiptFor === ids[0], 10)).rejects.toThrow();

    juliet.store.inject({ kind: 'pages', most: null });
    await juliet.until(
      async () => ((await incoming(pair)).length === 5 ? true : null),
      'all of it comes again',
      40_000,
    );
    expect(await incoming(pair)).toEqual(['before', ...bodies]);
    for (const id of ids) await romeo.waitForMessage(({ receiptFor }) => receiptFor === id);
    await juliet.waitForState(({ connection: { phase } }) => phase === 'online', 'online');
  });

  it('R12 a disk that refuses for a while: what the server has confirmed is marked so once it can be', async () => {
    const nobody = await signedIn(kind);
    const { juliet, server } = nobody;
    // Of the two clients the one that sends no receipts by itself: one that cannot be kept would end the stream.
    const romeoAccount = await server.newAccount('quiet');
    const romeo = await connectPeer(server, romeoAccount, { client: 'stanza' });
    atEnd(() => romeo.disconnect());
    const pair = { ...nobody, romeo, romeoAccount };
    // An archive would be a second way to learn that the server has it.
    if (CAPABILITIES[kind].mam)
      await juliet.ask('archive.setPreferences', {
        account: pair.account,
        default: 'never',
        always: [],
        never: [],
      });
    const off = new Promise<void>((resolve) => {
      juliet.core.listen(({ event }) => {
        // Right when the frame is on its way.
        if (event.topic !== 'console' || event.entry.direction === 'in') return;
        if (!event.entry.xml.includes('confirmed late')) return;
        juliet.store.inject({ kind: 'read-only', on: true });
        resolve();
      });
    });
    await send(pair, 'confirmed late');
    await off;
    await romeo.waitForMessage(({ body }) => body === 'confirmed late');
    await pause(300);
    expect((await messagesWith(pair)).map(({ delivery }) => delivery)).toEqual(['waiting']);
    juliet.store.inject({ kind: 'read-only', on: false });
    await juliet.until(
      async () => ((await messagesWith(pair))[0]?.delivery === 'waiting' ? null : true),
      'marked',
    );
    expect(romeo.messages).toHaveLength(1);
    expect(tries(juliet)).toBe(1);
  });
});

describe.each(sharedServers())('a disk that takes no file, on %s', (kind) => {
  it('R12 nobody new is signed in, in words; whoever is stays, and with room again all goes on', async () => {
    const server = connectServer(kind);
    const [juliet, nurse] = await Promise.all([server.newAccount('juliet'), server.newAccount('nurse')]);
    let full = true;
    const core = await ownCore({
      spoil: (ports) => ({
        ...ports,
        files: {
          ...ports.files,
          write: (name, text) =>
            full
              ? Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }))
              : ports.files.write(name, text),
        },
      }),
    });
    const options = { ...plainOptions, server: server.wsUrl };
    const refused = { ok: false, error: { code: 'store-unavailable', params: { reason: 'full' } } };
    const { jid, password } = juliet;
    expect(await core.core.call('account.signIn', { jid, password, options })).toEqual(refused);
    expect((await core.ask('app.state', {})).value.accounts).toEqual([]);

    full = false;
    const account = await core.signIn(jid, password, options);
    full = true;
    expect(await core.core.call('presence.set', { account, kind: 'away', status: null })).toEqual(refused);
    expect(await core.core.call('settings.set', { patch: { sendTyping: false } })).toEqual(refused);
    const online = ({ connection }: AccountState): boolean => connection.phase === 'online';
    await server.kick(juliet.name);
    await core.waitForState((state) => !online(state), 'gone');
    await core.ask('account.retry', { account });
    await core.waitForState(online, 'back, though nothing can be written');
    await core.ask('message.send', { account, peer: nurse.jid, body: 'in the database' });
    full = false;
    await core.ask('presence.set', { account, kind: 'online', status: null });
  });
});

/** A store that answers in place of its process: `answer` sees what is asked of it, and gives null for what goes its way. */
const answering = (answer: (asked: ToProcess) => FromProcess | null) => (ports: Ports) => ({
  ...ports,
  store: {
    ...ports.store,
    launch: () => {
      const process = ports.store.launch();
      let tell: (message: unknown) => void = () => undefined;
      return {
        ...process,
        onMessage: (run: (message: unknown) => void) => {
          tell = run;
          process.onMessage(run);
        },
        post: (message: unknown) => {
          const said = answer(message as ToProcess);
          if (said === null) process.post(message);
          else tell(said);
        },
      };
    },
  },
});

describe.each(sharedServers())('a database that turns out to be damaged, on %s', (kind) => {
  it('R13 while it is used: chats come back from the archive without what was deleted, and one talks on', async () => {
    let damaged = false;
    const spoil = answering((asked) => {
      if (asked.kind !== 'call' || !damaged) return null;
      damaged = false;
      return { kind: 'failed', id: asked.id, reason: 'damaged', message: '' };
    });
    const pair = await friends(kind, {}, { spoil });
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    const bodies = async () => (await messagesWith(pair)).map(({ body }) => body);
    await send(pair, 'one');
    await romeo.waitForMessage(({ body }) => body === 'one');
    for (const body of ['two', 'deleted']) await romeo.sendMessage(julietAccount.jid, body);
    const all = await juliet.until(async () => {
      const messages = await messagesWith(pair);
      return messages.length === 3 && messages.every(({ delivery }) => delivery !== 'waiting')
        ? messages
        : null;
    }, 'all there');
    const last = all.at(-1)?.id ?? 0;
    await juliet.ask('message.delete', { account, peer: romeoAccount.jid, ids: [last] });

    // By what nobody hears of: what is said would have the archive read anyway.
    damaged = true;
    await juliet.ask('chat.draft', { account, peer: romeoAccount.jid, draft: 'not yet' });
    expect(await juliet.waitForState(({ history }) => history === 'rebuilt', 'rebuilt')).toBeDefined();
    const kept = CAPABILITIES[kind].mam ? ['one', 'two'] : [];
    // A page of it would be asked for with what is missing: the list tells whether it came by itself.
    const latest = async () => (await juliet.ask('chats.list', { account })).value[0]?.last?.text;
    await juliet.until(async () => ((await latest()) === kept.at(-1) ? true : null), 'back');
    await juliet.waitForState(({ archive }) => archive.is !== 'reading', 'read');
    await send(pair, 'three');
    await romeo.waitForMessage(({ body }) => body === 'three');
    expect(await bodies()).toEqual([...kept, 'three']);
    const [chat] = (await juliet.ask('chats.list', { account })).value;
    expect(chat).toMatchObject({ draft: 'not yet' });
    expect(juliet.events.filter(({ type }) => type === 'history-anew')).toHaveLength(1);
    expect(tries(juliet)).toBe(1);
  });
});

describe.each(sharedServers())('a disk that is full at the start, on %s', (kind) => {
  it('R12 nothing is taken in and it is said; with room all that was kept is there, and what came meanwhile, without a restart', async () => {
    const pair = await friends(kind);
    const { juliet: before, account, romeo, romeoAccount, julietAccount } = pair;
    await send(pair, 'kept');
    await romeo.waitForMessage(({ body }) => body === 'kept');
    await before.stop(true);

    let reason: 'full' | null = 'full';
    const spoil = answering((asked) =>
      // What is in memory only needs no disk.
      reason !== null && asked.kind === 'open' && asked.file !== null
        ? { kind: 'refused', reason, message: '' }
        : null,
    );
    const juliet = await ownCore({ dir: before.dir, secrets: before.secrets, spoil });
    const meanwhile = await romeo.sendMessage(julietAccount.jid, 'meanwhile', { requestReceipt: true });
    const state = await juliet.waitForState(
      ({ history }) => history === 'full',
      'says that the disk is full',
    );
    expect(state.connection).toMatchObject({ phase: 'waiting', failure: { code: 'not-kept' } });
    expect(await juliet.core.call('chats.list', { account })).toEqual({
      ok: false,
      error: { code: 'store-unavailable', params: { reason: 'full' } },
    });
    expect(romeo.messages.filter(({ receiptFor }) => receiptFor === meanwhile)).toEqual([]);

    reason = null;
    await juliet.ask('account.retry', { account });
    await romeo.waitForMessage(({ receiptFor }) => receiptFor === meanwhile);
    const { messages } = (
      await juliet.ask('messages.page', { account, peer: romeoAccount.jid, anchor: null, limit: 50 })
    ).value;
    expect(messages.map(({ body }) => body)).toEqual(['kept', 'meanwhile']);
    expect(juliet.events.filter(({ type }) => type === 'history-anew')).toHaveLength(1);
    const { connection, history } = await juliet.waitForState(
      (now) => now.connection.phase === 'online',
      'online',
    );
    expect([connection.failure, history]).toEqual([null, 'kept']);
  });
});
