import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AccountOptions } from '../../src-shared/model/account';
import { CAPABILITIES } from '../servers/capabilities';
import { connectServer, sharedServers } from '../servers/shared';
import { memoryKeyring, plainOptions, type TestCore } from '../support/core';
import { ownCore, ownPeer } from './support';

const newName = (): string => `new-${randomBytes(5).toString('hex')}`;
const password = 'пароль <&> 1';

describe.each(sharedServers())('a new account on %s', (kind) => {
  const server = () => connectServer(kind);
  const options = (url: string): AccountOptions => ({ ...plainOptions, server: url });
  const trusting = () => ({ link: { authorities: [server().certificate.caPem] } });
  const register = (core: TestCore, name: string, url: string) =>
    core.ask('account.register', { jid: `${name}@${server().domain}`, password, options: options(url) });
  const stopped = async (core: TestCore) =>
    (await core.waitForState(({ connection: { phase } }) => phase === 'stopped', 'refused')).connection;

  if (CAPABILITIES[kind].registration) {
    it('is made over wss:// and signed in with at once; the next sign-in finds it too', async () => {
      const kept = new Map<string, string>();
      const core = await ownCore({ ...trusting(), secrets: memoryKeyring(kept) });
      const name = newName();
      const account = await register(core, name, server().wssUrl);
      const { connection } = await core.waitForState(({ connection: { phase } }) => phase === 'online', 'in');
      expect(connection.jid?.startsWith(`${name}@${server().domain}/Flint-`)).toBe(true);
      expect(kept.get(`password:${account}`)).toBe(password);
      await core.stop();
      const peer = await ownPeer(server(), { name, jid: `${name}@${server().domain}`, password });
      expect(await peer.roster()).toEqual([]);
    });

    it('T27 over ws:// it is asked first, for the password goes as it is; allowed, it is made', async () => {
      const core = await ownCore();
      const name = newName();
      const account = await register(core, name, server().wsUrl);
      expect((await stopped(core)).failure).toEqual({ code: 'plain-refused', step: 'auth', params: {} });
      const xml = (await core.ask('console.entries', { account })).value;
      expect(xml.map((entry) => entry.xml).join('')).not.toContain('jabber:iq:register');
      await core.ask('account.allowPlain', { account });
      await core.waitForState(({ connection: { phase } }) => phase === 'online', 'in');
    });

    it('whose name is taken is refused, and nothing of the try is kept', async () => {
      const taken = await server().newAccount('taken');
      const kept = new Map<string, string>();
      const core = await ownCore({ ...trusting(), secrets: memoryKeyring(kept) });
      await register(core, taken.name, server().wssUrl);
      expect((await stopped(core)).failure).toMatchObject({ code: 'user-exists', step: 'auth' });
      // Another name, and the right one this time.
      const name = newName();
      const account = await register(core, name, server().wssUrl);
      await core.waitForState(({ connection: { phase } }) => phase === 'online', 'in');
      const records = JSON.parse(await readFile(join(core.dir, 'accounts.json'), 'utf8')) as unknown[];
      expect(records).toHaveLength(1);
      expect([...kept.keys()].sort()).toEqual([`password:${account}`, `store-key:${account}`]);
    });
  } else {
    it('is refused in words, and a retry asks again', async () => {
      const core = await ownCore(trusting());
      const account = await register(core, newName(), server().wssUrl);
      const refused = { code: 'registration-closed', step: 'auth' };
      expect((await stopped(core)).failure).toMatchObject(refused);
      await core.ask('account.retry', { account });
      expect((await stopped(core)).failure).toMatchObject(refused);
    });
  }
});
