import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { newAccount, type TestAccount } from '../../servers/shared';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { bare } from '../../peers/peer';
import { lookAt, WIDE, type Look } from '../look';
import {
  accountOf,
  ask,
  composer,
  en,
  log,
  openStage,
  settings,
  sidebar,
  signIn,
  soon,
  type Stage,
} from '../support';

describe('requests of strangers', () => {
  let server: TestServer;
  let stage: Stage;
  let juliet: TestAccount;
  let view: Look;
  const strangers: Peer[] = [];

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    view = lookAt(stage);
    await view.resize(WIDE);
    juliet = await newAccount(server, server, 'juliet');
    await signIn(stage.page, juliet, server.wsUrl);
    // Everybody here has the same domain, which by default is known.
    await settings(stage.page, { ownDomainKnown: false });
  });
  afterAll(async () => {
    await Promise.allSettled(strangers.map((one) => one.disconnect()));
    await stage.stop();
    await server.stop();
  });

  const stranger = async (name: string): Promise<Peer> => {
    const peer = await connectPeer(server, await newAccount(server, server, name), { client: 'stanza' });
    strangers.push(peer);
    return peer;
  };
  const nameOf = (peer: Peer): string => peer.bareJid.split('@', 1)[0] ?? '';
  const entry = (peer: Peer): Locator =>
    sidebar(stage.page).getByRole('listitem').filter({ hasText: peer.bareJid });
  const open = (peer: Peer): Promise<void> =>
    stage.page.getByRole('button', { name: en('roster.request-open', { name: nameOf(peer) }) }).click();
  const bar = (peer: Peer): Locator =>
    stage.page.getByRole('region', { name: en('conversation.request-title', { name: nameOf(peer) }) });

  it('T31 stand in a list of their own, count nothing as unread, and are read without the sender learning it', async () => {
    const peer = await stranger('paris');
    await peer.sendMessage(juliet.jid, 'May I have this dance?', { requestReceipt: true });
    await entry(peer).waitFor();
    expect(await entry(peer).innerText()).toContain('May I have this dance?');
    expect(await stage.page.title()).toBe('Flint');
    expect(await sidebar(stage.page).getByRole('listbox').getByRole('option').count()).toBe(0);
    await open(peer);
    await log(stage.page).getByText('May I have this dance?').waitFor();
    await bar(peer).waitFor();
    expect(await composer(stage.page, nameOf(peer)).count()).toBe(0);
    expect(peer.messages.filter(({ receiptFor }) => receiptFor !== undefined)).toEqual([]);
    // Nor can an answer be begun, which would go nowhere.
    await log(stage.page).getByText('May I have this dance?').click({ button: 'right' });
    const menu = stage.page.getByRole('menu');
    await menu.getByRole('menuitem', { name: en('selection.forward') }).waitFor();
    for (const words of ['conversation.reply', 'conversation.react'] as const)
      expect(await menu.getByRole('menuitem', { name: en(words) }).count()).toBe(0);
    await stage.page.keyboard.press('Escape');
  });

  it('accepted, the conversation goes on like any other', async () => {
    const [peer] = strangers as [Peer];
    await bar(peer)
      .getByRole('button', { name: en('roster.accept') })
      .click();
    await composer(stage.page, nameOf(peer)).fill('Once.');
    await stage.page.keyboard.press('Enter');
    await peer.waitForMessage(({ body }) => body === 'Once.');
    await entry(peer).waitFor({ state: 'detached' });
    await sidebar(stage.page)
      .getByRole('listbox', { name: en('roster.chats') })
      .getByRole('option', { name: nameOf(peer) })
      .waitFor();
  });

  it('answered by keyboard, the next one is stood on and read, not answered', async () => {
    const { page } = stage;
    const asking = [await stranger('sampson'), await stranger('peter')];
    for (const peer of asking) {
      await peer.sendMessage(juliet.jid, 'May I?');
      await entry(peer).waitFor();
    }
    const [older, newer] = asking as [Peer, Peer];
    const here = (): Promise<string> =>
      page.evaluate(() => {
        const focused = document.activeElement as HTMLElement;
        return focused === document.body ? '' : focused.innerText;
      });
    await entry(newer)
      .getByRole('button', { name: en('roster.ignore-label', { name: nameOf(newer) }) })
      .focus();
    await page.keyboard.press('Enter');
    await entry(newer).waitFor({ state: 'detached' });
    await soon(here).toContain(older.bareJid);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await soon(here).toBe(en('roster.accept'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await entry(older).waitFor({ state: 'detached' });
    await soon(here).toContain(en('roster.chats'));
  });

  it('ignored, they are out of sight, and what comes later is too', async () => {
    const peer = await stranger('tybalt');
    await peer.sendMessage(juliet.jid, 'You there!');
    await entry(peer)
      .getByRole('button', { name: en('roster.ignore-label', { name: nameOf(peer) }) })
      .click();
    await entry(peer).waitFor({ state: 'detached' });
    await peer.sendMessage(juliet.jid, 'Answer me!');
    const account = await accountOf(stage.page);
    await soon(async () =>
      (await ask(stage.page, 'chats.list', { account })).value
        .filter((chat) => chat.peer === peer.bareJid)
        .map((chat) => [chat.standing, chat.last?.text]),
    ).toEqual([['ignored', 'Answer me!']]);
    expect(await entry(peer).count()).toBe(0);
  });

  it('blocked, nothing of them comes through; the settings list them and unblock', async () => {
    const { page } = stage;
    const peer = await stranger('gregory');
    await peer.sendMessage(juliet.jid, 'I bite my thumb');
    await entry(peer)
      .getByRole('button', { name: en('roster.block-label', { name: nameOf(peer) }) })
      .click();
    await entry(peer).waitFor({ state: 'detached' });
    const account = await accountOf(page);
    await soon(async () => (await ask(page, 'block.list', { account })).value).toContain(peer.bareJid);
    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: en('settings.privacy'), exact: true }).click();
    const blocked = page.getByRole('list', { name: en('settings.blocked') });
    await blocked.getByRole('button', { name: en('roster.unblock-label', { name: peer.bareJid }) }).click();
    await page.getByText(en('settings.blocked-none')).waitFor();
    await soon(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
    await page.keyboard.press('Escape');
    await sidebar(page).waitFor();
  });

  it('who is known by the domain needs no request', async () => {
    await settings(stage.page, { ownDomainKnown: true });
    const peer = await stranger('lawrence');
    await peer.sendMessage(juliet.jid, 'Good day');
    await sidebar(stage.page)
      .getByRole('listbox', { name: en('roster.chats') })
      .getByRole('option', { name: nameOf(peer) })
      .waitFor();
    expect(bare(peer.jid)).toBe(peer.bareJid);
    expect(await entry(peer).count()).toBe(0);
  });

  it('where only contacts may write they are not told of; the settings say who did, and let them in', async () => {
    const { page } = stage;
    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: en('settings.privacy'), exact: true }).click();
    await page.getByRole('radio', { name: en('settings.write-contacts') }).click();
    const aside = page.getByRole('region', { name: en('settings.write-aside') });
    await aside.waitFor();
    const peer = await stranger('rosaline');
    await peer.sendMessage(juliet.jid, 'May I?');
    const kept = aside.getByRole('listitem').filter({ hasText: peer.bareJid });
    await kept.waitFor();
    await view.lookAround('settings-contacts-only');
    await page.keyboard.press('Escape');
    await sidebar(page).waitFor();
    expect(await entry(peer).count()).toBe(0);
    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: en('settings.privacy'), exact: true }).click();
    await kept.getByRole('button', { name: en('roster.accept-label', { name: nameOf(peer) }) }).click();
    await kept.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await sidebar(page)
      .getByRole('listbox', { name: en('roster.chats') })
      .getByRole('option', { name: nameOf(peer) })
      .waitFor();
  });
});
