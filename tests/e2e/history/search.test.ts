import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configure, peerJoins, peerSays } from '../../core/rooms-support';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, composer, en, log, openChat, sidebar, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

/** Enough that the first of them is not in the window when its chat opens. */
const MANY = 120;
/** As servers make them: the name is in it, but encoded. */
const address = 'https://upload.example/%E4%B8%AD%E6%96%87%20plan.pdf';

describe('searching in messages', () => {
  let talk: Talk;
  let view: Look;
  beforeAll(async () => {
    talk = await openTalk();
    view = lookAt(talk.stage);
    await view.resize(WIDE);
    const { romeo, nurse, friar, juliet } = talk;
    await romeo.sendMessage(juliet.jid, 'the zebra stands at the gate, see https://zoo.example/zebra');
    for (let index = 0; index < MANY; index += 1)
      await romeo.sendMessage(juliet.jid, `line ${String(index)} of many, nothing in it`);
    await talk
      .chatRow('Romeo')
      .getByText(`line ${String(MANY - 1)} of`)
      .waitFor();
    await nurse.sendMessage(juliet.jid, 'two zebras (striped) AND "more" * -of them');
    await nurse.sendMessage(juliet.jid, '苏州的打印机已经改好了');
    await openChat(talk.stage.page, 'Friar');
    await talk.write('I saw no zebra', 'Friar');
    await friar.sendRaw(
      `<message type='chat' to='${juliet.jid}'><body>${address}</body><x xmlns='jabber:x:oob'><url>${address}</url></x></message>`,
    );
    const room = `verona@conference.${talk.server.domain}`;
    await peerJoins(romeo, room, 'Romeo');
    await configure(romeo, room, { 'muc#roomconfig_roomname': 'Verona' });
    await peerJoins(nurse, room, 'Rosaline Capulet');
    const account = await accountOf(talk.stage.page);
    const joining = { nick: 'Juliet', password: null, create: false };
    await ask(talk.stage.page, 'room.join', { account, peer: room, ...joining });
    await peerSays(romeo, room, 'rhubarb, rhubarb');
    await peerSays(nurse, room, 'no rhubarb for me');
    await talk.chatRow('Nurse').getByText('苏州').waitFor();
  });
  afterAll(() => talk.stop());

  const roomRow = (): Locator =>
    sidebar(talk.stage.page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: 'Verona' });
  const field = (): Locator => talk.stage.page.getByRole('search').getByRole('searchbox');
  const hits = (): Locator =>
    sidebar(talk.stage.page)
      .getByRole('listbox', { name: en('search.hits') })
      .getByRole('option');
  const names = (): Promise<string[]> => hits().locator('.nm').allInnerTexts();
  const search = async (text: string): Promise<void> => {
    await talk.stage.page.keyboard.press('Control+Shift+F');
    await field().fill(text);
  };
  const chip = (name: string): Locator =>
    talk.stage.page.getByRole('group', { name: en('search.filters') }).getByRole('button', { name });
  const choose = async (name: string, entry: string): Promise<void> => {
    await chip(name).click();
    await talk.stage.page.getByRole('menuitemradio', { name: entry }).click();
  };

  it('finds whole words and beginnings, in every chat, the newest first, and marks them', async () => {
    await search('zeb');
    await soon(names).toEqual(['Friar', 'Nurse', 'Romeo']);
    await soon(async () => new Set(await hits().locator('mark').allInnerTexts())).toEqual(new Set(['zeb']));
    expect(await hits().first().innerText()).toContain(en('search.you'));
  });

  it('finds one Chinese character', async () => {
    await search('机');
    await soon(names).toEqual(['Nurse']);
    await soon(() => hits().locator('mark').allInnerTexts()).toEqual(['机']);
  });

  it('takes operators for what they are: text', async () => {
    for (const text of ['"more" * -of', 'zebras AND (', 'NEAR/2 zebras*', "zebras'; --"]) {
      await search(text);
      await soon(() =>
        hits()
          .count()
          .then(async (count) => count + (await noneNotes())),
      ).toBeGreaterThan(0);
      expect(await sidebar(talk.stage.page).getByRole('alert').count()).toBe(0);
    }
  });
  const noneNotes = (): Promise<number> =>
    sidebar(talk.stage.page)
      .getByText(new RegExp(`${en('search.none')}|${en('search.none-text').slice(0, 20)}`, 'u'))
      .count();

  it('narrows: by chat, by sender, by links, by time', async () => {
    await talk.stage.page.keyboard.press('Escape');
    await openChat(talk.stage.page, 'Romeo');
    await search('zebra');
    await soon(names).toEqual(['Friar', 'Nurse', 'Romeo']);
    await chip(en('search.has-link')).click();
    await soon(names).toEqual(['Romeo']);
    await chip(en('search.has-link')).click();
    await choose(en('search.from'), en('search.from-me'));
    await soon(names).toEqual(['Friar']);
    await choose(en('search.from'), en('search.from-anyone'));
    await chip(en('search.this-chat')).click();
    await soon(names).toEqual(['Romeo']);
    await chip('Romeo').click();
    await choose(en('search.date'), en('search.date-today'));
    await soon(names).toEqual(['Friar', 'Nurse', 'Romeo']);
    await choose(en('search.date'), en('search.date-range'));
    const dialog = talk.stage.page.getByRole('dialog', { name: en('search.date-range-title') });
    // One day: it begins and ends there.
    const today = dialog.locator('[data-reka-calendar-cell-trigger][data-today]:not([data-outside-view])');
    await today.click();
    await soon(() => today.getAttribute('data-selected')).toBeNull();
    await today.click();
    await soon(() => today.getAttribute('data-selected')).not.toBeNull();
    await view.look('search-range');
    await view.lookWith('search-range-200', { textSize: 200 });
    await dialog.getByRole('button', { name: en('search.date-apply') }).click();
    await soon(names).toEqual(['Friar', 'Nurse', 'Romeo']);
    await choose(en('search.date'), en('search.date-range'));
    await dialog.getByRole('button', { name: en('search.date-from-off') }).click();
    await dialog
      .getByRole('button', { name: en('search.date-to'), exact: false })
      .first()
      .click();
    await dialog.getByRole('button', { name: en('history.day-year-before'), exact: true }).click();
    await dialog.locator('[data-reka-calendar-cell-trigger]:not([data-outside-view])').first().click();
    await dialog.getByRole('button', { name: en('search.date-apply') }).click();
    await talk.stage.page.getByText(en('search.none-filters')).waitFor();
    await talk.stage.page.getByRole('button', { name: en('search.clear-filters') }).click();
    await soon(names).toEqual(['Friar', 'Nurse', 'Romeo']);
  });

  it('narrows to one contact, and in a room to one speaker, and says who wrote', async () => {
    const { page } = talk.stage;
    const pick = async (entry: string, name: string): Promise<void> => {
      await choose(en('search.from'), entry);
      const dialog = page.getByRole('dialog');
      await view.look(name === 'Nurse' ? 'search-contact' : 'search-speaker');
      await dialog.getByRole('searchbox').or(dialog.getByRole('textbox')).fill(name.slice(0, 3));
      await dialog.getByRole('option', { name }).waitFor();
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
    };
    // Both wrote in the same second.
    const by = async (): Promise<string[]> => (await hits().locator('.by').allInnerTexts()).sort();
    await search('zebra');
    await pick(en('search.from-person'), 'Nurse');
    await soon(names).toEqual(['Nurse']);
    await page.keyboard.press('Control+Shift+F');
    await page.keyboard.press('Escape');
    await roomRow().click();
    await log(page).getByText('no rhubarb').waitFor();
    await page.keyboard.press('Control+F');
    await page.keyboard.type('rhubarb');
    await soon(by).toEqual(['Romeo:', 'Rosaline Capulet:']);
    await view.look('search-room');
    await pick(en('search.from-nick'), 'Rosaline Capulet');
    await soon(by).toEqual(['Rosaline Capulet:']);
    await page.keyboard.press('Escape');
  });

  it('finds a file by its name, whatever its address looks like, among files alone', async () => {
    await search('中文');
    await soon(names).toEqual(['Friar']);
    expect(await hits().locator('.pv').innerText()).toBe('中文 plan.pdf');
    await search('zoo.example');
    await soon(names).toEqual(['Romeo']);
    await chip(en('search.has-file')).click();
    await talk.stage.page.getByText(en('search.none-filters')).waitFor();
    await search('plan');
    await soon(names).toEqual(['Friar']);
    await view.look('search-files');
    await talk.stage.page.keyboard.press('Escape');
  });

  it('Enter on a hit jumps to its place among its neighbours, marks it, and leads back to the newest', async () => {
    const { page } = talk.stage;
    await page.keyboard.press('Control+Shift+F');
    await page.keyboard.press('Escape');
    await openChat(page, 'Friar');
    await search('zebra gate');
    await soon(names).toEqual(['Romeo']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Romeo' }).waitFor();
    const found = log(page).locator('article').filter({ hasText: 'stands at the gate' });
    await soon(() => found.getAttribute('class')).toContain('hit');
    await soon(() => inSight(found)).toBe(true);
    await log(page).getByText('line 0 of many').waitFor();
    await soon(() => found.getAttribute('class')).not.toContain('hit');
    await page.getByRole('button', { name: /go to the latest/iu }).click();
    const last = log(page).getByText(`line ${String(MANY - 1)} of many`);
    await soon(() => inSight(last)).toBe(true);
  });

  it('who has gone on from a hit finds the chat where he left it, and is not taken back', async () => {
    const { page } = talk.stage;
    await search('zebra gate');
    await soon(names).toEqual(['Romeo']);
    await field().press('Enter');
    const found = log(page).locator('article').filter({ hasText: 'stands at the gate' });
    await soon(() => inSight(found)).toBe(true);
    const last = log(page).getByText(`line ${String(MANY - 1)} of many`);
    await soon(async () => {
      await log(page).evaluate((pane) => {
        pane.dispatchEvent(new WheelEvent('wheel', { bubbles: true }));
        pane.scrollTop = pane.scrollHeight;
      });
      return (await last.count()) === 1 && inSight(last);
    }).toBe(true);
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { level: 1, name: en('settings.title') }).waitFor();
    await page.keyboard.press('Escape');
    await soon(() => composer(page).evaluate((one) => one === document.activeElement)).toBe(true);
    await soon(() => inSight(last)).toBe(true);
    expect(await log(page).locator('article.hit').count()).toBe(0);
  });

  it('Ctrl+F searches the chat that is shown; Escape forgets text and filters', async () => {
    const { page } = talk.stage;
    await page.keyboard.press('Control+Shift+F');
    await page.keyboard.press('Escape');
    await openChat(page, 'Romeo');
    await page.keyboard.press('Control+F');
    await soon(() => field().getAttribute('placeholder')).toBe(en('search.in-chat', { name: 'Romeo' }));
    await page.keyboard.type('zebra');
    await soon(names).toEqual(['Romeo']);
    await page.keyboard.press('Escape');
    await soon(() => field().inputValue()).toBe('');
    await talk.chatRow('Nurse').waitFor();
    expect(await chip('Romeo').count()).toBe(0);
  });

  it('shows more as one scrolls', async () => {
    await search('nothing');
    await soon(() => hits().count()).toBeGreaterThan(5);
    await field().press('ArrowDown');
    await soon(async () => {
      await talk.stage.page.keyboard.press('End');
      return hits().last().innerText();
    }).toContain('line 0 of many');
    await talk.stage.page.keyboard.press('Control+Shift+F');
    await talk.stage.page.keyboard.press('Escape');
  });

  it('teaches when nothing is found', async () => {
    await search('qqqq');
    await sidebar(talk.stage.page)
      .getByText(en('search.none-title', { query: 'qqqq' }))
      .waitFor();
    await talk.stage.page.keyboard.press('Escape');
    await openChat(talk.stage.page, 'Romeo');
    await composer(talk.stage.page).waitFor();
  });

  it('a room in which nobody has said a word is found, and Enter opens it', async () => {
    const { page } = talk.stage;
    const account = await accountOf(page);
    const room = `mantua@conference.${talk.server.domain}`;
    await peerJoins(talk.romeo, room, 'Romeo');
    await configure(talk.romeo, room, { 'muc#roomconfig_roomname': 'Mantua' });
    await ask(page, 'room.join', { account, peer: room, nick: 'Juliet', password: null, create: false });
    const found = sidebar(page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: 'Mantua' });
    await found.waitFor();
    await search('mantu');
    await soon(() => found.count()).toBe(1);
    await soon(() => roomRow().count()).toBe(0);
    await soon(() => sidebar(page).getByText(en('search.none')).count()).toBe(1);
    expect(
      await sidebar(page)
        .getByText(en('search.none-title', { query: 'mantu' }))
        .count(),
    ).toBe(0);
    await view.look('search-room-alone');
    await field().press('Enter');
    await composer(page, 'Mantua').waitFor();
  });
});

const inSight = (element: Locator): Promise<boolean> =>
  element.evaluate((one) => {
    const pane = one.closest('[role=log]')?.getBoundingClientRect();
    const { top, bottom } = one.getBoundingClientRect();
    return pane !== undefined && top >= pane.top && bottom <= pane.bottom;
  });
