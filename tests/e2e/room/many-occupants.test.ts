import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../servers/free-ports';
import { newAccount } from '../../servers/shared';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { startCrowdedRoom, type CrowdedRoom } from '../../support/crowded-room';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, composer, en, openStage, sidebar, signIn, soon, type Stage } from '../support';

const COUNT = 5_000;
/** What fits on the screen, and what is drawn beyond its edges for scrolling. */
const DRAWN = 120;

describe('a room with five thousand people in it', () => {
  let server: TestServer;
  let room: CrowdedRoom;
  let stage: Stage;
  let view: Look;

  beforeAll(async () => {
    const { component } = await freePorts(['component']);
    [server, stage] = await Promise.all([startServer('prosody', { componentPort: component }), openStage()]);
    room = await startCrowdedRoom(server, component, COUNT);
    view = lookAt(stage);
    await view.resize(WIDE);
    await signIn(stage.page, await newAccount(server, server, 'nora'), server.wsUrl);
    const account = await accountOf(stage.page);
    await ask(stage.page, 'room.join', {
      ...{ account, peer: room.jid, nick: 'Nora', password: null, create: false },
    });
    await sidebar(stage.page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: room.name })
      .click();
    await composer(stage.page, room.name).waitFor();
    await stage.page.getByRole('button', { name: en('conversation.details') }).click();
  });
  afterAll(async () => {
    await stage.stop();
    await room.stop();
    await server.stop();
  });

  const people = (): Locator => stage.page.getByRole('listbox', { name: en('room.people') });
  const rows = (): Locator => people().getByRole('option');
  const field = (): Locator => stage.page.getByRole('searchbox', { name: en('room.find-person') });
  const active = (): Promise<string | null> =>
    people().evaluate((list) => {
      const id = list.getAttribute('aria-activedescendant');
      return document.getElementById(id ?? '')?.querySelector('.nm')?.textContent ?? null;
    });

  it('R22 has them all in groups, of which only what is on the screen is drawn', async () => {
    await soon(() => rows().first().innerText()).toContain(en('room.group-owner'));
    // Two owners of the room's own, and ourselves.
    await soon(() => rows().first().innerText()).toContain('3');
    await soon(() => rows().count()).toBeGreaterThan(3);
    expect(await rows().count()).toBeLessThan(DRAWN);
    await view.look('many-occupants');
    await view.lookWith('many-occupants-zh-dark', { language: 'zh-CN', theme: 'dark' });
    await view.narrowly(() => view.look('many-occupants-narrow'));
  });

  it('R22 are found while one types, and walked by keyboard from one end to the other', async () => {
    const { page } = stage;
    await field().click();
    await page.keyboard.type('wisniewski');
    const names = (): Promise<readonly string[]> => people().locator('.person .nm').allInnerTexts();
    await soon(async () => (await names()).every((name) => name.includes('Wiśniewski'))).toBe(true);
    expect(await rows().count()).toBeLessThan(DRAWN);
    await view.look('many-occupants-found');
    await field().fill('');
    await people().focus();
    await page.keyboard.press('End');
    const last = (): Promise<string> => rows().last().locator('.nm').innerText();
    await soon(async () => (await active()) === (await last())).toBe(true);
    expect(await rows().count()).toBeLessThan(DRAWN);
    await page.keyboard.press('Home');
    await soon(() => rows().first().innerText()).toContain(en('room.group-owner'));
  });

  it('R22 in a storm of presence the rows of those who changed are touched, and no others', async () => {
    const { page } = stage;
    const seen = await people().locator('.person .nm').allInnerTexts();
    await people().evaluate((list) => {
      const touched: Record<string, string> = {};
      Object.assign(globalThis, { touched });
      new MutationObserver((changes) => {
        for (const { target, type, attributeName } of changes) {
          const element = target instanceof Element ? target : target.parentElement;
          const name = element?.closest('.person')?.querySelector('.nm')?.textContent;
          if (name) touched[name] = attributeName ?? type;
        }
      }).observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    const hidden = Array.from({ length: COUNT }, (_, n) => n).filter((n) => !seen.includes(room.nick(n)));
    room.tell(hidden.slice(0, 1_000).map((n) => ({ n, show: 'dnd', status: 'In hall 3' })));
    room.tell([{ n: 0, status: 'In hall 4' }]);
    await people().getByText('In hall 4').waitFor();
    const touched = await page.evaluate(
      () => (globalThis as unknown as { touched: Readonly<Record<string, string>> }).touched,
    );
    expect(touched).toEqual({ [room.nick(0)]: expect.any(String) as string });
  });

  it('R22 those with a lasting place in it are a list of which only what is seen is drawn', async () => {
    const { page } = stage;
    await page.getByRole('button', { name: en('moderation.lists') }).click();
    const list = page.getByRole('region', { name: en('moderation.list-member') });
    const entries = list.getByRole('listitem');
    // Those between the fifteenth and the middle.
    await soon(() => entries.first().getAttribute('aria-setsize')).toBe(String(COUNT / 2 - 15));
    expect(await entries.count()).toBeLessThan(DRAWN);
    await view.look('many-affiliations');
    await list.evaluate((pane) => (pane.scrollTop = pane.scrollHeight));
    await soon(() => entries.last().getAttribute('aria-posinset')).toBe(String(COUNT / 2 - 15));
    expect(await entries.count()).toBeLessThan(DRAWN);
  });
});
