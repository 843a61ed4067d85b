import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAt, WIDE, type Look } from '../look';
import { composer, en, log, openChat, sidebar, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

describe('styled messages (XEP-0393)', () => {
  let talk: Talk;
  let look: Look;
  beforeAll(async () => {
    talk = await openTalk();
    look = lookAt(talk.stage);
    await look.resize(WIDE);
    await openChat(talk.stage.page);
  });
  afterAll(() => talk.stop());

  const body = (text: string) => log(talk.stage.page).locator('article p.body').filter({ hasText: text });
  const say = (text: string): Promise<unknown> => talk.romeo.sendMessage(talk.juliet.jid, text);

  it('T13 spans, quotes and code are shown, and what is marked up stays text', async () => {
    const { page } = talk.stage;
    await say('*Soft*, what _light_ through `yonder` ~door~ window breaks? *<img src=x onerror=alert(1)>*');
    await say('> It is the east\n>> and Juliet\n> is the sun.\nArise, fair sun');
    await say('```sh\nkill -s MOON "$envious"\n# already sick and pale\n```');
    await say('/me climbs over the *wall*');
    await say('看 *重点* 与 _说明_： `npm test`');
    await body('重点').waitFor();
    expect(await body('Soft').locator('strong').allTextContents()).toEqual([
      '*Soft*',
      '*<img src=x onerror=alert(1)>*',
    ]);
    expect(await body('Soft').locator('em, code, s').allTextContents()).toEqual([
      '_light_',
      '`yonder`',
      '~door~',
    ]);
    expect(await log(page).locator('article img').count()).toBe(0);
    expect(await body('Arise').getByRole('blockquote').count()).toBe(2);
    expect(await body('climbs over').textContent()).toBe('* Romeo climbs over the *wall*');
    await say('🎉👍🏽');
    await soon(() => body('🎉').getAttribute('class')).toContain('large');
    await talk.write('/me is below the window');
    expect((await talk.nextFor(talk.romeo)).body).toBe('/me is below the window');
    await soon(() => body('below the window').textContent()).toBe(
      `* ${talk.juliet.name} is below the window`,
    );
    // Where it stands alone too: in the list, and as what is pinned or answered.
    await soon(() => talk.chatRow('Romeo').innerText()).toContain(
      `* ${talk.juliet.name} is below the window`,
    );
    await say('/me climbs down');
    await soon(() => talk.chatRow('Romeo').innerText()).toContain('* Romeo climbs down');
    const search = page.getByRole('search').getByRole('searchbox');
    await search.fill('climbs down');
    await soon(() =>
      sidebar(page)
        .getByRole('listbox', { name: en('search.hits') })
        .getByRole('option')
        .innerText(),
    ).toContain('* Romeo climbs down');
    await search.fill('');
    const menu = async (item: string): Promise<void> => {
      await body('climbs down').click({ button: 'right' });
      await page.getByRole('menuitem', { name: item }).click();
    };
    const pins = page.getByRole('region', { name: en('conversation.pins') });
    await menu(en('conversation.pin'));
    await soon(() => pins.innerText()).toContain('* Romeo climbs down');
    await menu(en('conversation.unpin'));
    await pins.waitFor({ state: 'detached' });
    await look.lookAround('styling');
  });

  it('a block of code is copied by its button, without its fences', async () => {
    const { flint } = talk.stage;
    await body('kill -s')
      .getByRole('button', { name: en('conversation.copy-code') })
      .click();
    await body('kill -s')
      .getByRole('button', { name: en('conversation.copied') })
      .waitFor();
    await soon(() => flint.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(
      'kill -s MOON "$envious"\n# already sick and pale',
    );
  });

  it('is written with keys and buttons, which come when they are wanted, and can be undone', async () => {
    const { page } = talk.stage;
    const field = composer(page, 'Romeo');
    await field.fill('a rose by any name');
    await field.press('Shift+Home');
    await field.press('Control+b');
    expect(await field.inputValue()).toBe('*a rose by any name*');
    await field.press('Control+z');
    expect(await field.inputValue()).toBe('a rose by any name');
    await page.getByRole('button', { name: en('conversation.styling') }).click();
    const tools = page.getByRole('toolbar', { name: en('conversation.styling') });
    await field.press('Control+a');
    await tools.getByRole('button', { name: en('conversation.style-quote') }).click();
    await tools.getByRole('button', { name: en('conversation.style-emphasis') }).click();
    await look.lookAround('styling-tools');
    await field.press('Enter');
    const own = await talk.nextFor(talk.romeo);
    expect(own.body).toBe('_> a rose by any name_');
    await page.getByRole('button', { name: en('conversation.styling') }).click();
    await tools.waitFor({ state: 'detached' });
  });

  it('emoji come from a picker and by shortcodes, by keyboard alone, and are kept as the last used', async () => {
    const { page } = talk.stage;
    const field = composer(page, 'Romeo');
    await field.fill('off ');
    await page.getByRole('button', { name: en('emoji.title') }).click();
    const search = page.getByRole('combobox', { name: en('emoji.search') });
    await page.getByRole('option').first().waitFor();
    await look.lookAround('emoji');
    await search.fill('火箭');
    await page.getByRole('option', { name: 'rocket' }).waitFor();
    await search.press('Enter');
    await search.waitFor({ state: 'detached' });
    await soon(() => field.inputValue()).toBe('off 🚀');
    await page.keyboard.type(' :heart_ey');
    await page.getByRole('option', { name: 'heart_eyes' }).first().waitFor();
    await look.look('emoji-shortcode');
    await page.keyboard.press('Tab');
    await soon(() => field.inputValue()).toBe('off 🚀 😍');
    await page.keyboard.type(' :smile:');
    await soon(() => field.inputValue()).toBe('off 🚀 😍 😄');
    await page.keyboard.press('Enter');
    expect((await talk.nextFor(talk.romeo)).body).toBe('off 🚀 😍 😄');
    await page.getByRole('button', { name: en('emoji.title') }).click();
    const recent = page.getByRole('group', { name: en('emoji.recent') });
    await soon(() => recent.getByRole('option').allTextContents()).toHaveLength(3);
    await page.keyboard.press('Escape');
  });

  it('is not shown where its author wants none', async () => {
    await talk.romeo.sendRaw(
      `<message xmlns='jabber:client' type='chat' id='plain-1' to='${talk.juliet.jid}'><body>&gt; *stars* as they are</body><unstyled xmlns='urn:xmpp:styling:0'/></message>`,
    );
    await body('as they are').waitFor();
    expect(await body('as they are').locator('strong, .text-quote').count()).toBe(0);
  });
});
