import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAt, WIDE } from '../look';
import { en, log, openChat, PATIENCE_MS, settings, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

/** What the system's dialog for printing was asked, and what it answers: there is no printer here. */
interface Printing {
  readonly asked: {
    readonly url: string;
    readonly javascript: boolean;
    readonly sandbox: boolean;
    /** What became of a request of the page's session to somewhere else. */
    readonly network: string;
    readonly silent: boolean;
  }[];
  answer: { readonly printed: boolean; readonly reason: string };
}
type Kept = typeof globalThis & { printing: Printing };

describe('a conversation on paper', () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await openTalk();
    await openChat(page());
    for (let n = 0; n < 60; n += 1)
      await talk.romeo.sendMessage(talk.juliet.jid, `${String(n)} <b>苏州</b>\nsecond line`);
    await log(page()).getByText('59 <b>苏州</b>').waitFor({ timeout: PATIENCE_MS });
    await talk.write('good night');
    await flint().app.evaluate(({ app }) => {
      const kept = globalThis as Kept;
      kept.printing = { asked: [], answer: { printed: true, reason: '' } };
      app.on('web-contents-created', (_, contents) => {
        contents.print = (options, answer) => {
          void (async () => {
            const network = await contents.session.fetch('http://127.0.0.1:9/').then(
              () => 'reached',
              (error: unknown) => String(error),
            );
            const prefs = (
              contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
            ).getLastWebPreferences();
            kept.printing.asked.push({
              url: contents.getURL(),
              javascript: prefs.javascript ?? true,
              sandbox: prefs.sandbox ?? false,
              network,
              silent: options?.silent ?? false,
            });
            const { printed, reason } = kept.printing.answer;
            answer?.(printed, reason);
          })();
        };
      });
    });
  });
  afterAll(() => talk.stop());

  const page = () => talk.stage.page;
  const flint = () => talk.stage.flint;
  const answerSave = (path: string | null): Promise<void> =>
    flint().app.evaluate(({ dialog }, to) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: to === null, filePath: to ?? '' });
    }, path);
  const fromMenu = async (words: string): Promise<void> => {
    await page()
      .getByRole('button', { name: en('conversation.menu') })
      .click();
    await page().getByRole('menuitem', { name: words }).click();
  };
  const fromPalette = async (words: string): Promise<void> => {
    await page().keyboard.press('Control+k');
    await page().getByRole('dialog').getByRole('combobox').fill(words.replace('…', ''));
    await page().getByRole('option', { name: words }).first().waitFor();
    await page().keyboard.press('Enter');
  };
  const windows = (): Promise<number> =>
    flint().app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  const asked = () => flint().app.evaluate(() => (globalThis as Kept).printing.asked);
  const answerPrint = (answer: Printing['answer']): Promise<void> =>
    flint().app.evaluate((_, given) => {
      (globalThis as Kept).printing.answer = given;
    }, answer);
  /** Chromium writes a PDF's tree of pages as plain text. */
  const pagesOf = (path: string): number => {
    const pdf = readFileSync(path, 'latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    return pdf.match(/\/Type\s*\/Page\b/gu)?.length ?? 0;
  };

  it('is saved as a PDF from its menu, with all its pages, though the window is dark', async () => {
    const view = lookAt(talk.stage);
    await view.resize(WIDE);
    await settings(page(), { theme: 'dark' });
    const path = join(talk.stage.desktop.dir, 'romeo.pdf');
    await answerSave(path);
    await page()
      .getByRole('button', { name: en('conversation.menu') })
      .click();
    await view.look('print-menu');
    await page()
      .getByRole('menuitem', { name: en('history.pdf') })
      .click();
    await page()
      .getByText(en('history.export-done', { count: 61, file: 'romeo.pdf' }))
      .waitFor();
    await view.look('print-saved');
    const pages = pagesOf(path);
    expect(pages).toBeGreaterThan(1);
    expect(pages).toBeLessThan(20);
    // The hidden window is gone with its page.
    await soon(windows).toBe(1);
    await page()
      .getByRole('button', { name: en('common.close') })
      .click();
    await settings(page(), { theme: 'light' });
  });

  it('is printed from the palette: by the system’s dialog, from a page without scripts and network', async () => {
    await fromPalette(en('history.print'));
    await soon(async () => (await asked()).length).toBe(1);
    const [job] = await asked();
    expect(job).toMatchObject({ javascript: false, sandbox: true, silent: false });
    expect(job?.url).toMatch(/^app:\/\/paper\//u);
    expect(job?.network).toMatch(/ERR_BLOCKED_BY_CLIENT/u);
    await soon(windows).toBe(1);
  });

  it('says so where nothing can be printed, and nothing where the user changed their mind', async () => {
    await answerPrint({ printed: false, reason: 'Print job canceled' });
    await fromMenu(en('history.print'));
    await soon(async () => (await asked()).length).toBe(2);
    await soon(windows).toBe(1);
    expect(await page().getByText(en('error.print')).count()).toBe(0);
    await answerPrint({ printed: false, reason: 'Invalid printer settings' });
    await fromMenu(en('history.print'));
    await page().getByText(en('error.print')).first().waitFor();
    await soon(windows).toBe(1);
  });

  it('a chat without messages says that there is nothing to print', async () => {
    await openChat(page(), 'Friar');
    await fromMenu(en('history.pdf'));
    const words = page().getByText(en('error.nothing-to-print')).first();
    await words.waitFor();
    await lookAt(talk.stage).lookWith('print-nothing', {});
    expect((await asked()).length).toBe(3);
  });
});
