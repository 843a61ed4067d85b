import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Peer } from '../../peers/peer';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { lookAt, WIDE, type Look } from '../look';
import { furnish, jidAt, PASSWORD } from '../office';
import { contactRow, en, openChat, openStage, settings, signIn, soon, type Stage } from '../support';

describe('who sees whom, and who is kept out', () => {
  let server: TestServer;
  let stage: Stage;
  let view: Look;
  let peers: ReadonlyMap<string, Peer> = new Map();

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    view = lookAt(stage);
    await view.resize(WIDE);
    await settings(stage.page, { theme: 'light' });
    peers = await furnish(server);
    await signIn(stage.page, { jid: jidAt(server)('nora'), password: PASSWORD }, server.wsUrl);
    await contactRow(stage.page, '李雯 Li Wen').waitFor();
  });
  afterAll(async () => {
    await Promise.allSettled([...peers.values()].map((peer) => peer.disconnect()));
    await stage.stop();
    await server.stop();
  });

  it('each half of a subscription is said in words and ends by its own button', async () => {
    const { page } = stage;
    await openChat(page, 'Maya Okafor');
    await page.getByRole('button', { name: en('conversation.details') }).click();
    const details = page.getByRole('complementary', { name: en('shell.details') });
    await details.getByText(en('roster.sub-both')).waitFor();
    await details.getByRole('button', { name: en('roster.device-ask') }).click();
    // Whatever it says of itself, there are words.
    await soon(() => details.getByRole('status').allInnerTexts()).not.toEqual([]);
    await view.lookAround('details-subscription');
    await details.getByRole('button', { name: en('roster.stop-seeing') }).click();
    await details.getByText(en('roster.sub-from')).waitFor();
    await page.getByText(en('roster.stopped-seeing', { name: 'Maya Okafor' })).waitFor();
    await details.getByRole('button', { name: en('roster.stop-showing') }).click();
    await details.getByText(en('roster.sub-none')).waitFor();
    await details.getByRole('button', { name: en('roster.ask-again') }).waitFor();
    await soon(() => details.getByRole('button', { name: en('roster.stop-seeing') }).count()).toBe(0);
    await view.lookAround('details-no-subscription');
    await details.getByRole('button', { name: en('roster.let-see') }).click();
    await peers.get('maya')!.subscribe(jidAt(server)('nora'));
    await details.getByText(en('roster.sub-from')).waitFor();
  });

  it('the menu of a contact has both halves too', async () => {
    const { page } = stage;
    await contactRow(page, 'Ingrid Solheim').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('roster.stop-seeing') }).waitFor();
    await page.getByRole('menuitem', { name: en('roster.stop-showing') }).click();
    await page.getByText(en('roster.stopped-showing', { name: 'Ingrid Solheim' })).waitFor();
    await contactRow(page, 'Ingrid Solheim').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('roster.stop-seeing') }).waitFor();
    await page.getByRole('menuitem', { name: en('roster.let-see') }).waitFor();
    await soon(() => page.getByRole('menuitem', { name: en('roster.stop-showing') }).count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  it('addresses and servers are put on the list of blocked, and all are let in again', async () => {
    const { page } = stage;
    await page.keyboard.press('Control+,');
    await page
      .getByRole('navigation')
      .getByRole('button', { name: en('settings.privacy'), exact: true })
      .click();
    const field = page.getByRole('textbox', { name: en('settings.blocked-add') });
    await field.fill(server.domain);
    await field.press('Enter');
    await page.getByText(en('error.own-domain')).waitFor();
    for (const one of ['tybalt@elsewhere.test', 'evil.test']) {
      await field.fill(one);
      await field.press('Enter');
      await soon(() => field.inputValue()).toBe('');
    }
    const list = page.getByRole('list', { name: en('settings.blocked') });
    await soon(() => list.getByRole('listitem').count()).toBe(2);
    expect(await list.innerText()).toContain(en('settings.blocked-server'));
    await field.scrollIntoViewIfNeeded();
    await view.lookAround('blocked-list');
    // What has come of it is said where one is.
    await field.fill('iago@elsewhere.test');
    await field.press('Enter');
    const iago = { name: 'iago@elsewhere.test' };
    await page.getByRole('button', { name: en('roster.unblock-label', iago) }).click();
    await page.getByText(en('roster.unblocked-done', iago)).waitFor();
    await page.getByRole('button', { name: en('settings.blocked-all') }).click();
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: en('settings.blocked-all-action') })
      .click();
    await page.getByText(en('settings.blocked-none')).waitFor();
    await soon(() => page.getByRole('alertdialog').count()).toBe(0);
  });
});
