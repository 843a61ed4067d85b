import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAt, type Look } from '../look';
import { composer, en, log, openChat, sidebar, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

describe('a message of one’s own that is corrected', () => {
  let talk: Talk;
  let look: Look;
  beforeAll(async () => {
    talk = await openTalk();
    look = lookAt(talk.stage);
    await openChat(talk.stage.page);
  });
  afterAll(() => talk.stop());

  const message = (text: string) => log(talk.stage.page).locator('article').filter({ hasText: text });
  const editing = () => talk.stage.page.getByText(en('conversation.editing'));

  it('comes with ↑ into an empty field, and goes out as a correction of the one that was sent', async () => {
    const { page } = talk.stage;
    await talk.write('Wherefore art thou Romoe?');
    const first = await talk.nextFor(talk.romeo);
    await soon(() => message('Romoe').locator('.state').count()).toBe(1);
    await composer(page).focus();
    await page.keyboard.press('ArrowUp');
    await soon(() => composer(page).inputValue()).toBe('Wherefore art thou Romoe?');
    await editing().waitFor();
    await look.look('correction-editing');
    await page.keyboard.press('Escape');
    await soon(() => composer(page).inputValue()).toBe('');
    await editing().waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowUp');
    await soon(() => composer(page).inputValue()).toBe('Wherefore art thou Romoe?');
    await composer(page).fill('Wherefore art thou Romeo?');
    // Left too soon: it comes back as it was left.
    await page.keyboard.press('Escape');
    await soon(() => composer(page).inputValue()).toBe('');
    await page.keyboard.press('ArrowUp');
    await soon(() => composer(page).inputValue()).toBe('Wherefore art thou Romeo?');
    await editing().waitFor();
    // Whoever looks something up elsewhere goes on where he was.
    await openChat(page, 'Nurse');
    await composer(page, 'Nurse').fill('Anon!');
    await openChat(page);
    await soon(() => composer(page).inputValue()).toBe('Wherefore art thou Romeo?');
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { level: 1, name: en('settings.title') }).waitFor();
    await page.keyboard.press('Escape');
    await soon(() => composer(page).inputValue()).toBe('Wherefore art thou Romeo?');
    await editing().waitFor();
    await page.keyboard.press('Enter');
    expect(await talk.nextFor(talk.romeo)).toMatchObject({
      body: 'Wherefore art thou Romeo?',
      replaces: first.id,
    });
    await soon(() => talk.bodies().count()).toBe(1);
    await message('art thou Romeo?').waitFor();
    await soon(() => composer(page).inputValue()).toBe('');
  });

  it('says that it was edited and when; that opens what it said before', async () => {
    const { page } = talk.stage;
    const mark = message('art thou Romeo?').locator('button.edited');
    await soon(() => mark.innerText()).toMatch(/^edited \d\d:\d\d/u);
    await mark.click();
    const versions = page.getByRole('dialog', { name: en('conversation.edited-title') });
    await soon(() => versions.innerText()).toContain('Wherefore art thou Romoe?');
    await look.lookAround('correction-versions');
    // At twice the size the window counts as narrow, where Escape leaves the chat once nothing lies over it.
    await sidebar(page).waitFor();
    await page.keyboard.press('Escape');
    await versions.waitFor({ state: 'detached' });
  });

  it('can be chosen in its menu; one that is refused says so, and can be taken back', async () => {
    const { page } = talk.stage;
    const own = message('art thou Romeo?');
    await own.click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('conversation.edit'), exact: true }).click();
    await soon(() => composer(page).inputValue()).toBe('Wherefore art thou Romeo?');
    await composer(page).fill('Deny thy father');
    await page.keyboard.press('Enter');
    const { id, from } = await talk.nextFor(talk.romeo);
    await talk.romeo.sendRaw(
      `<message type='error' id='${id ?? ''}' to='${from}'><error type='cancel'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
    );
    const undo = message('Deny thy father').getByRole('button', { name: en('conversation.change-undo') });
    await undo.waitFor();
    await look.look('correction-failed');
    await undo.click();
    await message('art thou Romeo?').waitFor();
    await soon(() => log(page).getByText('Deny thy father').count()).toBe(0);
  });

  it('T5 is deleted for everyone once that is confirmed, and leaves word of it (XEP-0424)', async () => {
    const { page } = talk.stage;
    const dialog = page.getByRole('alertdialog', { name: en('conversation.retract-title') });
    const open = async (): Promise<void> => {
      await message('art thou Romeo?').click({ button: 'right' });
      await page.getByRole('menuitem', { name: en('conversation.retract'), exact: true }).click();
      await dialog.waitFor();
    };
    await open();
    await look.look('retract-dialog');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await message('art thou Romeo?').waitFor();
    await open();
    await dialog.getByRole('button', { name: en('conversation.retract') }).click();
    await talk.romeo.waitForRaw((xml) => xml.includes('urn:xmpp:message-retract:1'));
    await message(en('conversation.retracted')).waitFor();
    await soon(() => message('art thou Romeo?').count()).toBe(0);
    await soon(() => talk.chatRow('Romeo').innerText()).toContain(en('conversation.retracted'));
    await look.lookAround('retracted');
  });
});
