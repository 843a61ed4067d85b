import type { JSHandle, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shot } from '../../desktop/app';
import { lookAt, WIDE } from '../look';
import {
  accountOf,
  ask,
  bringBack,
  call,
  composer,
  contactRow,
  en,
  inMain,
  log,
  openChat,
  PATIENCE_MS,
  putAway,
  settings,
  signOut,
  soon,
  type Stage,
} from '../support';
import { openTalk, type Talk } from '../talk-kit';

type WithPreferences = { getLastWebPreferences(): Electron.WebPreferences };

describe('a chat in its own window', () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await openTalk();
    await lookAt(talk.stage).resize(WIDE);
  });
  afterAll(() => talk.stop());

  const page = (): Page => talk.stage.page;
  const app = () => talk.stage.flint.app;
  const windows = (): Promise<number> =>
    app().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  const handle = async (of: Page): Promise<JSHandle<Electron.BrowserWindow>> =>
    (await app().browserWindow(of)) as JSHandle<Electron.BrowserWindow>;
  /** What `open` does makes one more window. */
  const opened = async (open: () => Promise<unknown>): Promise<Page> => {
    const [window] = await Promise.all([app().waitForEvent('window', { timeout: PATIENCE_MS }), open()]);
    window.setDefaultTimeout(PATIENCE_MS);
    return window;
  };
  const fromList = async (name: string): Promise<Page> => {
    const window = await opened(async () => {
      await contactRow(page(), name).first().click({ button: 'right' });
      await page()
        .getByRole('menuitem', { name: en('chats.own-window') })
        .click();
    });
    await composer(window, name).waitFor();
    return window;
  };
  /** To look at another window as at the main one. */
  const stageOf = (window: Page): Stage =>
    ({ desktop: talk.stage.desktop, flint: talk.stage.flint, page: window }) as unknown as Stage;
  const isFocused = async (window: Page): Promise<boolean> =>
    (await handle(window)).evaluate((one) => one.isFocused());
  const focus = async (window: Page): Promise<void> => {
    await (
      await handle(window)
    ).evaluate((one) => {
      one.show();
      one.focus();
    });
    await soon(() => isFocused(window)).toBe(true);
  };
  const unread = async (peer: string): Promise<number> => {
    const account = await accountOf(page());
    return (
      (await ask(page(), 'chats.list', { account })).value.find((chat) => chat.peer === peer)?.unread ?? 0
    );
  };
  let romeos: Page;

  it('is opened from its menu: the conversation, its header and its composer, and nothing else', async () => {
    await openChat(page());
    await composer(page()).fill('half a sent');
    romeos = await fromList('Romeo');
    // What was begun goes along, and the main window has let go of it.
    await soon(() => composer(romeos).inputValue()).toBe('half a sent');
    await page().getByText(en('shell.empty-pick')).waitFor();
    expect(await romeos.getByRole('navigation').count()).toBe(0);
    await soon(() => romeos.title()).toBe('Romeo – Flint');
    await soon(() => isFocused(romeos)).toBe(true);
    await composer(romeos).fill('from my own window');
    await romeos.keyboard.press('Enter');
    expect((await talk.nextFor(talk.romeo)).body).toBe('from my own window');
    await talk.romeo.sendMessage(talk.juliet.jid, 'I hear you there');
    await log(romeos).getByText('I hear you there').waitFor();
    await lookAt(stageOf(romeos)).lookAround('own-window');
    await lookAt(talk.stage).look('own-window-main');
  });

  it('a message in the window in front is read, and makes no notification; behind another it does, and a click brings the right window', async () => {
    const { notifications } = talk.stage.desktop;
    await focus(romeos);
    notifications.clear();
    await talk.romeo.sendMessage(talk.juliet.jid, 'before your eyes');
    await log(romeos).getByText('before your eyes').waitFor();
    await soon(() => unread(talk.romeo.bareJid)).toBe(0);
    await focus(page());
    await talk.romeo.sendMessage(talk.juliet.jid, 'behind the other');
    const notice = await notifications.waitFor(({ body }) => body.includes('behind the other'));
    expect(notifications.list().some(({ body }) => body.includes('before your eyes'))).toBe(false);
    await soon(() => unread(talk.romeo.bareJid)).toBe(1);
    notifications.click(notice.id);
    await soon(() => isFocused(romeos)).toBe(true);
    await soon(() => unread(talk.romeo.bareJid)).toBe(0);
    await page().getByText(en('shell.empty-pick')).waitFor();
  });

  it('a click on the chat in the list brings its window, and opens no second one', async () => {
    await focus(page());
    await contactRow(page(), 'Romeo').first().click();
    await soon(() => isFocused(romeos)).toBe(true);
    expect(await windows()).toBe(2);
    await page().getByText(en('chats.is-elsewhere')).first().waitFor({ state: 'attached' });
  });

  it('several stand beside each other, opened by keyboard too, and live on while the main window is in the tray', async () => {
    await focus(page());
    await openChat(page(), 'Nurse');
    const nurses = await opened(() => page().keyboard.press('Control+Shift+O'));
    await composer(nurses, 'Nurse').waitFor();
    const places = await Promise.all(
      [romeos, nurses].map(async (one) => (await handle(one)).evaluate((window) => window.getBounds())),
    );
    expect(places[0]?.x === places[1]?.x && places[0]?.y === places[1]?.y).toBe(false);
    await putAway(talk.stage);
    await talk.nurse.sendMessage(talk.juliet.jid, 'Madam!');
    await log(nurses).getByText('Madam!').waitFor();
    await bringBack(talk.stage);
    await Promise.all([
      nurses.waitForEvent('close'),
      nurses.keyboard.press('Control+w').catch(() => undefined),
    ]);
    expect(await windows()).toBe(2);
    // What came while it was in the tray is told before that the other window is gone.
    await page().getByText('Madam!').first().waitFor();
    await soon(() => page().getByText(en('chats.is-elsewhere')).count()).toBe(1);
    await contactRow(page(), 'Nurse').first().click();
    await composer(page(), 'Nurse').waitFor();
  });

  it('is searched in itself: what is found is gone to in its log, and Escape leads back to the message', async () => {
    await focus(romeos);
    await romeos.keyboard.press('Control+f');
    const finder = romeos.getByRole('region', { name: en('shortcut.search-chat') });
    await soon(() => finder.getByRole('searchbox').evaluate((one) => one === document.activeElement)).toBe(
      true,
    );
    await romeos.keyboard.type('before eyes');
    const hits = finder.getByRole('option');
    await soon(() => hits.allInnerTexts()).toEqual([expect.stringContaining('before your eyes')]);
    await lookAt(stageOf(romeos)).lookAround('own-window-search');
    await romeos.keyboard.press('Enter');
    await log(romeos).locator('article.hit').filter({ hasText: 'before your eyes' }).waitFor();
    await finder.getByRole('searchbox').focus();
    await romeos.keyboard.press('Escape');
    await romeos.keyboard.press('Escape');
    await finder.waitFor({ state: 'detached' });
    await soon(() => composer(romeos).evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it('has the palette: another chat opens in the main window, the settings too; its own is pinned from there', async () => {
    const choose = async (text: string): Promise<void> => {
      await focus(romeos);
      await romeos.keyboard.press('Control+k');
      const palette = romeos.getByRole('dialog', { name: en('palette.title') });
      await palette.getByRole('combobox').fill(text);
      await soon(() => palette.locator('[data-highlighted]').innerText()).toContain(text);
      await romeos.keyboard.press('Enter');
      await palette.waitFor({ state: 'detached' });
    };
    await choose(en('chats.pin'));
    await soon(async () => {
      const { value } = await ask(page(), 'chats.list', { account: await accountOf(page()) });
      return value.find(({ peer }) => peer === talk.romeo.bareJid)?.marks.pinned;
    }).toBe(true);
    await choose('Nurse');
    await composer(page(), 'Nurse').waitFor();
    await soon(() => isFocused(page())).toBe(true);
    await choose(en('settings.density'));
    await page()
      .getByRole('heading', { level: 2, name: en('settings.appearance') })
      .waitFor();
    expect(await windows()).toBe(2);
  });

  it('from the settings the keys lead where they say; F6 goes round their parts', async () => {
    await focus(page());
    const search = page().getByRole('searchbox', { name: en('settings.search') });
    await search.focus();
    await page().keyboard.press('F6');
    await soon(() => page().evaluate(() => document.activeElement?.closest('[data-pane]')?.nodeName)).toBe(
      'MAIN',
    );
    await page().keyboard.press('F6');
    await soon(() => search.evaluate((one) => one === document.activeElement)).toBe(true);
    await page().keyboard.press('Control+Shift+F');
    await soon(() => page().evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      en('common.search'),
    );
    await page().keyboard.press('Control+,');
    await search.waitFor();
    await page().keyboard.press('Control+n');
    await page().getByRole('dialog').waitFor();
    await page().keyboard.press('Escape');
    await page().getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('a buzz shakes its window; dark, narrow and in Chinese it looks as it should', async () => {
    await romeos.evaluate(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      document.addEventListener('animationstart', ({ animationName, target }) => {
        if (target === document.body) seen.push(animationName);
      });
    });
    await talk.romeo.sendRaw(
      `<message xmlns='jabber:client' to='${talk.juliet.jid}' type='chat'><body>Buzz!</body><attention xmlns='urn:xmpp:attention:0'/></message>`,
    );
    await soon(() => romeos.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)).toEqual([
      'shaken',
    ]);
    await romeos.getByRole('button', { name: en('conversation.menu') }).click();
    await romeos.getByRole('menu').waitFor();
    await shot(romeos, 'own-window-menu');
    await romeos.keyboard.press('Escape');
  });

  it('has its size again at the next opening', async () => {
    const size = { width: 610, height: 560 };
    await (
      await handle(romeos)
    ).evaluate((one, to) => {
      one.setSize(to.width, to.height);
    }, size);
    await soon(async () => (await handle(romeos)).evaluate((one) => one.getSize())).toEqual([610, 560]);
    await Promise.all([
      romeos.waitForEvent('close'),
      romeos.evaluate(() => window.close()).catch(() => undefined),
    ]);
    romeos = await fromList('Romeo');
    expect(await (await handle(romeos)).evaluate((one) => one.getSize())).toEqual([610, 560]);
  });

  it('T32 stands behind the same walls as the main window', async () => {
    const prefs = (of: Page) =>
      handle(of).then((window) =>
        window.evaluate((one) => {
          const given = (one.webContents as unknown as WithPreferences).getLastWebPreferences();
          const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = given;
          return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
        }),
      );
    expect(await prefs(romeos)).toEqual(await prefs(page()));
    expect(await prefs(romeos)).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    });
    expect(await call(romeos, 'app.state', {})).toMatchObject({ ok: true });
    const before = romeos.url();
    await romeos.evaluate(() => {
      location.href = 'https://example.org/';
    });
    expect(await romeos.evaluate(() => window.open('https://user@example.org/') === null)).toBe(true);
    await romeos.waitForTimeout(200);
    expect(romeos.url()).toBe(before);
    expect(await windows()).toBe(2);
    expect(await romeos.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false);
    // What was refused has not made it deaf.
    await talk.romeo.sendMessage(talk.juliet.jid, 'still there?');
    await soon(() => romeos.evaluate(() => document.body.innerText)).toContain('still there?');
    expect(
      await romeos.evaluate(() =>
        fetch('/index.html').then(
          () => 'reached',
          () => 'refused',
        ),
      ),
    ).toBe('refused');
  });

  it('goes when the account is signed out', async () => {
    await settings(page(), { theme: 'system' });
    await Promise.all([romeos.waitForEvent('close'), signOut(page())]);
    await soon(windows).toBe(1);
    expect(await inMain(talk.stage, (window) => window.isDestroyed())).toBe(false);
  });
});
