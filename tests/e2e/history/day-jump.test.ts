import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAt, WIDE } from '../look';
import { accountOf, ask, en, log, openChat, PATIENCE_MS, settings, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

const DAY = 86_400_000;
/** What Flint's own clock said when each was written: days ago, and how many. */
const TALKED = [
  [400, 30],
  [41, 30],
  [2, 30],
] as const;

describe('going to a day of a conversation', () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await openTalk();
    const account = await accountOf(page());
    // Nothing is archived: so it is Flint's clock that says when a message came.
    await ask(page(), 'archive.setPreferences', { account, default: 'never', always: [], never: [] });
    await openChat(page(), 'Friar');
    for (const [days, count] of TALKED) {
      await turnBack(days * DAY);
      for (let n = 0; n < count; n += 1)
        await talk.romeo.sendMessage(talk.juliet.jid, `${String(days)} days ago, ${String(n)}`);
      await talk
        .chatRow('Romeo')
        .getByText(`${String(days)} days ago, ${String(count - 1)}`)
        .waitFor({ timeout: PATIENCE_MS });
    }
    await turnBack(0);
    await openChat(page());
  });
  afterAll(() => talk.stop());

  const page = () => talk.stage.page;
  const turnBack = (ms: number): Promise<void> =>
    talk.stage.flint.app.evaluate((_, by) => {
      const kept = globalThis as { realNow?: () => number };
      const real = (kept.realNow ??= Date.now.bind(Date));
      Date.now = () => real() - by;
    }, ms);
  const dialog = (): Locator => page().getByRole('dialog', { name: en('history.day-title') });
  const row = (text: string): Locator => log(page()).locator('article').filter({ hasText: text });
  const dateOf = (daysAgo: number): string =>
    new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(
      Date.now() - daysAgo * DAY,
    );
  const inSight = (one: Locator): Promise<boolean> =>
    one.evaluate((element) => {
      const { top } = element.getBoundingClientRect();
      return top > 0 && top < innerHeight;
    });

  it('the day line opens a month with its days marked; a click goes there, loading what stands round it', async () => {
    const view = lookAt(talk.stage);
    await view.resize(WIDE);
    // It begins at the line above all that is new, though that is more than a page.
    const isNew = log(page()).getByText(en('conversation.new-messages', { count: 90 }));
    await soon(() => inSight(isNew)).toBe(true);
    await soon(() => inSight(row('400 days ago, 0'))).toBe(true);
    await log(page()).focus();
    await page().keyboard.press('Control+End');
    await row('2 days ago, 29').waitFor();
    await log(page()).locator('.line.day .date').last().click();
    const there = dialog().getByRole('button', { name: en('history.day-with', { date: dateOf(2) }) });
    await there.waitFor();
    await view.lookAround('day-dialog');
    await dialog()
      .getByRole('button', { name: en('history.day-year-before'), exact: true })
      .click();
    await dialog()
      .getByRole('button', { name: en('history.day-before'), exact: true })
      .click();
    const far = dialog().getByRole('button', { name: en('history.day-with', { date: dateOf(400) }) });
    if ((await far.count()) === 0) await page().keyboard.press('PageUp');
    await soon(async () => {
      if ((await far.count()) > 0) return true;
      await dialog()
        .getByRole('button', { name: en('history.day-after'), exact: true })
        .click();
      return false;
    }).toBe(true);
    await far.click();
    await soon(() => dialog().count()).toBe(0);
    await soon(() => row('400 days ago, 0').count()).toBe(1);
    await soon(() => inSight(row('400 days ago, 0'))).toBe(true);
    await view.look('day-jumped');
  });

  it('by keyboard from the menu of the chat; a day without messages leads to what came next, in words', async () => {
    await page()
      .getByRole('button', { name: en('conversation.menu') })
      .click();
    await lookAt(talk.stage).look('chat-menu');
    await page()
      .getByRole('menuitem', { name: en('history.day') })
      .click();
    await dialog().waitFor();
    // The focus is on today; three days back nothing was written.
    await soon(() => page().evaluate(() => document.activeElement?.hasAttribute('data-today'))).toBe(true);
    for (let n = 0; n < 3; n += 1) await page().keyboard.press('ArrowLeft');
    await page().keyboard.press('Enter');
    await page()
      .getByText(en('history.day-none', { date: dateOf(3) }))
      .waitFor();
    await soon(() => inSight(row('2 days ago, 0'))).toBe(true);
  });

  it('the line between the panes goes back to its place by a double click, and by Enter', async () => {
    const line = page().getByRole('separator', { name: en('shell.resize-sidebar') });
    const width = () => line.getAttribute('aria-valuenow');
    await line.focus();
    await page().keyboard.press('End');
    await soon(width).toBe('440');
    await page().keyboard.press('Enter');
    await soon(width).toBe('300');
    const box = await line.boundingBox();
    if (!box) throw new Error('no line');
    await page().mouse.move(box.x + 4, 300);
    await page().mouse.down();
    await page().mouse.move(box.x - 36, 300, { steps: 4 });
    await page().mouse.up();
    await soon(async () => Number(await width())).toBeLessThan(280);
    const kept = async () => (await ask(page(), 'app.state', {})).value.settings.sidebarWidth;
    await soon(kept).toBeLessThan(280);
    await line.dblclick({ position: { x: 2, y: 300 } });
    await soon(width).toBe('300');
    await soon(kept).toBe(300);
    await settings(page(), { sidebarWidth: 300 });
    expect(await kept()).toBe(300);
  });
});
