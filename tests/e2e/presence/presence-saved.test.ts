import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import { lookAt, WIDE, type Look } from '../look';
import { ask, befriend, en, openStage, settings, signIn, soon, type Stage } from '../support';

describe('presence with words of one’s own, in the window and in the tray', () => {
  let server: SharedServer;
  let stage: Stage;
  let view: Look;
  let juliet: TestAccount;
  let romeo: Peer;
  let phone: Peer;

  beforeAll(async () => {
    server = connectServer('prosody');
    juliet = await server.newAccount('juliet');
    [stage, romeo] = await Promise.all([
      openStage(),
      server.newAccount('romeo').then((account) => connectPeer(server, account)),
    ]);
    view = lookAt(stage);
    await view.resize(WIDE);
    await settings(stage.page, { theme: 'light' });
    await signIn(stage.page, juliet, server.wsUrl);
    await befriend(stage.page, romeo);
    await stage.desktop.tray.waitForItem();
    phone = await connectPeer(server, juliet, { resource: 'phone' });
    await phone.setPresence({ show: 'away', status: 'on the bus', priority: 2 });
  });
  afterAll(async () => {
    await Promise.allSettled([romeo.disconnect(), phone.disconnect()]);
    await stage.stop();
  });

  const page = () => stage.page;
  const openMenu = async (): Promise<void> => {
    await page()
      .locator('header.me')
      .getByRole('button', { name: en('shell.me-menu') })
      .click();
    await page().getByRole('menu').waitFor();
  };
  const add = async (text: string, kind: 'away' | 'dnd', priority: string): Promise<void> => {
    await page()
      .getByRole('button', { name: en('settings.saved-add') })
      .click();
    const dialog = page().getByRole('dialog', { name: en('settings.saved-add-title') });
    await dialog.getByLabel(en('settings.saved-message'), { exact: true }).fill(text);
    await dialog.getByRole('radio', { name: en(`presence.${kind}`), exact: true }).click();
    await dialog.getByLabel(en('settings.saved-priority'), { exact: true }).fill(priority);
    if (text === 'Lunch')
      await dialog.getByRole('radio', { name: en('shell.clear-after-hour'), exact: true }).click();
    if (text === 'Lunch') await view.lookAround('presence-saved-dialog');
    await dialog.getByRole('button', { name: en('common.save') }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  const listed = (): Promise<readonly string[]> =>
    page()
      .getByRole('list', { name: en('settings.saved') })
      .locator('.text')
      .allInnerTexts();

  const statusDialog = () => page().getByRole('dialog', { name: en('shell.custom-label') });
  const openStatus = async (): Promise<void> => {
    await openMenu();
    await page()
      .getByRole('menuitem', { name: en('shell.custom-open') })
      .click();
  };
  const changeText = async (text: string): Promise<void> => {
    await openStatus();
    await statusDialog().getByRole('textbox').fill(text);
    await view.lookAround('presence-status-timed');
    await statusDialog()
      .getByRole('button', { name: en('shell.custom-save') })
      .click();
  };
  const minutesLeft = async (): Promise<number> => {
    const until = (await ask(page(), 'app.state', {})).value.accounts[0]?.presence.until ?? 0;
    return (until - Date.now()) / 60_000;
  };

  it('messages are added on the page of presence', async () => {
    await openMenu();
    await page()
      .getByRole('menuitem', { name: en('shell.saved-open') })
      .click();
    await page()
      .getByRole('heading', { level: 2, name: en('settings.presence') })
      .waitFor();
    await add('In a meeting', 'dnd', '');
    await add('Lunch', 'away', '1');
    await add('Old', 'away', '');
    await soon(listed).toEqual(['In a meeting', 'Lunch', 'Old']);
  });

  it('are put in order and removed by keyboard, which stays with the message that moves', async () => {
    // It goes to the next when one is gone.
    const here = (): Promise<string | null> =>
      page().evaluate(() => {
        const focused = document.activeElement;
        return focused?.getAttribute('aria-label') ?? focused?.querySelector('.text')?.textContent ?? null;
      });
    await page()
      .getByRole('button', { name: en('settings.saved-up', { text: 'Old' }) })
      .focus();
    await page().keyboard.press('Enter');
    await soon(listed).toEqual(['In a meeting', 'Old', 'Lunch']);
    await soon(here).toBe(en('settings.saved-up', { text: 'Old' }));
    await page().keyboard.press('Enter');
    await soon(listed).toEqual(['Old', 'In a meeting', 'Lunch']);
    await soon(here).toBe(en('settings.saved-down', { text: 'Old' }));
    await page()
      .getByRole('button', { name: en('settings.saved-remove', { text: 'Old' }) })
      .focus();
    await page().keyboard.press('Enter');
    const question = page().getByRole('alertdialog');
    await question.waitFor();
    await question.getByRole('button', { name: en('common.remove') }).focus();
    await page().keyboard.press('Enter');
    await soon(listed).toEqual(['In a meeting', 'Lunch']);
    await soon(here).toBe('In a meeting');
    await page()
      .getByRole('button', { name: en('settings.saved-up', { text: 'Lunch' }) })
      .click();
    await soon(listed).toEqual(['Lunch', 'In a meeting']);
    await view.lookAround('presence-page');
    await page()
      .getByRole('button', { name: en('settings.back') })
      .click();
  });

  it('chosen in the menu they bring words, presence and priority; another presence takes them away', async () => {
    await openMenu();
    await view.look('presence-menu');
    await view.lookWith('presence-menu-dark', { theme: 'dark' });
    await page().getByRole('menuitemradio', { name: 'Lunch' }).click();
    await romeo.waitForPresence(
      juliet.jid,
      ({ show, status, priority }) => show === 'away' && status === 'Lunch' && priority === 1,
    );
    // A word added keeps when it goes; the hour is that of the saved message.
    await changeText('Lunch outside');
    await romeo.waitForPresence(juliet.jid, ({ status }) => status === 'Lunch outside');
    expect(await minutesLeft()).toBeGreaterThan(50);
    await stage.desktop.tray.choose(en('presence.online'));
    await romeo.waitForPresence(juliet.jid, ({ show, status }) => show === undefined && status === '');
    const label = en('tray.saved', { text: 'In a meeting', presence: en('presence.dnd') });
    await stage.desktop.tray.choose(label);
    await romeo.waitForPresence(
      juliet.jid,
      ({ show, status }) => show === 'dnd' && status === 'In a meeting',
    );
    await soon(async () =>
      (await stage.desktop.tray.menu()).filter(({ ticked }) => ticked).map((entry) => entry.label),
    ).toEqual([en('presence.dnd'), label]);
  });

  it('a text typed by hand outlives a presence chosen in the tray, and says when it goes', async () => {
    await openStatus();
    const dialog = statusDialog();
    await dialog.getByRole('textbox').fill('Back at three');
    await dialog.getByRole('radio', { name: en('shell.clear-after-hour'), exact: true }).click();
    await view.lookAround('presence-status');
    await dialog.getByRole('button', { name: en('shell.custom-save') }).click();
    await romeo.waitForPresence(juliet.jid, ({ status }) => status === 'Back at three');
    await stage.desktop.tray.choose(en('presence.away'));
    await romeo.waitForPresence(
      juliet.jid,
      ({ show, status }) => show === 'away' && status === 'Back at three',
    );
    const left = await minutesLeft();
    expect([left > 50, left <= 60]).toEqual([true, true]);
  });

  it('other devices of one’s own stand in the menu', async () => {
    await openMenu();
    const device = page().getByRole('menuitem', { name: en('presence.away') });
    await soon(() => device.count()).toBe(1);
    await device.click();
    await page()
      .getByRole('list', { name: en('settings.devices') })
      .getByText('on the bus')
      .waitFor();
    await page()
      .getByRole('button', { name: en('settings.back') })
      .click();
  });
});
