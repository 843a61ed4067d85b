import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAt, WIDE } from '../look';
import { en, log, openChat, putAway, bringBack, settings, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

const attention = "<attention xmlns='urn:xmpp:attention:0'/>";

describe('a buzz', () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await openTalk();
    await lookAt(talk.stage).resize(WIDE);
  });
  afterAll(() => talk.stop());

  const page = () => talk.stage.page;
  const lines = () => log(page()).locator('.line.event');
  const call = (peer: Talk['romeo']): Promise<void> =>
    peer.sendRaw(
      `<message xmlns='jabber:client' to='${talk.juliet.jid}' type='chat'><body>Buzz!</body>${attention}</message>`,
    );
  /** Takes note of every animation of the page that begins from now on. */
  const watch = (): Promise<void> =>
    page().evaluate(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      document.addEventListener('animationstart', ({ animationName, target }) => {
        if (target === document.body) seen.push(animationName);
      });
    });
  const moved = (): Promise<readonly string[]> =>
    page().evaluate(() => (globalThis as unknown as { seen: string[] }).seen);

  it('is sent from the chat’s menu, stands there as a line, and cannot be sent again at once', async () => {
    await openChat(page());
    await talk.write('good evening');
    await page()
      .getByRole('button', { name: en('conversation.menu') })
      .click();
    await lookAt(talk.stage).look('buzz-menu');
    await page()
      .getByRole('menuitem', { name: en('conversation.buzz') })
      .click();
    await lines()
      .filter({ hasText: en('conversation.buzz-out', { name: 'Romeo' }) })
      .waitFor();
    await talk.romeo.waitForRaw((xml) => xml.includes('urn:xmpp:attention:0') && xml.includes('Buzz!'));
    await page().keyboard.press('Control+Shift+B');
    await page().getByText('One buzz a minute').waitFor();
    expect(await lines().count()).toBe(1);
    await page()
      .getByRole('button', { name: en('common.close') })
      .click();
  });

  it('of a contact shakes the window gently, and stands in the chat', async () => {
    await watch();
    await call(talk.romeo);
    await soon(moved).toEqual(['shaken']);
    await lines()
      .filter({ hasText: en('conversation.buzz-in', { name: 'Romeo' }) })
      .waitFor();
    await soon(() => page().evaluate(() => document.body.classList.contains('shaken'))).toBe(false);
    await lookAt(talk.stage).lookAround('buzz');
  });

  it('moves nothing where the system wants little motion', async () => {
    await page().emulateMedia({ reducedMotion: 'reduce' });
    await watch();
    await openChat(page(), 'Nurse');
    await call(talk.nurse);
    await lines()
      .filter({ hasText: en('conversation.buzz-in', { name: 'Nurse' }) })
      .waitFor();
    await soon(() => page().evaluate(() => document.body.classList.contains('shaken'))).toBe(false);
    expect(await moved()).toEqual([]);
    await page().emulateMedia({ reducedMotion: null });
  });

  it('is told of while the window is away; with the setting off it shakes nothing', async () => {
    await settings(page(), { buzz: false });
    await watch();
    await putAway(talk.stage);
    await call(talk.friar);
    const notice = await talk.stage.desktop.notifications.waitFor(
      ({ body }) => body === en('notification.buzz'),
    );
    expect(notice.summary).toBe('Friar');
    await bringBack(talk.stage);
    expect(await moved()).toEqual([]);
    await settings(page(), { buzz: true });
  });
});
