import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { contactOf, friends, signedIn } from './support';

describe.each(sharedServers())('presence on %s', (kind) => {
  it('the peer sees each kind with its text', async () => {
    const { juliet, account, romeo, julietAccount } = await friends(kind);
    for (const [own, show] of [
      ['chat', 'chat'],
      ['away', 'away'],
      ['xa', 'xa'],
      ['dnd', 'dnd'],
      ['phone', 'away'],
      ['online', undefined],
    ] as const) {
      const status = `At ${own} 在`;
      await juliet.ask('presence.set', { account, kind: own, status });
      const seen = await romeo.waitForPresence(julietAccount.jid, (p) => p.available && p.status === status);
      expect(seen.show).toBe(show);
    }
    await juliet.ask('presence.set', { account, kind: 'phone', status: null });
    const seen = await romeo.waitForPresence(julietAccount.jid, (p) => p.show === 'away' && p.status !== '');
    expect(seen.status).toBe('On the phone');
  });

  it('shows every resource of a contact, the strongest first', async () => {
    const pair = await friends(kind, { priority: 3 });
    const { romeo } = pair;
    await romeo.setPresence({ show: 'xa', status: 'in Mantua', priority: 7 });
    const contact = await pair.juliet.until(async () => {
      const found = await contactOf(pair);
      return found?.presence.kind === 'xa' ? found : null;
    }, 'away for long');
    expect(contact.presence).toMatchObject({ status: 'in Mantua', resources: [{ kind: 'xa', priority: 7 }] });
    await romeo.waitForPresence(pair.julietAccount.jid, ({ priority }) => priority === 3);
    await romeo.goUnavailable();
    await pair.juliet.until(
      async () => ((await contactOf(pair))?.presence.kind === 'offline' ? true : null),
      'gone',
    );
  });

  it('invisible where the server can: the peer sees us leave, messages still come', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, julietAccount } = pair;
    const set = await juliet.core.call('presence.set', { account, kind: 'invisible', status: null });
    if (!CAPABILITIES[kind].privacyLists) {
      expect(set).toMatchObject({ error: { code: 'not-offered' } });
      return;
    }
    expect(set.ok).toBe(true);
    await romeo.waitForOffline(julietAccount.jid);
    await romeo.sendMessage(julietAccount.jid, 'are you there?', { requestReceipt: true });
    await juliet.until(async () => {
      const chats = (await juliet.ask('chats.list', { account })).value;
      return chats.find(({ last }) => last?.text === 'are you there?');
    }, 'the message');
    // Neither a receipt nor an answer tells what the presence does not.
    const there = (await juliet.ask('app.state', {})).value.accounts[0]?.connection.jid ?? '';
    await romeo.sendRaw(
      `<iq xmlns='jabber:client' type='get' id='there' to='${there}'><ping xmlns='urn:xmpp:ping'/></iq>`,
    );
    expect(await romeo.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes('there'))).toContain(
      'service-unavailable',
    );
    await expect(romeo.waitForMessage(({ receiptFor }) => receiptFor !== undefined, 300)).rejects.toThrow();
    expect(romeo.presencesOf(julietAccount.jid)).toEqual([]);
    await juliet.ask('presence.set', { account, kind: 'online', status: 'back' });
    await romeo.waitForPresence(julietAccount.jid, ({ status }) => status === 'back');
  });

  it('starts invisible without being seen for a moment, or says that the server cannot', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, julietAccount, server } = pair;
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    await romeo.waitForOffline(julietAccount.jid);
    const before = romeo.presenceHistory(julietAccount.jid).length;
    await juliet.ask('account.signIn', {
      jid: julietAccount.jid,
      password: julietAccount.password,
      options: {
        server: server.wsUrl,
        resource: null,
        priority: 0,
        startInvisible: true,
        rememberPassword: false,
        signInAtStart: false,
      },
    });
    if (!CAPABILITIES[kind].privacyLists) {
      await juliet.waitForState(
        ({ connection }) => connection.failure?.code === 'cannot-be-invisible',
        'says so',
      );
      return;
    }
    await juliet.waitForState(({ connection }) => connection.phase === 'online', 'online');
    await romeo.sendMessage(julietAccount.jid, 'ping');
    await juliet.until(
      () => juliet.events.find((e) => e.topic === 'messages' && e.type === 'message') ?? null,
      'ping',
    );
    const since = romeo.presenceHistory(julietAccount.jid).slice(before);
    expect(since.filter(({ available }) => available)).toEqual([]);
  });

  it('is kept across restarts of the session', async () => {
    const { juliet, account } = await signedIn(kind);
    await juliet.ask('presence.set', { account, kind: 'dnd', status: 'Writing' });
    await juliet.ask('account.retry', { account });
    const state = (await juliet.ask('app.state', {})).value.accounts[0];
    expect(state?.presence).toEqual({ kind: 'dnd', status: 'Writing' });
  });

  it('offline closes the stream in order: unavailable, then <close/>', async () => {
    const { juliet, account, romeo, julietAccount } = await friends(kind);
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    await romeo.waitForOffline(julietAccount.jid);
    const sent = (await juliet.ask('console.entries', { account })).value.filter(
      ({ direction, xml }) => direction === 'out' && !/^<[ar] /.test(xml),
    );
    expect(sent.at(-1)?.xml).toContain('<close');
    expect(sent.at(-2)?.xml).toContain('unavailable');
  });
});
