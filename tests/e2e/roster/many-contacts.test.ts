import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crowdOf, type Crowd } from '../../servers/prosody/crowd';
import { newAccount, type TestAccount } from '../../servers/shared';
import { startServer } from '../../servers/start-server';
import type { TestServer } from '../../servers/server';
import { company } from '../../support/company';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, composer, en, openStage, settings, signIn, soon, type Stage } from '../support';

const COUNT = 10_000;
/** What fits on the screen, and what is drawn beyond its edges for scrolling. */
const DRAWN = 120;

describe('a contact list of ten thousand', () => {
  let server: TestServer;
  let stage: Stage;
  let view: Look;
  let crowd: Crowd;
  let nora: TestAccount;
  const people = () => company(COUNT, server.domain);

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    view = lookAt(stage);
    await view.resize(WIDE);
    await settings(stage.page, { theme: 'light' });
    crowd = crowdOf(server);
    nora = await newAccount(server, server, 'nora');
    await crowd.fill(nora.name, people());
    await crowd.present(true);
    await signIn(stage.page, nora, server.wsUrl);
    await rows().first().waitFor();
  });
  afterAll(async () => {
    await stage.stop();
    await server.stop();
  });

  const tree = (): Locator => stage.page.getByRole('tree');
  const rows = (): Locator => tree().getByRole('treeitem');
  const field = (): Locator => stage.page.getByRole('searchbox').first();
  const active = (): Promise<string | null> =>
    tree().evaluate((list) => {
      const id = list.getAttribute('aria-activedescendant');
      return document.getElementById(id ?? '')?.querySelector('.nm')?.textContent ?? null;
    });

  it('R21 is there with all its groups, of which only what is on the screen is drawn', async () => {
    // Two of three are online.
    await soon(() => stage.page.getByText('6,666/10,000').count()).toBe(1);
    await soon(() => tree().getByRole('treeitem', { level: 1 }).first().getAttribute('aria-setsize')).toBe(
      '56',
    );
    expect(await rows().count()).toBeLessThan(DRAWN);
    await view.look('many-contacts');
    await view.lookWith('many-contacts-zh-dark', { language: 'zh-CN', theme: 'dark' });
  });

  it('R21 finds while it is typed, in any script and without its marks', async () => {
    const { page } = stage;
    const expected = (words: string) => people().filter(({ name }) => name.includes(words)).length;
    await field().click();
    await page.keyboard.type('wisniewski');
    await soon(() => rows().first().innerText()).toContain('Wiśniewski');
    await soon(() => rows().first().getAttribute('aria-setsize')).toBe(String(expected('Wiśniewski')));
    expect(await rows().count()).toBeLessThan(DRAWN);
    await view.look('many-contacts-found');
    await field().fill('');
    await page.keyboard.type('lw 12');
    await soon(() => rows().first().innerText()).toContain('李雯 12');
    await page.keyboard.press('Escape');
    await soon(() => field().inputValue()).toBe('');
    await soon(() => tree().getByRole('treeitem', { level: 1 }).first().getAttribute('aria-setsize')).toBe(
      '56',
    );
  });

  it('R21 is walked by keyboard from one end to the other, and by the letters of a name', async () => {
    const { page } = stage;
    await field().press('ArrowDown');
    await tree().focus();
    await page.keyboard.press('End');
    const last = (): Promise<string> => rows().last().locator('.nm').innerText();
    await soon(async () => (await active()) === (await last())).toBe(true);
    expect(await rows().count()).toBeLessThan(DRAWN);
    await page.keyboard.press('Home');
    await soon(active).toBe(await rows().first().locator('.nm').innerText());
    await page.keyboard.type('zhen');
    await soon(active).toMatch(/^Zhen/);
    const name = (await active()) ?? '';
    await page.keyboard.press('Enter');
    await composer(page, name).waitFor();
  });

  it('R21 keeps its place beneath the chat of a narrow window and behind the settings, where nothing of it is made anew', async () => {
    const { page } = stage;
    const account = await accountOf(page);
    const place = (): Promise<number> =>
      page
        .locator('.scroll')
        .first()
        .evaluate((one) => one.scrollTop);
    const status = 'Back at four';
    await view.narrowly(async () => {
      await page.getByRole('button', { name: en('conversation.back-to-list') }).click();
      await tree().focus();
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowUp');
      const name = (await active()) ?? '';
      const before = await place();
      expect(before).toBeGreaterThan(10_000);
      const shown = rows().filter({ hasText: name }).first();
      const peer = (await shown.getAttribute('data-person')) ?? '';
      await page.keyboard.press('Enter');
      await composer(page, name).waitFor();
      expect(await tree().count()).toBe(0);
      await crowd.tell(nora.jid, [{ from: `${peer}/desk`, status }]);
      await soon(async () => {
        const { value } = await ask(page, 'roster.state', { account });
        return value.contacts.find(({ jid }) => jid === peer)?.presence.status;
      }).toBe(status);
      // Longer than what comes by the thousand is held back.
      await page.waitForTimeout(1_000);
      expect(await page.locator('[role=tree]').textContent()).not.toContain(status);
      await page.getByRole('button', { name: en('conversation.back-to-list') }).click();
      await shown.filter({ hasText: status }).waitFor();
      expect(await place()).toBe(before);
      await tree().focus();
      await soon(active).toBe(name);
    });
    await page
      .locator('.scroll')
      .first()
      .evaluate((one) => (one.scrollTop = 100_000));
    await view.rest();
    const before = await place();
    const name = await active();
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { level: 1, name: en('settings.title') }).waitFor();
    expect(await tree().count()).toBe(0);
    await page.keyboard.press('Escape');
    await tree().focus();
    expect([await place(), await active()]).toEqual([before, name]);
  });

  it('R21 scrolls to anywhere, with no more drawn than before', async () => {
    const pane = stage.page.locator('.scroll').first();
    for (const part of [0.25, 0.5, 0.75, 1]) {
      await pane.evaluate((one, to) => (one.scrollTop = one.scrollHeight * to), part);
      await soon(() => rows().count()).toBeGreaterThan(5);
      expect(await rows().count()).toBeLessThan(DRAWN);
    }
    await pane.evaluate((one) => (one.scrollTop = 0));
  });

  it('R21 in a storm of presence touches the rows of those who changed, and no others', async () => {
    const { page } = stage;
    await stage.page
      .locator('.scroll')
      .first()
      .evaluate((one) => (one.scrollTop = 0));
    const shownNow = (): Promise<readonly string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[role=treeitem][data-person]')].map(
          ({ dataset }) => dataset['person'] ?? '',
        ),
      );
    await soon(() => rows().first().innerText()).toContain('Accra');
    // What is drawn beyond the edges changes once more when scrolling is over.
    await soon(async () => {
      const before = await shownNow();
      await page.waitForTimeout(300);
      return before.join() === (await shownNow()).join();
    }).toBe(true);
    const shown = await shownNow();
    const [seen = ''] = shown;
    await page.evaluate(() => {
      const touched: Record<string, string> = {};
      Object.assign(globalThis, { touched });
      new MutationObserver((changes) => {
        for (const { target, type, attributeName } of changes) {
          const element = target instanceof Element ? target : target.parentElement;
          const row = element?.closest<HTMLElement>('[role=treeitem][data-person]');
          if (row) touched[row.dataset['person'] ?? ''] = attributeName ?? type;
        }
      }).observe(document.querySelector('[role=tree]')!, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
    });
    // Only their words change: somebody who comes or goes moves others.
    const online = people().filter(
      ({ jid }) => !shown.includes(jid) && Number(/\d+/.exec(jid)?.[0]) % 3 === 1,
    );
    for (let burst = 0; burst < 10; burst += 1)
      await crowd.tell(
        nora.jid,
        online
          .slice(burst * 100, burst * 100 + 100)
          .map(({ jid }) => ({ from: `${jid}/desk`, status: 'In hall 3' })),
      );
    const { show } =
      Number(/\d+/.exec(seen)?.[0]) % 3 === 2 ? ({ show: 'away' } as const) : { show: undefined };
    await crowd.tell(nora.jid, [{ from: `${seen}/desk`, status: 'In hall 4', ...(show ? { show } : {}) }]);
    await tree().getByText('In hall 4').waitFor();
    // Whose, and what of it.
    const touched = await page.evaluate(
      () => (globalThis as unknown as { touched: Readonly<Record<string, string>> }).touched,
    );
    expect(touched).toEqual({ [seen]: expect.any(String) as string });
  });
});
