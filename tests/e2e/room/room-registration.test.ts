import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peerSays } from '../../core/rooms-support';
import type { Peer } from '../../peers/peer';
import type { Look } from '../look';
import { openRoomStage, type RoomStage } from '../room-kit';
import { composer, en, sidebar, soon, type Stage } from '../support';

describe('a room for members alone', () => {
  let there: RoomStage;
  let stage: Stage;
  let romeo: Peer;
  let view: Look;
  let room = '';

  beforeAll(async () => {
    there = await openRoomStage('masque', 'clubs', {
      'muc#roomconfig_roomname': 'The masque',
      'muc#roomconfig_membersonly': '1',
      'muc#roomconfig_whois': 'anyone',
    });
    ({ stage, romeo, view, room } = there);
  });
  afterAll(() => there.stop());

  const dialog = (name: string): Locator => stage.page.getByRole('dialog', { name, exact: true });
  const asking = (): Locator => dialog(en('registration.ask-title', { name: room }));
  const button = (within: Locator, name: string): Locator =>
    within.getByRole('button', { name, exact: true });

  it('is asked by its own form; a name that is taken stands at its field, and then one is in', async () => {
    await sidebar(stage.page)
      .getByRole('button', { name: en('room.join') })
      .first()
      .click();
    const joining = dialog(en('room.join'));
    await joining.getByLabel(en('room.join-address'), { exact: true }).fill(room);
    await button(joining, en('room.join-done')).click();
    await joining.getByText(en('room.refused-registration-title')).waitFor();
    await view.lookAround('registration-join');
    await button(joining, en('registration.ask')).click();
    const nick = asking().getByRole('textbox');
    await nick.fill('Romeo');
    await view.lookAround('registration-form');
    await button(asking(), en('registration.ask-send')).click();
    await asking().getByText(en('registration.taken')).waitFor();
    await view.look('registration-taken');
    await view.narrowly(() => view.look('registration-taken-narrow'));
    await nick.fill('Juliet');
    await button(asking(), en('registration.ask-send')).click();
    await composer(stage.page, 'The masque').waitFor();
    await stage.page.getByRole('button', { name: en('conversation.details') }).click();
    await stage.page.getByText(en('registration.kept', { nick: 'Juliet' })).waitFor();
    await view.look('registration-kept');
  });

  it('says what it notifies of by default, and takes another rule', async () => {
    await peerSays(romeo, room, 'Did my heart love till now?');
    await stage.page.getByText('Did my heart love till now?').first().waitFor();
    const option = sidebar(stage.page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: 'The masque' });
    const rules = async (): Promise<void> => {
      await option.click({ button: 'right' });
      // By the keyboard: it stays when the pointer goes.
      await stage.page.getByRole('menuitem', { name: en('chats.rule') }).focus();
      await stage.page.keyboard.press('ArrowRight');
      await rule('default-all').waitFor();
    };
    const rule = (name: 'default-all' | 'default-mentions' | 'mentions'): Locator =>
      stage.page.getByRole('menuitemradio', { name: en(`room.rule-${name}`) });
    await rules();
    await soon(() => rule('default-all').getAttribute('aria-checked')).toBe('true');
    await view.lookAround('room-rule');
    await rule('mentions').click();
    await rules();
    await soon(() => rule('mentions').getAttribute('aria-checked')).toBe('true');
    expect(await rule('default-all').getAttribute('aria-checked')).toBe('false');
    await stage.page.keyboard.press('Escape');
    await stage.page.keyboard.press('Escape');
    await stage.page.keyboard.press('Control+,');
    await stage.page.getByRole('button', { name: en('settings.notifications'), exact: true }).click();
    const group = stage.page.getByRole('button', { name: new RegExp(`^${en('settings.rule-group')}: `) });
    await group.click();
    await view.look('room-rules-menu');
    await stage.page.getByRole('menuitemradio', { name: en('room.rule-mentions') }).click();
    await soon(() => group.textContent()).toContain(en('room.rule-mentions'));
    await view.lookAround('room-rules');
    await stage.page.keyboard.press('Escape');
    await option.click({ button: 'right' });
    await stage.page.getByRole('menuitem', { name: en('chats.rule') }).focus();
    await stage.page.keyboard.press('ArrowRight');
    await rule('default-mentions').waitFor();
    await stage.page.keyboard.press('Escape');
    await stage.page.keyboard.press('Escape');
  });

  it('gives the name back, after it has said what goes with it: one is no member any more, and out', async () => {
    await stage.page.getByRole('button', { name: en('registration.give-back') }).click();
    const asking = stage.page.getByRole('alertdialog', {
      name: en('registration.give-back-nick-title', { nick: 'Juliet' }),
    });
    await asking.getByText(en('registration.give-back-out')).waitFor();
    await view.lookAround('registration-give-back');
    await button(asking, en('registration.give-back-action')).click();
    await stage.page.getByText(en('room.out-members-only-title')).first().waitFor();
    await asking.waitFor({ state: 'detached' });
    await view.look('registration-given-back');
  });
});
