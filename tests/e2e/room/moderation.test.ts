import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peerSays } from '../../core/rooms-support';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, composer, en, log, sidebar, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

const MUC = 'http://jabber.org/protocol/muc';

describe('moderation of what is said in a room', () => {
  let talk: Talk;
  let look: Look;
  let room = '';
  beforeAll(async () => {
    // The server whose rooms can do this.
    talk = await openTalk({}, 'prosody13');
    look = lookAt(talk.stage);
    await look.resize(WIDE);
    const { page } = talk.stage;
    room = `verona@conference.${talk.server.domain}`;
    const account = await accountOf(page);
    await ask(page, 'room.join', { account, peer: room, nick: 'Juliet', password: null, create: true });
    await talk.romeo.sendRaw(`<presence to='${room}/Romeo'><x xmlns='${MUC}'/></presence>`);
    await talk.romeo.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes(`${room}/Romeo`));
    await sidebar(page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option')
      .first()
      .click();
    await log(page).or(composer(page, 'verona')).first().waitFor();
  });
  afterAll(() => talk.stop());

  const message = (text: string): Locator =>
    log(talk.stage.page).locator('article').filter({ hasText: text });

  it('a moderator deletes a message for everybody, and says why; who and why stand in its place', async () => {
    const { page } = talk.stage;
    await peerSays(talk.romeo, room, 'Tybalt, you rat-catcher, will you walk?');
    await peerSays(talk.romeo, room, 'A plague on both your houses');
    await message('rat-catcher').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('room.moderate') }).click();
    const dialog = page.getByRole('dialog', { name: en('room.moderate-title', { nick: 'Romeo' }) });
    await dialog.getByLabel(en('room.reason')).fill('No names, please');
    await look.lookAround('moderation-asked');
    await dialog.getByRole('button', { name: en('conversation.delete') }).click();
    await dialog.waitFor({ state: 'detached' });
    const words = en('room.moderated-because', {
      words: en('room.moderated-by', { nick: 'Juliet' }),
      reason: 'No names, please',
    });
    await message(words).waitFor();
    await soon(() => message('rat-catcher').count()).toBe(0);
    expect(await message('A plague').count()).toBe(1);
    await talk.romeo.waitForRaw((xml) => xml.includes('message-moderate:1') && xml.includes('No names'));
    await look.lookAround('moderated');
    await look.narrowly(() => look.look('moderated-narrow'));
  });
});
