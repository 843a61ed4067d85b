import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer } from '../../servers/shared';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, befriend, contactRow, en, openStage, signIn, soon, type Stage } from '../support';

describe('tell me when online', () => {
  let server: SharedServer;
  let stage: Stage;
  let view: Look;
  let account: Awaited<ReturnType<SharedServer['newAccount']>>;
  let romeo: Peer;

  beforeAll(async () => {
    server = connectServer('prosody');
    const juliet = await server.newAccount('juliet');
    account = await server.newAccount('romeo');
    [stage, romeo] = await Promise.all([openStage(), connectPeer(server, account)]);
    view = lookAt(stage);
    await view.resize(WIDE);
    await signIn(stage.page, juliet, server.wsUrl);
    await befriend(stage.page, romeo);
  });
  afterAll(async () => {
    await romeo.disconnect();
    await stage.stop();
  });

  const contact = async () => {
    const { contacts } = (await ask(stage.page, 'roster.state', { account: await accountOf(stage.page) }))
      .value;
    return contacts.find(({ jid }) => jid === romeo.bareJid);
  };
  const entry = async () => {
    await contactRow(stage.page, 'Romeo').click({ button: 'right' });
    await stage.page.getByRole('menuitem', { name: en('roster.show-details') }).waitFor();
    return stage.page.getByRole('menuitemcheckbox', { name: en('roster.watch') });
  };
  const closeMenu = async (): Promise<void> => {
    await stage.page.keyboard.press('Escape');
    await stage.page.getByRole('menu').waitFor({ state: 'detached' });
  };
  const told = (): number =>
    stage.desktop.notifications
      .list()
      .filter(({ summary }) => summary === en('notification.online', { name: 'Romeo' })).length;
  const goes = async (): Promise<void> => {
    await romeo.disconnect();
    await soon(async () => (await contact())?.presence.kind).toBe('offline');
  };
  const comes = async (): Promise<void> => {
    romeo = await connectPeer(server, account);
    await soon(async () => (await contact())?.presence.kind).toBe('online');
  };

  it('of whoever is there it is not offered; of whoever is not, it is kept over a restart', async () => {
    expect(await (await entry()).count()).toBe(0);
    await closeMenu();
    await goes();
    await (await entry()).click();
    await soon(async () => (await contact())?.watched).toBe(true);
    await stage.quit();
    await stage.start();
    await view.resize(WIDE);
    await soon(async () => (await contact())?.watched).toBe(true);
    await contactRow(stage.page, 'Romeo').waitFor();
    await soon(async () => {
      const checked = await (await entry()).getAttribute('aria-checked');
      if (checked !== 'true') await closeMenu();
      return checked;
    }).toBe('true');
    await view.lookAround('watch-menu');
    await closeMenu();
  });

  it('it waits while nothing is to be told, is told once, and then no more', async () => {
    const id = await accountOf(stage.page);
    await ask(stage.page, 'presence.set', { account: id, kind: 'dnd', status: null });
    await comes();
    expect((await contact())?.watched).toBe(true);
    await goes();
    await ask(stage.page, 'presence.set', { account: id, kind: 'online', status: null });
    await comes();
    await soon(() => Promise.resolve(told())).toBe(1);
    await soon(async () => (await contact())?.watched).toBeUndefined();
    await goes();
    await comes();
    expect(told()).toBe(1);
  });
});
