import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shot } from '../../desktop/app';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer } from '../../servers/shared';
import { startCore, type TestCore } from '../../support/core';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, befriend, contactRow, en, openStage, signIn, soon, type Stage } from '../support';

describe('the card of a person', () => {
  let server: SharedServer;
  let stage: Stage;
  let view: Look;
  let romeo: Peer;
  let second: TestCore;

  beforeAll(async () => {
    server = connectServer('prosody');
    const [juliet, account] = await Promise.all([server.newAccount('juliet'), server.newAccount('romeo')]);
    [stage, romeo] = await Promise.all([openStage(), connectPeer(server, account, { client: 'stanza' })]);
    view = lookAt(stage);
    await view.resize(WIDE);
    await signIn(stage.page, juliet, server.wsUrl);
    await befriend(stage.page, romeo);
    await romeo.sendRaw(
      `<iq type='set' id='card'><vCard xmlns='vcard-temp'><FN>Romeo Montague</FN><ORG><ORGNAME>House of Montague</ORGNAME></ORG><TITLE>Heir and poet</TITLE><TEL><WORK/><NUMBER>+39 045 555 0100</NUMBER></TEL></vCard></iq>`,
    );
    // Another Flint: of the clients here it alone answers what time it is.
    second = await startCore();
    const options = { server: server.wsUrl, priority: 5 };
    const id = await second.signIn(account.jid, account.password, options);
    await second.ask('presence.set', { account: id, kind: 'dnd', status: 'On stage until ten' });
  });
  afterAll(async () => {
    await Promise.allSettled([romeo.disconnect(), second.stop()]);
    await stage.stop();
  });

  const card = (): Locator =>
    stage.page.getByRole('dialog', { name: en('contact.about', { name: 'Romeo' }) });
  /** The time is asked of the server too, for rooms. */
  const questions = async (): Promise<number> => {
    const entries = await ask(stage.page, 'console.entries', { account: await accountOf(stage.page) });
    return entries.value.filter(
      ({ direction, xml }) =>
        direction === 'out' && xml.includes('<time xmlns="urn:xmpp:time"') && xml.includes(romeo.bareJid),
    ).length;
  };
  /** Points at it as a hand does, which comes from somewhere. */
  const point = async (at: Locator): Promise<void> => {
    await stage.page.mouse.move(700, 700);
    await at.hover();
    await at.hover({ position: { x: 10, y: 12 } });
  };

  it('opens once the pointer rests on a row, and goes with it; nobody was asked anything before', async () => {
    const { page } = stage;
    await soon(() => contactRow(page, 'Romeo').innerText()).toContain('On stage until ten');
    expect(await questions()).toBe(0);
    await point(contactRow(page, 'Romeo'));
    await card().waitFor();
    const text = await card().innerText();
    expect(text).toContain(romeo.bareJid);
    expect(text).toContain('On stage until ten');
    await soon(() => card().getByRole('listitem').count()).toBe(2);
    await soon(() => card().innerText()).toContain('UTC');
    await soon(() => card().innerText()).toContain('+39 045 555 0100');
    expect(await card().innerText()).toContain('Heir and poet');
    await shot(page, 'person-hover');
    // It can be gone over to, and left.
    await card().hover();
    await page.waitForTimeout(500);
    expect(await card().count()).toBe(1);
    await page.mouse.move(700, 700);
    await card().waitFor({ state: 'detached' });
    await point(contactRow(page, 'Romeo'));
    await card().waitFor();
    expect(await questions()).toBe(1);
  });

  it('goes when the list scrolls, and does not come where one has just pressed', async () => {
    const { page } = stage;
    await point(contactRow(page, 'Romeo'));
    await card().waitFor();
    await page.evaluate(() =>
      document.querySelector('[role=tree]')!.dispatchEvent(new Event('scroll', { bubbles: true })),
    );
    await card().waitFor({ state: 'detached' });
    await page.mouse.move(700, 700);
    await contactRow(page, 'Romeo').click();
    await contactRow(page, 'Romeo').hover({ position: { x: 40, y: 14 } });
    await page.waitForTimeout(1_000);
    expect(await card().count()).toBe(0);
  });

  it('by keyboard it has the focus, and gives it back', async () => {
    const { page } = stage;
    await page.mouse.move(700, 700);
    await page.getByRole('tree').focus();
    await page.keyboard.press('Alt+Enter');
    await card().waitFor();
    await soon(() => card().evaluate((one) => one.contains(document.activeElement))).toBe(true);
    await view.lookAround('person-card');
    await page.keyboard.press('Escape');
    await card().waitFor({ state: 'detached' });
    await soon(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tree');
    await page.keyboard.press('Alt+Enter');
    await card()
      .getByRole('button', { name: en('shell.details') })
      .click();
    await page.getByRole('complementary', { name: en('shell.details') }).waitFor();
  });

  it('the picture beside a message tells the same', async () => {
    const { page } = stage;
    await romeo.sendMessage((await ask(page, 'app.state', {})).value.accounts[0]!.account.jid, 'Look up');
    await page.getByRole('log').getByText('Look up').first().waitFor();
    await point(page.getByRole('log').locator('[data-person]').first());
    await card().waitFor();
  });

  it('of who is not there it offers to tell when they come', async () => {
    const { page } = stage;
    await Promise.all([romeo.disconnect(), second.stop()]);
    const wish = card().getByRole('button', { name: en('roster.watch') });
    await page.mouse.move(700, 700);
    await page.getByRole('tree').focus();
    await page.keyboard.press('Alt+Enter');
    await wish.click();
    await card()
      .getByRole('button', { name: en('roster.unwatch') })
      .waitFor();
    await shot(page, 'person-absent');
    const { contacts } = (await ask(page, 'roster.state', { account: await accountOf(page) })).value;
    expect(contacts.map(({ watched }) => watched)).toEqual([true]);
  });
});
