import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { lookAt, WIDE, type Look } from '../look';
import { en, openStage, settings, signIn, soon, type Stage } from '../support';

const PASSWORD = 'nora’s own';

describe('the user directory', () => {
  let server: TestServer;
  let stage: Stage;
  let view: Look;

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('ejabberd'), openStage()]);
    view = lookAt(stage);
    await view.resize(WIDE);
    await settings(stage.page, { theme: 'light' });
    for (const [name, given, family] of [
      ['nora', 'Nora', 'Lindqvist'],
      ['maya', 'Maya', 'Okafor'],
      ['tomas', 'Tomás', 'Okafor <img src=x>'],
    ] as const) {
      const account = { jid: `${name}@${server.domain}`, password: PASSWORD };
      await server.createUser(name, PASSWORD);
      const peer = await connectPeer(server, account);
      await peer.sendRaw(
        `<iq xmlns='jabber:client' type='set' id='card'><vCard xmlns='vcard-temp'><FN>${given} ${family.replace('<', '&lt;')}</FN><N><FAMILY>${family.replace('<', '&lt;')}</FAMILY><GIVEN>${given}</GIVEN></N><ORG><ORGNAME>Northgate Packaging</ORGNAME></ORG></vCard></iq>`,
      );
      await peer.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes('card'));
      await peer.disconnect();
    }
    await signIn(stage.page, { jid: `nora@${server.domain}`, password: PASSWORD }, server.wsUrl);
  });
  afterAll(async () => {
    await stage.stop();
    await server.stop();
  });

  it('T13 finds people by its own form; what they wrote is text; one is added, with one a chat begins', async () => {
    const { page } = stage;
    await page.keyboard.press('Control+n');
    await page.getByRole('dialog', { name: en('roster.add') }).waitFor();
    await view.look('add-contact-directory');
    await page.getByRole('button', { name: en('directory.open') }).click();
    const dialog = page.getByRole('dialog', { name: en('directory.title') });
    // What it asks for comes later than the dialog: one may type at once.
    await soon(() =>
      dialog
        .getByRole('textbox')
        .first()
        .evaluate((one) => one === document.activeElement),
    ).toBe(true);
    const field = dialog.getByRole('textbox', { name: /family|last/i }).first();
    await field.fill('Nobody of this name');
    await field.press('Enter');
    await dialog.getByText(en('directory.nobody')).waitFor();
    await field.fill('Okafor*');
    await field.press('Enter');
    await dialog.getByText(en('directory.found', { count: 2 })).waitFor();
    const row = dialog.getByRole('row').filter({ hasText: `maya@${server.domain}` });
    expect(await row.innerText()).toContain('Maya');
    expect(await dialog.getByRole('row').filter({ hasText: 'tomas@' }).innerText()).toContain('<img src=x>');
    expect(await dialog.locator('table img').count()).toBe(0);
    await view.lookAround('directory');
    await row.getByRole('button', { name: en('directory.add', { jid: `maya@${server.domain}` }) }).click();
    const add = page.getByRole('dialog', { name: en('roster.add') });
    await soon(() => add.getByRole('textbox', { name: en('roster.add-address') }).inputValue()).toBe(
      `maya@${server.domain}`,
    );
    await page.keyboard.press('Escape');
  });
});
