import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAt, WIDE } from '../look';
import { composer, en, log, openChat, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

describe('choosing messages', () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await openTalk();
    await openChat(talk.stage.page);
    await talk.romeo.sendMessage(talk.juliet.jid, 'one, see https://example.org/verona');
    await row('one').waitFor();
    for (const text of ['two', 'three']) await talk.write(text);
    await row('three').waitFor();
    await talk.romeo.waitForMessage(({ body }) => body === 'three');
    await talk.romeo.sendMessage(talk.juliet.jid, 'four');
    await row('four').waitFor();
  });
  afterAll(() => talk.stop());

  const page = () => talk.stage.page;
  /** By what it says: a card below it has words of its own. */
  const row = (text: string): Locator =>
    log(page())
      .locator('article')
      .filter({ has: page().locator('p.body', { hasText: text }) });
  const bar = (): Locator => page().getByRole('group', { name: en('selection.bar') });
  const item = (name: string): Locator => page().getByRole('menuitem', { name });
  const button = (name: string): Locator => bar().getByRole('button', { name });
  const count = (): Promise<string> => bar().getByRole('status').innerText();
  const checked = (): Promise<string[]> =>
    log(page())
      .locator('article.picked')
      .evaluateAll((all) => all.map((one) => one.querySelector('p.body')?.textContent.slice(0, 5) ?? ''));
  const clipboard = (): Promise<string> =>
    talk.stage.flint.app.evaluate(({ clipboard: board }) => board.readText());

  it('by the menu, then by clicks; several are copied with who wrote them and when', async () => {
    const view = lookAt(talk.stage);
    await view.resize(WIDE);
    await row('two').click({ button: 'right' });
    await view.look('selection-menu');
    await item(en('selection.select')).click();
    await soon(count).toBe(en('selection.count', { count: 1 }));
    expect(await composer(page()).isVisible()).toBe(false);
    await row('four').click();
    // A link is not followed while one chooses.
    await row('one').getByRole('link').click();
    await soon(count).toBe(en('selection.count', { count: 3 }));
    await view.lookAround('selection');
    await view.narrowly(() => view.look('selection-narrow'));
    await button(en('selection.copy')).click();
    await soon(clipboard).toMatch(
      /^\[\d+ \w+ \d{4} \d\d:\d\d\] Romeo: one, see https:\/\/example\.org\/verona\n\[.*\] juliet\S*: two\n\[.*\] Romeo: four$/u,
    );
    await page().keyboard.press('Escape');
    await soon(() => bar().count()).toBe(0);
    await soon(() => composer(page()).evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it('by Ctrl and Shift, and by keyboard alone', async () => {
    await row('one').click({ modifiers: ['ControlOrMeta'], position: { x: 200, y: 5 } });
    await row('three').click({ modifiers: ['Shift'] });
    await soon(checked).toEqual(['one, ', 'two', 'three']);
    await page().keyboard.press('Escape');
    await log(page()).focus();
    await page().keyboard.press('ArrowUp');
    await page().keyboard.press('Space');
    await soon(checked).toEqual(['four']);
    await page().keyboard.press('Shift+ArrowUp');
    await soon(checked).toEqual(['three', 'four']);
    await page().keyboard.press('Control+A');
    await soon(count).toBe(en('selection.count', { count: 4 }));
    await page().keyboard.press('Control+C');
    await soon(clipboard).toContain('three\n');
    await page().keyboard.press('Escape');
    await soon(() => bar().count()).toBe(0);
  });

  it('are forwarded to several chats as new messages, in their order', async () => {
    await row('four').click({ modifiers: ['ControlOrMeta'] });
    await row('two').click();
    await button(en('selection.forward')).click();
    const view = lookAt(talk.stage);
    const field = page().getByRole('textbox', { name: en('selection.forward-find') });
    await field.fill('nur');
    await page().keyboard.press('Enter');
    await field.fill('');
    await page().getByRole('option', { name: /Friar/u }).click();
    await view.lookAround('selection-forward');
    await page()
      .getByRole('button', { name: en('selection.forward-action-to', { count: 2 }) })
      .click();
    for (const peer of [talk.nurse, talk.friar]) {
      expect((await talk.nextFor(peer)).body).toBe('two');
      expect((await talk.nextFor(peer)).body).toBe('four');
    }
    await soon(() => bar().count()).toBe(0);
    await page()
      .getByText(en('selection.forwarded', { names: 'Nurse and Friar' }))
      .waitFor();
  });

  it('are deleted on this computer, once it was said what that means, and do not come back', async () => {
    await row('three').click({ button: 'right' });
    await item(en('selection.delete')).click();
    const dialog = page().getByRole('alertdialog');
    await lookAt(talk.stage).look('selection-delete');
    await dialog.getByRole('button', { name: en('history.delete-action') }).click();
    await soon(() => row('three').count()).toBe(0);
    await row('four').click({ modifiers: ['ControlOrMeta'] });
    await page().keyboard.press('Delete');
    await dialog.getByRole('button', { name: en('history.delete-action') }).click();
    await soon(() => talk.chatRow('Romeo').innerText()).toContain('two');
    await talk.stage.restart();
    await openChat(page());
    await row('two').waitFor();
    await talk.romeo.sendMessage(talk.juliet.jid, 'five');
    await row('five').waitFor();
    await soon(() => log(page()).locator('article p.body').allInnerTexts()).toEqual([
      'one, see https://example.org/verona',
      'two',
      'five',
    ]);
  });
});
