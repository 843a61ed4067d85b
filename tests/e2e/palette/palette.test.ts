import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Peer } from '../../peers/peer';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { lookAt, WIDE, type Look } from '../look';
import { furnish, jidAt, PASSWORD } from '../office';
import {
  accountOf,
  ask,
  composer,
  contactRow,
  en,
  openStage,
  settings,
  sidebar,
  signIn,
  soon,
  type Stage,
} from '../support';

describe('palette and keyboard', () => {
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

  const page = (): Page => stage.page;
  const palette = (): Locator => page().getByRole('dialog', { name: en('palette.title') });
  const field = (): Locator => palette().getByRole('combobox');
  const options = (): Locator => palette().getByRole('option');
  const active = (): Locator => palette().locator('[data-highlighted]');
  const open = async (text = ''): Promise<void> => {
    await page().keyboard.press('Control+K');
    await field().waitFor();
    if (text) await page().keyboard.type(text);
  };
  const gone = (): Promise<void> => palette().waitFor({ state: 'detached' });

  it('Ctrl+K shows the latest chats and the commands; the same keys or Escape close it', async () => {
    await open();
    await palette().getByText(en('palette.recent')).waitFor();
    await soon(() => active().count()).toBe(1);
    await view.lookAround('palette-open');
    await page().keyboard.press('Control+K');
    await gone();
    await open();
    await page().keyboard.press('Escape');
    await gone();
  });

  it('finds a person by pinyin initials, without marks and by scattered letters; Enter opens the chat', async () => {
    await open('wzx');
    await soon(() => active().innerText()).toContain('王子轩');
    await soon(() => active().locator('mark').allInnerTexts()).toEqual(['王子轩']);
    await view.look('palette-pinyin');
    await field().fill('wisn');
    await soon(() => active().innerText()).toContain('Piotr Wiśniewski');
    await soon(() => active().locator('mark').allInnerTexts()).toEqual(['Wiśn']);
    await field().fill('mokf');
    await soon(() => active().innerText()).toContain('Maya Okafor');
    await page().keyboard.press('Enter');
    await gone();
    await page().getByRole('heading', { level: 1, name: 'Maya Okafor' }).waitFor();
    await soon(() => composer(page(), 'Maya Okafor').evaluate((one) => one === document.activeElement)).toBe(
      true,
    );
  });

  it('finds an archived chat, and leads to whoever is typed whole', async () => {
    const peer = jidAt(server)('ingrid');
    const marks = (archived: boolean) => async (): Promise<void> => {
      await ask(page(), 'chat.mark', { account: await accountOf(page()), peer, marks: { archived } });
    };
    await marks(true)();
    await soon(() =>
      sidebar(page())
        .getByRole('button', { name: en('chats.archived') })
        .count(),
    ).toBe(1);
    await open('ingrid');
    await palette()
      .getByRole('group', { name: en('palette.chats') })
      .getByText('Ingrid Solheim')
      .waitFor();
    await marks(false)();
    await field().fill(`Capulet@${server.domain}`);
    const whole = `capulet@${server.domain}`;
    await soon(() => active().innerText()).toContain(en('palette.write-to', { jid: whole }));
    await view.look('palette-write-to');
    await page().keyboard.press('Enter');
    await gone();
    await page().getByRole('heading', { level: 1, name: 'capulet' }).waitFor();
    await soon(() => composer(page(), 'capulet').evaluate((one) => one === document.activeElement)).toBe(
      true,
    );
  });

  it('finds messages, and goes to where they stand', async () => {
    await open('scanner');
    const hit = options().filter({ hasText: 'Scanner log is in the shared folder' });
    await hit.waitFor();
    await view.look('palette-messages');
    await hit.click();
    await page().getByRole('heading', { level: 1, name: 'Ingrid Solheim' }).waitFor();
  });

  it('carries out commands: presence, by the first letters of its words', async () => {
    await open('dnd');
    await soon(() => active().innerText()).toContain(en('presence.dnd'));
    await page().keyboard.press('Enter');
    await soon(() =>
      sidebar(page())
        .getByRole('button', { name: en('shell.me-menu') })
        .innerText(),
    ).toContain(en('presence.dnd'));
  });

  it('opens a setting at its row, and comes back', async () => {
    await open(en('settings.text-size'));
    await soon(() => active().innerText()).toContain(en('settings.text-size'));
    await page().keyboard.press('Enter');
    await page()
      .getByRole('heading', { level: 2, name: en('settings.appearance') })
      .waitFor();
    await open('add a con');
    await page().keyboard.press('Enter');
    await page()
      .getByRole('dialog', { name: en('roster.add') })
      .waitFor();
    await page().keyboard.press('Escape');
    await sidebar(page()).waitFor();
  });

  it('the settings are searched over all pages; Enter goes to the row and its switch', async () => {
    await page().keyboard.press('Control+,');
    const box = page().getByRole('searchbox', { name: en('settings.search') });
    await soon(() => box.evaluate((one) => one === document.activeElement)).toBe(true);
    await page().keyboard.type('receip');
    const found = page().getByRole('navigation').getByRole('listitem');
    await soon(() => found.count()).toBe(1);
    await page().keyboard.press('Enter');
    await page()
      .getByRole('heading', { level: 2, name: en('settings.privacy') })
      .waitFor();
    const toggle = page().getByRole('switch', { name: en('settings.receipts') });
    await soon(() => toggle.evaluate((one) => one === document.activeElement)).toBe(true);
    await view.look('settings-search');
    await view.lookWith('settings-search-dark', { theme: 'dark' });
    await view.lookForced('settings-search-forced');
    await box.fill('zzzz');
    await page().getByText(en('settings.search-none')).waitFor();
    await box.press('Escape');
    await soon(() => box.inputValue()).toBe('');
    await box.press('Escape');
    await sidebar(page()).waitFor();
  });

  it('says when there is nothing', async () => {
    await open('qqqqq');
    await palette()
      .getByText(en('palette.none', { query: 'qqqqq' }))
      .waitFor();
    expect(await options().count()).toBe(0);
    await view.lookWith('palette-none-dark', { theme: 'dark' });
    await page().keyboard.press('Enter');
    expect(await palette().count()).toBe(1);
    await page().keyboard.press('Escape');
    await gone();
  });

  it('Ctrl+/ shows all shortcuts; the palette does not open over a dialog', async () => {
    await page().keyboard.press('Control+/');
    const sheet = page().getByRole('dialog', { name: en('shortcut.title') });
    await sheet.getByText(en('shortcut.palette')).waitFor();
    await view.lookAround('shortcuts');
    await page().keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page().keyboard.press('Control+N');
    const add = page().getByRole('dialog', { name: en('roster.add') });
    await add.waitFor();
    await page().keyboard.press('Control+K');
    await page().keyboard.press('Escape');
    await add.waitFor({ state: 'detached' });
    expect(await palette().count()).toBe(0);
  });

  it('Alt and arrows go from chat to chat, Ctrl+W closes one, as in Spark', async () => {
    const title = (): Promise<string> => page().getByRole('heading', { level: 1 }).first().innerText();
    await open('ingrid');
    await page().keyboard.press('Enter');
    await soon(title).toContain('Ingrid');
    await page().keyboard.press('Alt+ArrowRight');
    await soon(title).not.toContain('Ingrid');
    await page().keyboard.press('Alt+ArrowLeft');
    await soon(title).toContain('Ingrid');
    await page().keyboard.press('Control+W');
    await page().getByText(en('shell.empty-pick'), { exact: true }).waitFor();
  });

  it('380 pixels wide', () =>
    view.narrowly(async () => {
      await open('o');
      await soon(() => options().count()).toBeGreaterThan(2);
      await view.look('palette-narrow');
      await page().keyboard.press('Escape');
      await gone();
    }));
});
