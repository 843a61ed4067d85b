import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectServer } from '../../servers/shared';
import { pngOf } from '../../support/pictures';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, composer, en, openStage, sidebar, signIn, soon, type Stage } from '../support';

describe('the picture of a room', () => {
  let stage: Stage;
  let view: Look;
  beforeAll(async () => {
    // A server whose rooms have one.
    const server = connectServer('ejabberd');
    stage = await openStage();
    const juliet = await server.newAccount('juliet');
    await signIn(stage.page, juliet, server.wsUrl);
    view = lookAt(stage);
    await view.resize(WIDE);
    const account = await accountOf(stage.page);
    const peer = `verona-${juliet.name}@conference.${server.domain}`;
    await ask(stage.page, 'room.join', { account, peer, nick: 'Juliet', password: null, create: true });
    await ask(stage.page, 'room.describe', { account, peer, name: 'Verona', description: '' });
    await sidebar(stage.page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option')
      .first()
      .click();
    await composer(stage.page, 'Verona').waitFor();
    await stage.page.getByRole('button', { name: en('conversation.details') }).click();
  });
  afterAll(() => stage.stop());

  it('is chosen by its owner, cut, and stands in the list, the header and the details; then it is taken away', async () => {
    const { page } = stage;
    const give = async (name: string, buffer: Buffer): Promise<void> => {
      const choosing = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: en('profile.picture-choose') }).click();
      await (await choosing).setFiles({ name, mimeType: 'image/png', buffer });
    };
    await give('words.png', Buffer.from('These are words.'));
    await page.getByText(en('profile.picture-type')).waitFor();
    await view.look('room-picture-refused');
    await give('room.png', pngOf(640, [58, 104, 148]));
    const dialog = page.getByRole('dialog', { name: en('profile.crop-room') });
    await dialog.waitFor();
    await view.lookAround('room-picture-crop');
    await dialog.getByRole('button', { name: en('profile.picture-use') }).click();
    await dialog.waitFor({ state: 'detached' });
    await soon(() => page.locator('img.in').count()).toBe(3);
    await view.lookAround('room-picture');
    await view.narrowly(() => view.look('room-picture-narrow'));
    await page.getByRole('button', { name: en('profile.picture-remove') }).click();
    await soon(() => page.locator('img.in').count()).toBe(0);
    expect(await page.getByRole('button', { name: en('profile.picture-remove') }).count()).toBe(0);
  });
});
