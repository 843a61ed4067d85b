import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, composer, openChat, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

describe('a window that crashes', () => {
  let talk: Talk;

  beforeAll(async () => {
    talk = await openTalk();
  });
  afterAll(() => talk.stop());

  it('R24 is loaded anew: the session has noticed nothing, and what was being written is there', async () => {
    const { stage, romeo, juliet } = talk;
    const accounts = async () => (await ask(stage.page, 'app.state', {})).value.accounts;
    const id = (await accounts())[0]!.account.id;
    await openChat(stage.page);
    await composer(stage.page).fill('half a tho');
    await soon(async () =>
      (await ask(stage.page, 'chats.list', { account: id })).value.map(({ draft }) => draft),
    ).toContain('half a tho');
    const streams = `api.call('console.entries', ${JSON.stringify({ account: id })}).then((answer) => {
      const { value: { value } } = typeof answer === 'string' ? JSON.parse(answer) : answer;
      const opened = value.filter(({ direction, xml }) => direction === 'out' && xml.startsWith('<open'));
      return [opened.length, value[0].id].join();
    })`;
    // Not through Playwright, to which a page that has crashed is over; a page that is dead gives no answer.
    const inWindow = (script: string): Promise<unknown> =>
      stage.flint.app.evaluate(({ BrowserWindow: Windows }, source) => {
        const answer = Windows.getAllWindows()[0]!.webContents.executeJavaScript(source) as Promise<unknown>;
        return Promise.race([
          answer.catch((error: unknown) => String(error)),
          new Promise((resolve) => setTimeout(resolve, 5_000, 'no answer')),
        ]);
      }, script);
    const before = await inWindow(`window.before = true; ${streams}`);
    expect(before).toMatch(/^[1-9]/);
    await stage.flint.app.evaluate(({ BrowserWindow: Windows }) => {
      Windows.getAllWindows()[0]!.webContents.forcefullyCrashRenderer();
    });
    await soon(() => inWindow('[window.before ?? false, document.readyState].join()')).toBe('false,complete');
    // What is said meanwhile is in the list at once, and nobody has seen us go.
    await romeo.sendMessage(juliet.jid, 'still there?');
    await soon(() =>
      inWindow(`const row = [...document.querySelectorAll('[role=option]')].find((one) => one.innerText.includes('Romeo'));
        row?.click(); document.querySelector('.composer textarea, textarea')?.value ?? 'none'`),
    ).toBe('half a tho');
    await soon(() => inWindow("document.querySelector('[role=log]')?.innerText ?? ''")).toContain(
      'still there?',
    );
    expect(await inWindow(streams)).toBe(before);
    expect(romeo.presencesOf(juliet.jid).filter(({ available }) => !available)).toEqual([]);
    await stage.restart();
  });
});
