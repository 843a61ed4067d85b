import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAt } from '../look';
import { contactRow, en, log, openChat, sidebar } from '../support';
import { openTalk, type Talk } from '../talk-kit';

describe('the history on this computer', () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await openTalk();
    await openChat(talk.stage.page);
    for (const words of ['one <b>bold</b>', 'two 苏州', 'three'])
      await talk.romeo.sendMessage(talk.juliet.jid, words);
    await talk.nurse.sendMessage(talk.juliet.jid, 'from the nurse');
    await log(talk.stage.page).getByText('three').waitFor();
    await talk.chatRow('Nurse').getByText('from the nurse').waitFor();
  });
  afterAll(() => talk.stop());

  const file = (name: string): string => join(talk.stage.desktop.dir, name);
  /** What the user answers when main asks where a file goes; null: cancels. */
  const answerSave = (path: string | null): Promise<void> =>
    talk.stage.flint.app.evaluate(({ dialog }, to) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: to === null, filePath: to ?? '' });
    }, path);
  const openStorage = async (): Promise<void> => {
    const { page } = talk.stage;
    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: en('settings.storage'), exact: true }).click();
    await page.getByRole('heading', { level: 2, name: en('settings.storage') }).waitFor();
  };
  const inDialog = (name: string) => talk.stage.page.getByRole('dialog').getByRole('button', { name });

  it('a chat is exported as a web page, from its menu', async () => {
    const { page } = talk.stage;
    await answerSave(file('romeo.html'));
    await contactRow(page, 'Romeo').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('roster.export') }).click();
    await inDialog(en('history.export-action')).click();
    await page.getByText(en('history.export-done', { count: 3, file: 'romeo.html' })).waitFor();
    const html = readFileSync(file('romeo.html'), 'utf8');
    expect(html).toContain('one &lt;b&gt;bold&lt;/b&gt;');
    expect(html).toContain('two 苏州');
    expect(html).not.toContain('from the nurse');
    await page.getByRole('button', { name: en('common.close') }).click();
  });

  it('storage says how much there is, and exports all of it as data', async () => {
    const { page } = talk.stage;
    await openStorage();
    await page.getByText(en('settings.storage-messages', { count: 4, chats: 2 })).waitFor();
    await answerSave(file('all.json'));
    await page.getByRole('button', { name: en('settings.export-open') }).click();
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: en('history.format-json') })
      .click();
    await inDialog(en('history.export-action')).click();
    await page.getByText(en('history.export-done', { count: 4, file: 'all.json' })).waitFor();
    expect(JSON.stringify(JSON.parse(readFileSync(file('all.json'), 'utf8')))).toContain('from the nurse');
    await page.getByRole('button', { name: en('common.close') }).click();
  });

  it('without a place for the file nothing happens; where it cannot be written it says so', async () => {
    const { page } = talk.stage;
    await answerSave(null);
    await page.getByRole('button', { name: en('settings.export-open') }).click();
    await inDialog(en('history.export-action')).click();
    await inDialog(en('history.export-action')).waitFor();
    await answerSave(file('no/such/folder/all.html'));
    await inDialog(en('history.export-action')).click();
    await page.getByRole('alert').first().waitFor();
    expect(existsSync(file('no/such/folder/all.html'))).toBe(false);
    if ((await page.getByRole('dialog').count()) > 0) await inDialog(en('common.cancel')).click();
    else await page.getByRole('button', { name: en('common.close') }).click();
  });

  it('an export that takes long says how far it is; stopped, it leaves no file', async () => {
    const { page, flint } = talk.stage;
    // A disk that is slow.
    await flint.app.evaluate(async () => {
      const fs = process.getBuiltinModule('node:fs/promises');
      const handle = await fs.open('/dev/null', 'w');
      const all = Object.getPrototypeOf(handle) as typeof handle;
      await handle.close();
      const { writeFile } = all;
      all.writeFile = async function (this: typeof handle, ...args) {
        await new Promise((done) => setTimeout(done, 6_000));
        await writeFile.apply(this, args);
      };
    });
    await answerSave(file('stopped.html'));
    await page.getByRole('button', { name: en('settings.export-open') }).click();
    await inDialog(en('history.export-action')).click();
    await page.getByRole('progressbar').waitFor();
    await lookAt(talk.stage).look('export-progress');
    await page.getByRole('button', { name: en('history.stop'), exact: true }).click();
    await page.getByText(en('history.export-cancelled', { count: 0, file: 'stopped.html' })).waitFor();
    expect(readdirSync(talk.stage.desktop.dir).filter((name) => name.includes('stopped'))).toEqual([]);
    await page.getByRole('button', { name: en('common.close') }).click();
  });

  it('a chat is deleted from its menu, after a question', async () => {
    const { page } = talk.stage;
    await page.keyboard.press('Escape');
    await sidebar(page).waitFor();
    await contactRow(page, 'Romeo').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('roster.delete-chat') }).click();
    const question = page.getByRole('alertdialog', { name: en('history.delete-title', { name: 'Romeo' }) });
    expect(await question.innerText()).toContain(en('history.delete-server'));
    await question.getByRole('button', { name: en('history.delete-action') }).click();
    await page.getByText(en('history.delete-done', { count: 3 })).waitFor();
    await talk.chatRow('Romeo').waitFor({ state: 'detached' });
    await openChat(page);
    await page.getByText(en('conversation.empty-title'), { exact: true }).waitFor();
  });

  it('all of it is deleted from the settings; the question says how many', async () => {
    const { page } = talk.stage;
    await openStorage();
    await page.getByRole('button', { name: en('settings.delete-open') }).click();
    await page.getByRole('menuitem', { name: en('settings.delete-year') }).click();
    await page.getByRole('alertdialog').getByText(en('history.delete-older-none')).waitFor();
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: en('common.cancel') })
      .click();
    await page.getByRole('button', { name: en('settings.delete-open') }).click();
    await page.getByRole('menuitem', { name: en('settings.delete-everything') }).click();
    const question = page.getByRole('alertdialog', { name: en('history.delete-all-title', { count: 1 }) });
    await question.getByRole('button', { name: en('history.delete-action') }).click();
    await page.getByText(en('settings.storage-none')).waitFor();
    await page.keyboard.press('Escape');
    await sidebar(page).waitFor();
    await openChat(page, 'Nurse');
    expect(await log(page).locator('article').count()).toBe(0);
  });
});
