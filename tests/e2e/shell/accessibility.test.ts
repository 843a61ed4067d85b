import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { newAccount, type TestAccount } from '../../servers/shared';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { lookAt, WIDE } from '../look';
import { spoken } from '../spoken';
import { befriend, en, log, openStage, settings, sidebar, soon, zh, type Stage } from '../support';

/**
 * The main job with the keyboard alone: every step goes from where the focus is, by Tab, arrows, Enter and the keys of
 * the shortcuts. Nothing here clicks, and nothing puts the focus anywhere.
 */
describe('the main job by keyboard alone', () => {
  let server: TestServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    juliet = await newAccount(server, server, 'juliet');
    romeo = await connectPeer(server, await newAccount(server, server, 'romeo'), { client: 'stanza' });
  });
  afterAll(async () => {
    await romeo.disconnect();
    await stage.stop();
    await server.stop();
  });

  const page = (): Page => stage.page;
  const press = (keys: string): Promise<void> => page().keyboard.press(keys);
  const type = (text: string): Promise<void> => page().keyboard.type(text);
  /** What a screen reader would call the place of the focus, and whether the focus can be seen there. */
  const here = () =>
    page().evaluate(() => {
      const focused = document.activeElement as HTMLElement;
      const active = focused.getAttribute('aria-activedescendant');
      const element = (active === null ? null : document.getElementById(active)) ?? focused;
      const rings = [element, focused, focused.closest('.field')].some((one) => {
        if (!one) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== 'none' && outlineWidth !== '0px';
      });
      const label = element.getAttribute('aria-label') ?? '';
      const by = element.id === '' ? null : document.querySelector(`label[for="${element.id}"]`);
      return { name: `${label} ${by?.textContent ?? ''} ${element.innerText}`.trim(), seen: rings };
    });
  const isHere = (words: string) => soon(async () => (await here()).name).toContain(words);
  /** Tab by Tab to a control that is called so; each stop on the way shows that it has the focus (the composer by its caret). */
  const tabTo = async (words: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
    for (let steps = 0; steps < 40; steps += 1) {
      const { name, seen } = await here();
      const hasCaret = name.includes(en('conversation.composer', { name: 'Romeo Montague' }));
      if (steps > 0 && !hasCaret) expect(seen, `the focus shows at “${name}”`).toBe(true);
      if (name.includes(words)) return;
      await press(key);
    }
    throw new Error(`no way by ${key} to “${words}”, but to “${(await here()).name}”`);
  };

  it('signs in', async () => {
    await page()
      .getByRole('heading', { level: 1, name: en('signIn.title') })
      .waitFor();
    await isHere(en('signIn.address'));
    await type(juliet.jid);
    await tabTo(en('signIn.password'));
    await type(juliet.password);
    await tabTo(en('signIn.more'));
    await press('Enter');
    await tabTo(en('signIn.server'));
    await type(server.wsUrl);
    await press('Enter');
    await sidebar(page()).waitFor();
  });

  it('finds somebody, and writes', async () => {
    await befriend(page(), romeo, 'Romeo Montague');
    await romeo.waitForPresence(juliet.jid, ({ available }) => available);
    await press('Control+K');
    await type('rom');
    await soon(() => page().getByRole('option', { name: 'Romeo Montague' }).count()).toBeGreaterThan(0);
    await press('Enter');
    await isHere(en('conversation.composer', { name: 'Romeo Montague' }));
    await type('Wherefore art thou?');
    await press('Enter');
    await romeo.waitForMessage(({ body }) => body === 'Wherefore art thou?');
  });

  it('is told at once what a button with a picture does, until Escape', async () => {
    const tip = page().getByRole('tooltip');
    await tabTo(en('voice.record'));
    await soon(() => tip.allTextContents()).toEqual([en('voice.record')]);
    expect(await page().locator(':focus').getAttribute('aria-describedby')).toBe(
      await tip.getAttribute('id'),
    );
    // In another language it says the same.
    await settings(page(), { language: 'zh-CN' });
    await soon(() => tip.allTextContents()).toEqual([zh('voice.record')]);
    await settings(page(), { language: 'en' });
    await press('Escape');
    await soon(() => tip.count()).toBe(0);
    await press('Shift+Tab');
  });

  it('reads the answer: it is said once, and found in the log with the arrows', async () => {
    await romeo.sendMessage(juliet.jid, 'Under your balcony');
    await soon(() => page().locator('[aria-live="polite"] .news').textContent()).toContain(
      'Under your balcony',
    );
    await tabTo(en('conversation.messages'), 'Shift+Tab');
    await press('ArrowUp');
    await isHere('Under your balcony');
    await press('ArrowUp');
    await isHere('Wherefore art thou?');
  });

  it('a message is read as sender, text, time, state', async () => {
    const mine = log(page()).locator('article').filter({ hasText: 'Wherefore art thou?' });
    await soon(() => mine.locator('.state').count()).toBe(1);
    const words = await spoken(page(), 'Wherefore art thou?');
    const [sender, text, time, state] = [
      en('conversation.you'),
      'Wherefore',
      /^\d\d:\d\d$/,
      en('common.delivery-received'),
    ];
    const at = [
      words.findIndex((word) => word === sender),
      words.findIndex((word) => word.startsWith(text)),
      words.findIndex((word) => time.test(word)),
      words.findIndex((word) => word === state || word === en('common.delivery-sent')),
    ];
    expect(at, words.join(' | ')).toEqual([...at].sort((a, b) => a - b));
    expect(at).not.toContain(-1);
    expect(words.filter((word) => time.test(word))).toHaveLength(1);
  });

  it('messages that one scrolls or goes back to are not read out: the log itself is quiet', async () => {
    expect(await log(page()).getAttribute('aria-live')).toBe('off');
    const said = (): Promise<string | null> => page().locator('[aria-live="polite"] .news').textContent();
    await press('Control+W');
    await press('Control+K');
    await type('rom');
    await soon(() => page().getByRole('option', { name: 'Romeo Montague' }).count()).toBeGreaterThan(0);
    await press('Enter');
    await log(page()).getByText('Under your balcony').waitFor();
    expect(await said()).toBe('');
    await romeo.sendMessage(juliet.jid, 'Look up');
    await soon(said).toBe(en('conversation.news', { name: 'Romeo Montague', text: 'Look up' }));
  });

  it('nothing moves where motion is not wanted', async () => {
    await page().emulateMedia({ reducedMotion: 'reduce' });
    await romeo.sendChatState(juliet.jid, 'composing');
    await page().locator('.strip .dots').waitFor();
    await press('Control+/');
    await page().getByRole('dialog').waitFor();
    const moved = await page().evaluate(() =>
      document
        .getAnimations()
        .flatMap((one) => (one.effect instanceof KeyframeEffect ? one.effect.getKeyframes() : []))
        .flatMap((frame) => Object.keys(frame))
        .filter((key) => !['offset', 'computedOffset', 'easing', 'composite', 'opacity'].includes(key)),
    );
    expect(moved).toEqual([]);
    await press('Escape');
    await romeo.sendChatState(juliet.jid, 'active');
    await page().emulateMedia({ reducedMotion: null });
  });

  it('more contrast, the system’s own colours and twice the size: axe has no word to say', async () => {
    const view = lookAt(stage);
    await view.resize(WIDE);
    await page().emulateMedia({ contrast: 'more' });
    const line = await page().evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      return [style.getPropertyValue('--line'), style.getPropertyValue('--line-strong')];
    });
    expect(line[0]).toBe(line[1]);
    await view.look('contrast-more');
    await page().emulateMedia({ contrast: null });
    await view.lookForced('contrast-forced');
    await view.lookWith('contrast-200', { textSize: 200 });
    await settings(page(), { language: 'ar' });
    await soon(() => page().evaluate(() => document.documentElement.dir)).toBe('rtl');
    await view.look('right-to-left');
    await settings(page(), { language: 'en' });
    await soon(() => page().evaluate(() => document.documentElement.dir)).toBe('ltr');
  });

  it('changes presence', async () => {
    await press('F6');
    await tabTo(en('shell.me-menu'), 'Shift+Tab');
    await press('Enter');
    await page().getByRole('menu').waitFor();
    await type(en('presence.away').slice(0, 3));
    await isHere(en('presence.away'));
    await press('Enter');
    await romeo.waitForPresence(juliet.jid, ({ show }) => show === 'away');
  });

  it('changes a setting, and comes back', async () => {
    await press('Control+,');
    await page()
      .getByRole('heading', { level: 1, name: en('settings.title') })
      .waitFor();
    await tabTo(en('settings.appearance'));
    await press('Enter');
    await tabTo(en('settings.theme-system'));
    for (const theme of ['light', 'dark']) {
      // Held as long as a hand holds it.
      await page().keyboard.press('ArrowRight', { delay: 100 });
      await soon(() => page().evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
    }
    await press('Escape');
    await log(page()).waitFor();
  });

  it('a dialog that a menu opened gives the keyboard back to where the menu was', async () => {
    await tabTo(en('shell.me-menu'));
    await press('Enter');
    await page().getByRole('menu').waitFor();
    await type(en('shell.sign-out').slice(0, 4));
    await isHere(en('shell.sign-out'));
    await press('Enter');
    await page().getByRole('alertdialog').waitFor();
    await press('Escape');
    await page().getByRole('alertdialog').waitFor({ state: 'detached' });
    await isHere(en('shell.me-menu'));

    await press('F6');
    await tabTo(en('conversation.messages'), 'Shift+Tab');
    await press('ArrowUp');
    await isHere('Look up');
    await press('Shift+F10');
    await page().getByRole('menu').waitFor();
    await type(en('selection.forward').slice(0, 4));
    await isHere(en('selection.forward'));
    await press('Enter');
    await page().getByRole('dialog').waitFor();
    await press('Escape');
    await page().getByRole('dialog').waitFor({ state: 'detached' });
    await isHere('Look up');
  });

  const toComposer = en('conversation.composer', { name: 'Romeo Montague' });
  const role = (): Promise<string> =>
    page().evaluate(
      () => document.activeElement?.getAttribute('role') ?? document.activeElement?.tagName ?? '',
    );

  it('a chat that is closed gives the keyboard back to its row; where one pane fits Escape closes it from anywhere', async () => {
    const back = async (): Promise<void> => {
      await isHere('Romeo Montague');
      expect(await role()).toBe('listbox');
      await press('Enter');
      await isHere(toComposer);
    };
    await press('Control+W');
    await back();
    await lookAt(stage).narrowly(async () => {
      await press('Control+W');
      await back();
      await press('Escape');
      await back();
      await tabTo(en('conversation.messages'), 'Shift+Tab');
      await press('ArrowUp');
      await isHere('Look up');
      await press('Escape');
      await back();
      await tabTo(en('conversation.menu'), 'Shift+Tab');
      await press('Escape');
      await back();
    });
    await isHere(toComposer);
  });

  it('keys of the window do nothing behind a dialog', async () => {
    await lookAt(stage).narrowly(async () => {
      await press('Control+/');
      await page().getByRole('dialog').waitFor();
      await press('Control+F');
      await press('F6');
      expect(await page().evaluate(() => document.activeElement?.closest('.dlg') !== null)).toBe(true);
      await press('Escape');
      await page().getByRole('dialog').waitFor({ state: 'detached' });
      await isHere(toComposer);
    });
  });

  it('where one pane fits, a page of the settings and the list of them hand the keyboard to each other', async () => {
    await lookAt(stage).narrowly(async () => {
      await press('Control+,');
      await tabTo(en('settings.language'));
      await press('Enter');
      await soon(role).toBe('H2');
      await isHere(en('settings.language'));
      await press('Escape');
      await soon(role).toBe('BUTTON');
      await isHere(en('settings.language'));
      // An input method closes its list with it.
      await page().evaluate(() =>
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true }),
        ),
      );
      await isHere(en('settings.language'));
      await press('Escape');
      await isHere(toComposer);
    });
  });

  it('the arrows go on past a section that is folded', async () => {
    await settings(page(), { collapsedGroups: ['::chats'] });
    await page().getByRole('listbox').waitFor({ state: 'detached' });
    await press('Control+Shift+F');
    await isHere(en('common.search'));
    await press('ArrowDown');
    await soon(role).toBe('tree');
    await isHere('Friends');
    await press('ArrowUp');
    await isHere(en('common.search'));
    await settings(page(), { collapsedGroups: [] });
    await page().getByRole('listbox').waitFor();
    await press('ArrowDown');
    await soon(role).toBe('listbox');
    await press('F6');
    await isHere(toComposer);
  });

  it('a message keeps the keyboard while one scrolls away from it; what is jumped to takes it', async () => {
    for (let line = 1; line <= 60; line += 1)
      await romeo.sendMessage(juliet.jid, `Line ${String(line)}\nof many`);
    await log(page()).getByText('Line 60').waitFor();
    await tabTo(en('conversation.messages'), 'Shift+Tab');
    await press('ArrowUp');
    await isHere('Line 60');
    const newest = log(page()).locator('article').filter({ hasText: 'Line 60' });
    const away = (): Promise<boolean> =>
      newest.evaluate((one) => one.getBoundingClientRect().top > 3 * innerHeight);
    for (let page = 0; page < 5; page += 1) await press('PageUp');
    await soon(away).toBe(true);
    await press('ArrowUp');
    await isHere('Line 59');
    await soon(away).toBe(false);

    await press('Control+F');
    await type('balcony');
    await soon(() => page().getByRole('option', { name: 'Under your balcony' }).count()).toBe(1);
    await press('ArrowDown');
    await press('Enter');
    await soon(role).toBe('ARTICLE');
    await isHere('Under your balcony');
    await press('ArrowUp');
    await isHere('Wherefore art thou?');
    await press('Control+Shift+F');
    await press('Escape');
  });

  it('a reader hears the place of a row among all, and of a choice among those it belongs to', async () => {
    const row = page()
      .getByRole('listbox', { name: en('roster.chats') })
      .getByRole('option');
    expect(await row.evaluate((one) => [one.ariaPosInSet, one.ariaSetSize])).toEqual(['1', '1']);
    await tabTo(en('shell.me-menu'), 'Shift+Tab');
    await press('Enter');
    const groups = page().getByRole('menu').getByRole('group');
    await soon(() => groups.filter({ has: page().getByRole('menuitemradio') }).count()).toBe(1);
    await press('Escape');
    await page().getByRole('menu').waitFor({ state: 'detached' });
  });

  it('signs out', async () => {
    await tabTo(en('shell.me-menu'));
    await press('Enter');
    await page().getByRole('menu').waitFor();
    // Typing goes to the item that begins so; a space would already take it.
    await type(en('shell.sign-out').slice(0, 4));
    await isHere(en('shell.sign-out'));
    await press('Enter');
    await page().getByRole('alertdialog').waitFor();
    await tabTo(en('shell.sign-out'));
    await press('Enter');
    await page()
      .getByRole('heading', { level: 1, name: en('signIn.title') })
      .waitFor();
    await romeo.waitForOffline(juliet.jid);
  });
});
