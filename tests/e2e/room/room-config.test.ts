import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin } from '../../core/rooms-support';
import type { Peer } from '../../peers/peer';
import type { TestAccount } from '../../servers/shared';
import type { Look } from '../look';
import { openRoomStage, type RoomStage } from '../room-kit';
import { accountOf, ask, composer, en, sidebar, soon, type Stage } from '../support';

describe('the settings of a room', () => {
  let there: RoomStage;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;
  let view: Look;
  let room = '';

  beforeAll(async () => {
    there = await openRoomStage('court', 'conference', { 'muc#roomconfig_roomname': 'The court' });
    ({ stage, juliet, romeo, view, room } = there);
    await admin(romeo, room, `<item jid='${juliet.jid}' affiliation='owner'/>`);
    const account = await accountOf(stage.page);
    await ask(stage.page, 'room.join', {
      account,
      peer: room,
      nick: 'Juliet',
      password: null,
      create: false,
    });
  });
  afterAll(() => there.stop());

  const rooms = (): Locator => sidebar(stage.page).getByRole('listbox', { name: en('room.rooms') });
  const open = async (name: string): Promise<Locator> => {
    await rooms().getByRole('option', { name }).click({ button: 'right' });
    await stage.page.getByRole('menuitem', { name: en('form.open') }).click();
    const dialog = stage.page.getByRole('dialog', { name: en('form.title', { name }) });
    await dialog.locator('form').waitFor();
    return dialog;
  };

  it('are the form of its service, filled in and saved', async () => {
    const dialog = await open('The court');
    await view.lookAround('room-config');
    await view.narrowly(() => view.look('room-config-narrow'));
    const field = dialog.getByRole('textbox').first();
    expect(await field.inputValue()).toBe('The court');
    await field.fill('The balcony');
    await dialog.locator('.ft, footer').scrollIntoViewIfNeeded();
    await dialog.getByRole('button', { name: en('common.save') }).click();
    await dialog.waitFor({ state: 'detached' });
    await soon(() => rooms().innerText()).toContain('The balcony');
    await rooms().getByRole('option', { name: 'The balcony' }).click();
    await composer(stage.page, 'The balcony').waitFor();
  });

  it('that the room does not take are refused in words, and nothing of them is lost', async () => {
    const dialog = await open('The balcony');
    await dialog.getByRole('textbox').first().fill('A house of my own');
    await admin(romeo, room, `<item jid='${juliet.jid}' affiliation='none'/>`);
    await dialog.getByRole('button', { name: en('common.save') }).click();
    await dialog.getByText(en('form.refused')).waitFor();
    await soon(() => dialog.getByText(en('form.refused')).isVisible()).toBe(true);
    await view.look('room-config-refused');
    expect(await dialog.getByRole('textbox').first().inputValue()).toBe('A house of my own');
  });
});
