import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Peer } from '../../peers/peer';
import { holdCalls } from '../../gallery/held';
import { connectServer } from '../../servers/shared';
import { lookAt, WIDE, type Look } from '../look';
import { openRoomStage, type RoomStage } from '../room-kit';
import { composer, en, openStage, sidebar, signIn, soon, type Stage } from '../support';

/** A new channel, to be set up first; with the dialog that asks for its name. */
const ask = async (page: Page, name: string): Promise<Locator> => {
  await sidebar(page)
    .getByRole('button', { name: en('room.more') })
    .click();
  await page.getByRole('menuitem', { name: en('room.create-channel') }).click();
  const asks = page.getByRole('dialog', { name: en('room.create-channel') });
  await asks.getByLabel(en('room.create-name')).fill(name);
  await asks.getByLabel(en('room.set-up')).click();
  return asks;
};
/** On to its form. */
const goOn = async (page: Page, asks: Locator, name: string): Promise<Locator> => {
  await asks.getByRole('button', { name: en('room.set-up-action') }).click();
  const dialog = page.getByRole('dialog', { name: en('room.set-up-title', { name }) });
  // Its form comes after it, and takes the keyboard.
  const first = dialog.getByRole('textbox').first();
  await first.waitFor();
  await soon(() => first.evaluate((one) => one === document.activeElement)).toBe(true);
  return dialog;
};

describe('a room that is set up before it opens', () => {
  let there: RoomStage;
  let stage: Stage;
  let romeo: Peer;
  let view: Look;
  const unique = Date.now().toString(36);

  beforeAll(async () => {
    there = await openRoomStage('hall', 'conference', { 'muc#roomconfig_roomname': 'The hall' });
    ({ stage, romeo, view } = there);
  });
  afterAll(() => there.stop());

  const address = (name: string): string => `${name.toLowerCase().replace(' ', '-')}@conference.localhost`;
  const answers = async (room: string): Promise<string> => {
    const id = `about-${String(Math.floor(performance.now() * 1_000))}`;
    await romeo.sendRaw(
      `<iq type='get' id='${id}' to='${room}'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>`,
    );
    return romeo.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes(id));
  };
  const listed = (name: string): Promise<number> =>
    stage.page.getByRole('option', { name, includeHidden: true }).count();

  it('is nowhere as long as its form is not sent, and gone when that is given up', async () => {
    const name = `Orchard ${unique}`;
    const asks = await ask(stage.page, name);
    await view.lookAround('rooms-create-whole');
    const dialog = await goOn(stage.page, asks, name);
    expect(await dialog.getByRole('textbox').first().inputValue()).toBe(name);
    await view.lookAround('rooms-set-up');
    await view.narrowly(() => view.look('rooms-set-up-narrow'));
    expect(await answers(address(name))).not.toMatch(/type=["']error/);
    expect(await listed(name)).toBe(0);
    await dialog.getByRole('button', { name: en('common.cancel') }).click();
    await dialog.waitFor({ state: 'detached' });
    await soon(() => answers(address(name))).toMatch(/type=["']error/);
    expect(await listed(name)).toBe(0);
  });

  it('is gone too when its dialog is closed before its form is here', async () => {
    const { page } = stage;
    const name = `Garden ${unique}`;
    const asks = await ask(page, name);
    // Before anything of the answer is here.
    await asks.getByRole('button', { name: en('room.set-up-action') }).evaluate((button: HTMLElement) => {
      button.click();
      document
        .querySelector('[role="dialog"]')
        ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    });
    await asks.waitFor({ state: 'detached' });
    // It is made meanwhile.
    await page.waitForTimeout(1_000);
    await soon(() => answers(address(name))).toMatch(/type=["']error/);
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('is gone too when it is given up while its form is on its way', async () => {
    const { page } = stage;
    const name = `Chapel ${unique}`;
    const dialog = await goOn(page, await ask(page, name), name);
    const free = await holdCalls(stage, ['room.configure']);
    await dialog.getByRole('button', { name: en('room.create-action') }).click();
    await dialog.locator('[aria-busy="true"]').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await free();
    // Long enough to make it anew.
    await page.waitForTimeout(1_000);
    await soon(() => answers(address(name))).toMatch(/type=["']error/);
    expect(await listed(name)).toBe(0);
    expect(await composer(page, name).count()).toBe(0);
  });

  it('is what its form says, and open, once that is sent', async () => {
    const name = `Market ${unique}`;
    const dialog = await goOn(stage.page, await ask(stage.page, name), name);
    await dialog.getByRole('textbox').first().fill(`${name} of fish`);
    await dialog.getByRole('button', { name: en('room.create-action') }).click();
    await composer(stage.page, `${name} of fish`).waitFor();
    await sidebar(stage.page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: `${name} of fish` })
      .waitFor();
    expect(await answers(address(name))).toContain(`${name} of fish`);
  });

  it('of a name that is there already goes on to no form, and says so', async () => {
    const { page } = stage;
    const asks = await ask(page, `Market ${unique}`);
    await asks.getByRole('button', { name: en('room.set-up-action') }).click();
    await asks.getByText(en('error.room-exists', { room: address(`Market ${unique}`) })).waitFor();
    await view.look('rooms-set-up-taken');
    await page.keyboard.press('Escape');
    await asks.waitFor({ state: 'detached' });
  });
});

it('what a server does not take of it stands at its field, and the room waits', async () => {
  // It names the field.
  const server = connectServer('ejabberd');
  const [stage, juliet] = await Promise.all([openStage(), server.newAccount('juliet')]);
  try {
    const { page } = stage;
    await signIn(page, juliet, server.wsUrl);
    const view = lookAt(stage);
    await view.resize(WIDE);
    const name = `Fair ${juliet.name}`;
    const dialog = await goOn(page, await ask(page, name), name);
    const field = dialog.getByLabel('Minimum interval between voice requests');
    await field.fill('never');
    await dialog.getByRole('button', { name: en('room.create-action') }).click();
    const words = dialog.getByText(en('form.wrong-refused'));
    await words.waitFor();
    await soon(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const end = await dialog.locator('footer').boundingBox();
    const said = await words.boundingBox();
    expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThan(end?.y ?? 0);
    await view.look('rooms-set-up-refused');
    await field.fill('600');
    await dialog.getByRole('button', { name: en('room.create-action') }).click();
    await composer(page, name).waitFor();
  } finally {
    await stage.stop();
  }
});
