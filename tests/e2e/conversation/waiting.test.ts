import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composer, en, log, openChat, phaseOf, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

describe('messages that wait', () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await openTalk();
    await openChat(talk.stage.page);
    await talk.server.crash();
    await soonOffline();
    for (const text of ['first', 'secnd', 'third']) await talk.write(text);
    // Until it is kept, what was written is still in the field, and goes with what is put there.
    await message('third').waitFor();
  });
  afterAll(() => talk.stop());

  const soonOffline = async (): Promise<void> => {
    await talk.stage.page.getByText(en('conversation.offline')).waitFor();
  };
  const message = (text: string) => log(talk.stage.page).locator('article').filter({ hasText: text });
  const menu = async (text: string, entry: string): Promise<void> => {
    await message(text).click({ button: 'right' });
    await talk.stage.page.getByRole('menuitem', { name: entry, exact: true }).click();
  };

  it('can be edited; Escape leaves the message and brings the draft back', async () => {
    const { page } = talk.stage;
    await composer(page).fill('a draft');
    await menu('secnd', en('conversation.edit'));
    await page.getByText(en('conversation.editing')).waitFor();
    await soon(() => composer(page).inputValue()).toBe('secnd');
    await soon(() => composer(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await soon(() => composer(page).inputValue()).toBe('a draft');
    await page.getByText(en('conversation.editing')).waitFor({ state: 'detached' });
    await message('secnd').waitFor();
  });

  it('say afterwards what they were changed to, and keep their place and their clock', async () => {
    const { page } = talk.stage;
    await menu('secnd', en('conversation.edit'));
    await soon(() => composer(page).inputValue()).toBe('secnd');
    await composer(page).fill('second');
    await page.keyboard.press('Enter');
    await soon(() => talk.bodies().allInnerTexts()).toEqual(['first', 'second', 'third'].map(contains));
    expect(await message('second').locator('.waits').count()).toBe(1);
    expect(await composer(page).inputValue()).toBe('a draft');
    await composer(page).fill('');
  });

  it('the last of them comes with ↑ into an empty field, and only into an empty one', async () => {
    const { page } = talk.stage;
    await composer(page).focus();
    await page.keyboard.press('ArrowUp');
    await soon(() => composer(page).inputValue()).toBe('third');
    await page.getByText(en('conversation.editing')).waitFor();
    await page.keyboard.press('Escape');
    await soon(() => composer(page).inputValue()).toBe('');
    await composer(page).fill('mine');
    await page.keyboard.press('ArrowUp');
    expect(await composer(page).inputValue()).toBe('mine');
    expect(await page.getByText(en('conversation.editing')).count()).toBe(0);
    await composer(page).fill('');
  });

  it('can be taken back', async () => {
    await menu('third', en('conversation.cancel-sending'));
    await message('third').waitFor({ state: 'detached' });
  });

  it('R5 go out as they were changed, once, and not at all when they were taken back', async () => {
    const { romeo, server, stage, nextFor } = talk;
    await romeo.disconnect();
    await server.start();
    await romeo.connect();
    await soon(() => phaseOf(stage.page)).toBe('online');
    expect((await nextFor(romeo)).body).toBe('first');
    expect((await nextFor(romeo)).body).toBe('second');
    await talk.write('last');
    expect((await nextFor(romeo)).body).toBe('last');
    await soon(() => log(stage.page).locator('.waits').count()).toBe(0);
    await message('second').click({ button: 'right' });
    await stage.page.getByRole('menuitem', { name: en('conversation.copy-text') }).waitFor();
    // It can be corrected by now, and is too far to be taken out of the queue.
    expect(
      await stage.page
        .getByRole('menuitem', { name: en('conversation.cancel-sending'), exact: true })
        .count(),
    ).toBe(0);
    await stage.page.keyboard.press('Escape');
  });
});

const contains = (text: string): unknown => expect.stringContaining(text);
