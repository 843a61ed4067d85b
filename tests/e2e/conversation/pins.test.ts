import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAt, WIDE, type Look } from '../look';
import { composer, en, log, openChat, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

describe('pinned messages', () => {
  let talk: Talk;
  let look: Look;
  beforeAll(async () => {
    talk = await openTalk();
    look = lookAt(talk.stage);
    await look.resize(WIDE);
    await openChat(talk.stage.page);
  });
  afterAll(() => talk.stop());

  const message = (text: string): Locator =>
    log(talk.stage.page).locator('article').filter({ hasText: text });
  const bar = (): Locator => talk.stage.page.getByRole('region', { name: en('conversation.pins') });
  const choose = async (text: string, item: string): Promise<void> => {
    await message(text).click({ button: 'right' });
    await talk.stage.page.getByRole('menuitem', { name: item }).click();
  };

  it('stand above the chat, are gone to with a click, and are there after a restart', async () => {
    const { page } = talk.stage;
    await talk.romeo.sendMessage(talk.juliet.jid, 'Meet me at the friar’s cell at nine');
    for (let n = 1; n <= 60; n += 1)
      await talk.romeo.sendMessage(talk.juliet.jid, `line ${String(n)} of the orchard`);
    await message('line 60').waitFor();
    await choose('line 60', en('conversation.pin'));
    await soon(() => bar().innerText()).toContain('line 60 of the orchard');
    await log(page).press('Home');
    await log(page).evaluate((one) => one.scrollTo(0, 0));
    await message('friar’s cell').waitFor();
    await choose('friar’s cell', en('conversation.pin'));
    await soon(() => bar().innerText()).toContain('friar’s cell');
    await talk.stage.restart();
    await openChat(talk.stage.page);
    await bar().getByRole('button', { name: 'friar' }).click();
    await soon(() => message('friar’s cell').getAttribute('class')).toContain('hit');
    await look.lookAround('pins');
    await bar()
      .getByRole('button', { name: en('conversation.pins-all', { count: 2 }) })
      .click();
    await look.look('pins-list');
    await talk.stage.page.getByRole('menuitem', { name: 'line 60' }).click();
    await message('line 60').waitFor();
    await composer(talk.stage.page).focus();
    await look.narrowly(() => look.look('pins-narrow'));
  });

  it('are let go from the bar, and go with a message that is taken back', async () => {
    await bar()
      .getByRole('button', { name: en('conversation.unpin') })
      .click();
    await soon(() => bar().innerText()).toContain('line 60');
    await talk.romeo.sendRaw(
      `<message type='chat' id='to-go' to='${talk.juliet.jid}'><body>forget this</body></message>`,
    );
    await message('forget this').waitFor();
    await choose('forget this', en('conversation.pin'));
    await soon(() => bar().innerText()).toContain('forget this');
    await talk.romeo.sendRaw(
      `<message type='chat' id='gone' to='${talk.juliet.jid}'><retract xmlns='urn:xmpp:message-retract:1' id='to-go'/></message>`,
    );
    await soon(() => bar().innerText()).toContain('line 60');
    await choose('line 60', en('conversation.unpin'));
    await bar().waitFor({ state: 'detached' });
    expect(await message('line 60').innerText()).not.toContain(en('conversation.pinned'));
  });
});
