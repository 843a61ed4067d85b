import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { connectServer, sharedServers } from '../servers/shared';
import { memoryKeyring, startCore } from '../support/core';
import { failureOf, tryLink } from '../support/link-deps';
import { at, atEnd, ownCore, signedIn } from './support';

const next = 'нов <&> "1"';

describe.each(sharedServers())('change of password on %s', (kind) => {
  it('is offered where the server has it', async () => {
    const { juliet } = await signedIn(kind);
    const offered = CAPABILITIES[kind].passwordChange;
    await juliet.waitForState(({ connection }) => connection.canChangePassword === offered, 'known');
  });

  it('takes effect: the keyring has the new one, new sign-ins work with it alone', async () => {
    const kept = new Map<string, string>();
    const secrets = memoryKeyring(kept);
    const { juliet, account, server, julietAccount } = await signedIn(kind, {}, { secrets });
    await juliet.ask('account.changePassword', { account, current: julietAccount.password, next });
    expect(kept.get(`password:${account}`)).toBe(next);
    const old = await tryLink({ ...julietAccount, endpoints: [server.wsUrl] });
    expect(failureOf(old)).toBe('not-authorized at auth');

    // The session that changed it comes back with it as well, and so does the next start.
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    await juliet.waitForState(({ connection }) => connection.phase === 'online', 'back');
    await juliet.stop(true);
    const again = await startCore({ dir: juliet.dir, secrets });
    atEnd(() => again.stop());
    await again.waitForState(({ connection }) => connection.phase === 'online', 'online, nothing typed');
    expect(JSON.stringify(again.log) + JSON.stringify(juliet.log)).not.toContain(next);
  });

  it('T25 is nowhere in the XML console', async () => {
    const { juliet, account, julietAccount } = await signedIn(kind);
    await juliet.ask('account.changePassword', {
      account,
      current: julietAccount.password,
      next: 'c4n4ry-next',
    });
    const xml = JSON.stringify((await juliet.ask('console.entries', { account })).value);
    expect(xml).toContain('<password>[hidden]</password>');
    expect(xml).not.toContain('c4n4ry-next');
    expect(xml).not.toContain(julietAccount.password);
  });

  it('with a wrong current one, or while offline, is refused and changes nothing', async () => {
    const kept = new Map<string, string>();
    const { juliet, account, server, julietAccount } = await signedIn(
      kind,
      {},
      { secrets: memoryKeyring(kept) },
    );
    const change = (current: string, to: string) =>
      juliet.core.call('account.changePassword', { account, current, next: to });
    expect(await change('wrong', next)).toMatchObject({ error: { code: 'wrong-password' } });
    expect(await change(julietAccount.password, 'a\u0000b')).toMatchObject({
      error: { code: 'server-refused', params: { condition: 'not-acceptable' } },
    });
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    expect(await change(julietAccount.password, next)).toMatchObject({ error: { code: 'not-online' } });
    expect(kept.get(`password:${account}`)).toBe(julietAccount.password);
    const { link } = await tryLink({ ...julietAccount, endpoints: [server.wsUrl] });
    expect(link).not.toBeNull();
    await link?.close();
  });

  it('leaves the keyring alone where the password is not to be remembered', async () => {
    const kept = new Map<string, string>();
    const server = connectServer(kind);
    const account = await server.newAccount();
    const core = await ownCore({ secrets: memoryKeyring(kept) });
    const id = await core.signIn(account.jid, account.password, at(server, { rememberPassword: false }));
    await core.ask('account.changePassword', { account: id, current: account.password, next });
    expect([...kept.keys()]).toEqual([`store-key:${id}`]);
  });
});
