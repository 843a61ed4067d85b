import { describe, expect, it } from 'vitest';
import type { Ports } from '../../src-main/ports';
import { connectPeer } from '../peers/connect-peer';
import { sharedServers } from '../servers/shared';
import { atEnd, friends, ownCore, signedIn } from './support';

describe.each(sharedServers())('own presence by itself on %s', (kind) => {
  it('away while nobody is there, and back; a choice wins; do not disturb stays, and silences', async () => {
    const { juliet, account, romeo, julietAccount } = await friends(kind);
    await juliet.ask('settings.set', { patch: { autoAwayMinutes: 5 } });
    await juliet.ask('presence.set', { account, kind: 'chat', status: 'At my desk' });
    await romeo.waitForPresence(julietAccount.jid, ({ show }) => show === 'chat');
    juliet.idle(400);
    await romeo.waitForPresence(
      julietAccount.jid,
      ({ show, status }) => show === 'away' && status === 'At my desk',
    );
    await romeo.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes('urn:xmpp:idle:1'));
    const state = await juliet.waitForState(({ absence }) => absence === 'away', 'away');
    expect(state.presence).toEqual({ kind: 'chat', status: 'At my desk' });
    juliet.idle(0);
    await romeo.waitForPresence(julietAccount.jid, ({ show }) => show === 'chat');

    juliet.lock(true);
    await romeo.waitForPresence(julietAccount.jid, ({ show }) => show === 'away');
    await juliet.ask('presence.set', { account, kind: 'dnd' });
    await romeo.waitForPresence(
      julietAccount.jid,
      ({ show, status }) => show === 'dnd' && status === 'At my desk',
    );
    expect((await juliet.waitForState(() => true, 'now')).absence).toBeNull();

    await romeo.sendMessage(julietAccount.jid, 'psst');
    await juliet.until(
      () => juliet.events.find((event) => event.topic === 'messages' && event.type === 'message') ?? null,
      'the message',
    );
    expect(juliet.notices.size).toBe(0);
  });

  it('other options are connected with anew: contacts see the new name and priority, a bad server is refused', async () => {
    const { juliet, account, romeo, julietAccount } = await friends(kind, { priority: 4 });
    const before = await juliet.waitForState(({ connection }) => connection.phase === 'online', 'online');
    const options = { ...before.account.options, resource: 'Balcony', priority: 7 };
    expect(
      await juliet.core.call('account.configure', { account, options: { ...options, server: 'http://x' } }),
    ).toMatchObject({ ok: false, error: { code: 'bad-url' } });
    await juliet.ask('account.configure', { account, options });
    await romeo.waitForPresence(julietAccount.jid, ({ priority }) => priority === 7);
    const after = await juliet.waitForState(
      ({ connection }) => connection.phase === 'online' && connection.jid !== before.connection.jid,
      'online anew',
    );
    expect(after.account.options).toMatchObject({ resource: 'Balcony', priority: 7 });
    expect(after.presence).toEqual(before.presence);
  });

  it('whoever goes offline, or signs out, while it connects anew is not brought back by that', async () => {
    // A list of accounts that is written at once: each choice is made while the line is still being closed.
    const spoil = (ports: Ports): Ports => ({
      ...ports,
      files: { ...ports.files, write: () => Promise.resolve() },
    });
    const { juliet, account } = await signedIn(kind, {}, { spoil });
    const configure = async (priority: number): Promise<number> => {
      const { account: now } = await juliet.waitForState(
        ({ connection }) => connection.phase === 'online',
        'in',
      );
      const before = juliet.events.length;
      await juliet.ask('account.configure', { account, options: { ...now.options, priority } });
      return before;
    };
    const phasesSince = (before: number) =>
      juliet.events
        .slice(before)
        .flatMap((event) => (event.type === 'account' ? [event.state.connection.phase] : []));

    let before = await configure(1);
    await juliet.ask('presence.set', { account, kind: 'offline' });
    expect(phasesSince(before).at(-1)).toBe('off');
    expect(phasesSince(before)).not.toContain('connecting');

    await juliet.ask('presence.set', { account, kind: 'online' });
    before = await configure(2);
    await juliet.ask('account.signOut', { account });
    expect(phasesSince(before)).not.toContain('connecting');
  });

  it('a saved message brings its priority; a text that ended while Flint was not there is gone', async () => {
    const { juliet, account, romeo, julietAccount } = await friends(kind, { priority: 4 });
    const lunch = { kind: 'away', text: 'Lunch', priority: 1, clearAfter: 'never' } as const;
    await juliet.ask('settings.set', { patch: { savedPresences: [lunch] } });
    await juliet.ask('presence.set', { account, kind: lunch.kind, status: lunch.text });
    await romeo.waitForPresence(
      julietAccount.jid,
      ({ status, priority }) => status === 'Lunch' && priority === 1,
    );
    // When it goes is said anew, and it stays the same message.
    await juliet.ask('presence.set', { account, kind: 'away', status: 'Lunch', clearAfter: 'hour' });
    expect((await juliet.waitForState(() => true, 'now')).presence).toMatchObject({ priority: 1 });
    await juliet.ask('presence.set', { account, kind: 'online' });
    await romeo.waitForPresence(
      julietAccount.jid,
      ({ status, priority, show }) => show === undefined && status === '' && priority === 4,
    );

    await juliet.ask('presence.set', { account, kind: 'dnd', status: 'Meeting', clearAfter: 'half-hour' });
    await romeo.waitForPresence(julietAccount.jid, ({ status }) => status === 'Meeting');
    const { dir, secrets } = juliet;
    await juliet.stop(true);
    await romeo.waitForOffline(julietAccount.jid);
    const later = await ownCore({
      dir,
      secrets,
      spoil: (ports) => ({
        ...ports,
        clock: { ...ports.clock, now: () => ports.clock.now() + 31 * 60_000 },
      }),
    });
    await romeo.waitForPresence(julietAccount.jid, ({ show, status }) => show === 'dnd' && status === '');
    const state = await later.waitForState(({ connection }) => connection.phase === 'online', 'online');
    expect(state.presence).toEqual({ kind: 'dnd', status: null });
  });

  it('another client of one’s own is among the devices while it is there', async () => {
    const { juliet, julietAccount, server } = await friends(kind);
    const other = await connectPeer(server, julietAccount, { resource: 'phone' });
    atEnd(() => other.disconnect());
    await other.setPresence({ show: 'away', status: 'on the bus', priority: 2 });
    const there = await juliet.waitForState(
      ({ devices }) => devices.some(({ kind: seen }) => seen === 'away'),
      'the device',
    );
    expect(there.devices).toMatchObject([{ kind: 'away', status: 'on the bus', priority: 2 }]);
    await other.goUnavailable();
    await juliet.waitForState(({ devices }) => devices.length === 0, 'gone');
  });
});
