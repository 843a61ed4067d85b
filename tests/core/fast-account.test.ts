import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../src-main/ports';
import type { AccountState } from '../../src-shared/ipc/states';
import type { AccountId, AccountOptions } from '../../src-shared/model/account';
import { CAPABILITIES } from '../servers/capabilities';
import type { ServerAddress, TestServer } from '../servers/server';
import { connectServer, newAccount, sharedServers } from '../servers/shared';
import { startServer } from '../servers/start-server';
import { memoryKeyring, type TestCore } from '../support/core';
import { faultProxy, type FaultProxy } from '../support/fault-proxy';
import { tryLink } from '../support/link-deps';
import { atEnd, ownCore } from './support';

const online = ({ connection }: AccountState): boolean => connection.phase === 'online';
const offline = (state: AccountState): boolean => !online(state);
const mechanisms = (core: TestCore): readonly (readonly [string, boolean])[] =>
  core.log.flatMap((line) => {
    const { event, mechanism, resumed } = JSON.parse(line) as Record<string, unknown>;
    return event === 'link.open' ? [[String(mechanism), resumed === true] as const] : [];
  });
/** ejabberd may refuse for 15 s to go on with a session to which it was writing when the line went (docs/reliability.md). */
const answered = async (core: TestCore, account: AccountId): Promise<void> => {
  await core.waitForState(({ archive }) => archive.is === 'current' || archive.is === 'none', 'the archive');
  await core.until(async () => {
    const entries = (await core.ask('console.entries', { account })).value;
    const ids = (way: 'in' | 'out', type: RegExp): readonly string[] =>
      entries
        .filter(({ direction, xml }) => direction === way && xml.startsWith('<iq') && type.test(xml))
        .flatMap(({ xml }) => /\bid=["']([^"']+)/.exec(xml)?.[1] ?? []);
    const answers = new Set(ids('in', /\btype=["'](result|error)/));
    return ids('out', /\btype=["'](get|set)/).every((id) => answers.has(id)) || null;
  }, 'an answer to everything');
};
const proxied = async (server: ServerAddress): Promise<FaultProxy & { readonly url: string }> => {
  const url = new URL(server.wsUrl);
  const proxy = await faultProxy({ port: Number(url.port) });
  atEnd(() => proxy.stop());
  url.port = String(proxy.port);
  return Object.assign(proxy, { url: url.href });
};

describe('an account on a server with tokens', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer('prosody13');
  });
  afterAll(() => server.stop());
  const trusting = () => ({ link: { authorities: [server.certificate.caPem] } });
  const tokenKey = (account: AccountId): string => `fast-token:${account}`;

  it('keeps its token in the keyring alone, and signs in with it the next time', async () => {
    const who = await newAccount(server, server, 'juliet');
    const kept = new Map<string, string>();
    const secrets = memoryKeyring(kept);
    const core = await ownCore({ secrets, ...trusting() });
    const id = await core.signIn(who.jid, who.password, { server: server.wssUrl });
    await core.until(() => kept.get(tokenKey(id)), 'a token');
    const { secret } = JSON.parse(kept.get(tokenKey(id)) ?? '{}') as { secret: string };
    expect(secret).not.toBe('');
    // T25
    expect(core.log.join()).not.toContain(secret);
    await core.stop(true);
    const next = await ownCore({ secrets, dir: core.dir, ...trusting() });
    await next.waitForState(online, 'back');
    expect(mechanisms(next)).toEqual([['HT-SHA-256-NONE', false]]);
    await next.until(() => (kept.get(tokenKey(id))?.includes('"count":1') ? true : null), 'its count');
  });

  /** A session with a token, and what somebody who has stolen that comes to with it. */
  const withToken = async () => {
    const who = await newAccount(server, server, 'juliet');
    const kept = new Map<string, string>();
    const core = await ownCore({ secrets: memoryKeyring(kept), ...trusting() });
    const id = await core.signIn(who.jid, who.password, { server: server.wssUrl });
    await core.until(() => kept.get(tokenKey(id)), 'a token');
    const { secret, mechanism } = JSON.parse(kept.get(tokenKey(id)) ?? '{}') as {
      secret: string;
      mechanism: string;
    };
    const records = JSON.parse(await readFile(join(core.dir, 'accounts.json'), 'utf8')) as [
      { userAgent: string },
    ];
    const { userAgent } = records[0];
    /** True: the server takes it still. */
    const opens = async (): Promise<boolean> => {
      const token = { mechanism, secret: new Secret(secret), expiry: null, count: 5 };
      const told = await tryLink({ ...who, endpoints: [server.wssUrl], token, userAgent }, trusting().link);
      await told.link?.close();
      return told.tokens[0] !== null;
    };
    return { who, kept, core, id, opens };
  };

  it('asks for none where the password is not to be remembered, and ends one that it has, at the server too', async () => {
    const { who, kept, core, id, opens } = await withToken();
    expect(await opens()).toBe(true);
    await core.ask('presence.set', { account: id, kind: 'offline', status: null });
    await core.signIn(who.jid, who.password, { server: server.wssUrl, rememberPassword: false });
    await core.until(() => (kept.has(tokenKey(id)) ? null : true), 'no token');
    await core.until(async () => ((await opens()) ? null : true), 'one that opens nothing');
    expect(core.log.join()).not.toContain('token-not-invalidated');
  });

  it('and so in the settings, where the session goes on', async () => {
    const { who, kept, core, id, opens } = await withToken();
    await core.ask('account.configure', {
      account: id,
      options: {
        ...{ server: server.wssUrl, resource: null, priority: 0, startInvisible: false },
        ...{ rememberPassword: false, signInAtStart: true },
      },
    });
    await core.until(() => (kept.size === 1 ? true : null), 'nothing kept but the key of the history');
    await core.until(async () => ((await opens()) ? null : true), 'a token that opens nothing');
    const state = await core.waitForState(online, 'online');
    expect(state.account.jid).toBe(who.jid);
    expect(core.log.join()).not.toContain('token-not-invalidated');
  });

  it('what is no part of the line leaves the session alone', async () => {
    const { core, id } = await withToken();
    const { account, connection } = await core.waitForState(online, 'online');
    await core.ask('account.configure', {
      account: id,
      options: { ...account.options, startInvisible: true, signInAtStart: false },
    });
    const after = (await core.ask('app.state', {})).value.accounts[0];
    expect(after?.account.options).toMatchObject({ startInvisible: true, signInAtStart: false });
    expect(after?.connection.jid).toBe(connection.jid);
    expect(mechanisms(core)).toHaveLength(1);
  });

  it('signs in by the mechanism that was chosen and by no other, not by its token either', async () => {
    const { core, id } = await withToken();
    const { account } = await core.waitForState(online, 'online');
    const chosen = async (mechanism: AccountOptions['mechanism']): Promise<void> => {
      await core.ask('account.configure', { account: id, options: { ...account.options, mechanism } });
    };
    const last = (): string | undefined => mechanisms(core).at(-1)?.[0];
    await chosen('SCRAM-SHA-1');
    await core.until(() => last() === 'SCRAM-SHA-1' || null, 'the weaker one');
    await chosen('SCRAM-SHA-512');
    const refused = await core.waitForState(({ connection: { phase } }) => phase === 'stopped', 'refused');
    expect(refused.connection.failure).toMatchObject({
      code: 'mechanism-missing',
      params: { wanted: 'SCRAM-SHA-512' },
    });
    await chosen(null);
    await core.until(() => last() === 'HT-SHA-256-NONE' || null, 'the token again');
  });

  it.each(['online', 'offline'] as const)(
    'signing out ends the token at the server too: who was %s before',
    async (kind) => {
      const { kept, core, id, opens } = await withToken();
      if (kind === 'offline') {
        await core.ask('presence.set', { account: id, kind, status: null });
        await core.waitForState(({ connection }) => connection.phase === 'off', 'off');
      }
      await core.ask('account.signOut', { account: id });
      expect([...kept.keys()]).toEqual([]);
      expect(core.log.join()).not.toContain('token-not-invalidated');
      expect(await opens()).toBe(false);
    },
  );

  it('a typed password has to show what it is worth', async () => {
    const who = await newAccount(server, server, 'juliet');
    const kept = new Map<string, string>();
    const core = await ownCore({ secrets: memoryKeyring(kept), ...trusting() });
    const id = await core.signIn(who.jid, who.password, { server: server.wssUrl });
    await core.until(() => kept.get(tokenKey(id)), 'a token');
    await core.ask('presence.set', { account: id, kind: 'offline', status: null });
    const wrong = { jid: who.jid, password: 'mistyped' };
    const options = { server: server.wssUrl, resource: null, priority: 0, startInvisible: false };
    await core.ask('account.signIn', {
      ...wrong,
      options: { ...options, rememberPassword: true, signInAtStart: true },
    });
    const { connection } = await core.waitForState(
      ({ connection: { phase } }) => phase === 'stopped',
      'refused',
    );
    expect(connection.failure?.code).toBe('not-authorized');
    expect(kept.get(`password:${id}`)).toBe(who.password);
  });
});

describe.each(sharedServers())('an account on %s whose line is lost', (kind) => {
  const resumes = CAPABILITIES[kind].smResume === 'works';

  it(`R7 ${resumes ? 'goes on with its session' : 'begins a new one'}, by another way where the first is gone`, async () => {
    const server = connectServer(kind);
    const who = await server.newAccount('juliet');
    const [first, second] = [await proxied(server), await proxied(server)];
    const core = await ownCore();
    const account = await core.signIn(who.jid, who.password, { server: `${first.url}, ${second.url}` });
    const jid = (await core.waitForState(online, 'online')).connection.jid;
    expect([first.lines, second.lines]).toEqual([1, 0]);

    await answered(core, account);
    first.cut();
    await core.waitForState(offline, 'sees it');
    await core.waitForState(online, 'back');
    expect([first.lines, second.lines]).toEqual([1, 0]);
    await answered(core, account);
    await first.stop();
    await core.waitForState(offline, 'sees it again');
    const state = await core.waitForState(online, 'back by the other way');
    expect(second.lines).toBe(1);
    expect(mechanisms(core).map(([, resumed]) => resumed)).toEqual([false, resumes, resumes]);
    if (resumes) expect(state.connection.jid).toBe(jid);
  });
});
