import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shot } from '../../desktop/app';
import type { Peer } from '../../peers/peer';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { lookAt, WIDE, type Look } from '../look';
import { furnish, jidAt, PASSWORD } from '../office';
import {
  accountOf,
  ask,
  contactRow,
  en,
  openStage,
  phaseOf,
  settings,
  sidebar,
  signIn,
  soon,
  type Stage,
} from '../support';

describe('the contact tree, several at once', () => {
  let server: TestServer;
  let stage: Stage;
  let view: Look;
  let peers: ReadonlyMap<string, Peer> = new Map();

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    view = lookAt(stage);
    await view.resize(WIDE);
    await settings(stage.page, { theme: 'light' });
    peers = await furnish(server);
    await signIn(stage.page, { jid: jidAt(server)('nora'), password: PASSWORD }, server.wsUrl);
    await contactRow(stage.page, '李雯 Li Wen').waitFor();
  });
  afterAll(async () => {
    await Promise.allSettled([...peers.values()].map((peer) => peer.disconnect()));
    await stage.stop();
    await server.stop();
  });

  const tree = (): Locator => stage.page.getByRole('tree');
  const group = (name: string): Locator => tree().getByRole('treeitem', { name: new RegExp(`^${name}`) });
  const chosen = (): Promise<readonly string[]> =>
    tree().locator('[role=treeitem][aria-selected=true] .nm').allInnerTexts();
  const groupsOf = async (name: string): Promise<readonly string[]> => {
    const { contacts } = (await ask(stage.page, 'roster.state', { account: await accountOf(stage.page) }))
      .value;
    // Each server has an order of its own.
    return [...(contacts.find(({ jid }) => jid === jidAt(server)(name))?.groups ?? [])].sort();
  };
  const drag = async (from: Locator, to: Locator, before?: () => Promise<void>): Promise<void> => {
    const { mouse } = stage.page;
    await from.hover();
    await mouse.down();
    try {
      // The first move begins it, the next ones say where it is.
      await to.hover({ position: { x: 40, y: 8 } });
      await to.hover({ position: { x: 60, y: 10 } });
      await before?.();
    } finally {
      await mouse.up();
    }
  };

  /** Rows move while the text becomes smaller again: nobody clicks before they rest. */
  const look = async (name: string): Promise<void> => {
    await view.lookAround(name);
    await view.rest();
  };

  it('in a low window the heads of contacts and rooms stand one above the other, and a click on one brings its list', async () => {
    const { page } = stage;
    const box = async (what: Locator): Promise<{ readonly top: number; readonly bottom: number }> =>
      what.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return { top, bottom };
      });
    const head = (words: 'roster.contacts' | 'room.rooms'): Locator =>
      sidebar(page).getByRole('heading', { name: new RegExp(`^${en(words)}`) });
    const contacts = head('roster.contacts');
    await view.resize({ width: WIDE.width, height: 300 });
    try {
      await soon(async () => (await box(contacts)).bottom - (await box(head('room.rooms'))).top).toBe(0);
      await contacts.getByRole('button').first().click();
      await soon(async () => (await box(tree())).top - (await box(contacts)).bottom).toBe(0);
      expect((await box(contacts)).bottom).toBeLessThan((await box(head('room.rooms'))).top);
    } finally {
      await view.resize(WIDE);
      await view.rest();
    }
  });

  it('dragged into another group a contact is there, and no longer where it was', async () => {
    await drag(contactRow(stage.page, 'Anneke de Vries'), group('Suzhou'), async () => {
      await soon(() => group('Suzhou').innerText()).toContain(en('roster.drop-move'));
      await shot(stage.page, 'tree-drop');
    });
    await soon(() => groupsOf('anneke')).toEqual(['Suzhou 苏州']);
    await soon(() => group('Design').count()).toBe(0);
  });

  it('with Ctrl it is in both', async () => {
    await stage.page.keyboard.down('Control');
    try {
      await drag(contactRow(stage.page, 'Anneke de Vries'), group('Production'), async () => {
        await soon(() => group('Production').innerText()).toContain(en('roster.drop-copy'));
      });
    } finally {
      await stage.page.keyboard.up('Control');
    }
    await soon(() => groupsOf('anneke')).toEqual(['Production', 'Suzhou 苏州']);
    await soon(() => contactRow(stage.page, 'Anneke de Vries').count()).toBe(2);
  });

  it('several are chosen by Ctrl and Shift, and moved by the menu into a new group', async () => {
    const { page } = stage;
    await contactRow(page, '李雯 Li Wen').click({ modifiers: ['Control'] });
    await contactRow(page, '王子轩').click({ modifiers: ['Shift'] });
    await soon(async () => (await chosen()).length).toBe(3);
    await look('tree-chosen');
    await contactRow(page, '王子轩').click({ button: 'right' });
    await page
      .getByRole('menu')
      .getByText(en('roster.selected', { count: 3 }))
      .waitFor();
    await view.look('tree-many-menu');
    await page.getByRole('menuitem', { name: en('roster.move') }).click();
    const form = page.getByRole('dialog', { name: en('roster.move-many-title', { count: 3 }) });
    await form.waitFor();
    await look('tree-move');
    await form.getByLabel(en('roster.add-group'), { exact: true }).fill('Asia::China');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await soon(() => groupsOf('zixuan')).toEqual(['Asia::China']);
    await soon(() => groupsOf('anneke')).toEqual(['Asia::China', 'Production']);
    await soon(() => group('China').innerText()).toContain('3/3');
  });

  it('by keyboard: Shift with the arrows, then the menu key; a group is renamed where it stands with all inside', async () => {
    const { page } = stage;
    await group('China').click();
    await group('China').click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await soon(async () => (await chosen()).length).toBe(3);
    await page.keyboard.press('Shift+ArrowUp');
    await soon(async () => (await chosen()).length).toBe(2);
    for (const key of ['ContextMenu', 'Shift+F10']) {
      await page.keyboard.press(key);
      await page.getByRole('menuitem', { name: en('roster.move') }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
    }
    await page.keyboard.press('Escape');
    await soon(async () => (await chosen()).length).toBeLessThanOrEqual(1);

    // Letters go to who begins so: without marks, by initials of Chinese names, over the space between two names.
    const active = (): Promise<string> =>
      tree().evaluate(
        (one) => document.getElementById(one.getAttribute('aria-activedescendant') ?? '')?.innerText ?? '',
      );
    for (const [typed, name] of [
      ['w', '王子轩'],
      ['tomás', 'Tomás Herrera'],
      ['anneke d', 'Anneke de Vries'],
    ] as const) {
      await page.keyboard.type(typed);
      await soon(active).toContain(name);
      expect(await page.getByRole('log').count()).toBe(0);
      // What is typed later is another name.
      await page.waitForTimeout(800);
    }

    await group('Asia').click();
    await page.keyboard.press('F2');
    const field = tree().getByRole('textbox', { name: en('roster.rename-group-title', { name: 'Asia' }) });
    await field.waitFor();
    await view.look('tree-rename');
    await field.fill('East');
    await page.keyboard.press('Enter');
    await soon(() => groupsOf('liwen')).toEqual(['East::China']);
    // What the server refuses stays to be tried again: here, for we are not there.
    const account = await accountOf(page);
    await contactRow(page, 'Maya Okafor').click();
    await page.keyboard.press('Escape');
    await tree().focus();
    await page.keyboard.press('F2');
    const name = tree().getByRole('textbox', { name: en('roster.rename-title', { name: 'Maya Okafor' }) });
    await name.fill('Maya O.');
    const presence = (kind: 'online' | 'offline') => ask(page, 'presence.set', { account, kind });
    await presence('offline');
    await page.getByText(en('error.not-online')).waitFor({ state: 'detached' });
    await name.press('Enter');
    await page.getByText(en('error.not-online')).waitFor();
    expect(await name.inputValue()).toBe('Maya O.');
    await presence('online');
    await soon(() => phaseOf(page)).toBe('online');
    await name.press('Enter');
    await name.waitFor({ state: 'detached' });
    await contactRow(page, 'Maya O.').waitFor();
    // It was closed, and is.
    await soon(() => group('East').getAttribute('aria-expanded')).toBe('false');
    await group('East').click();
    await soon(() => group('China').innerText()).toContain('3/3');
  });

  it('empty groups and pictures are shown or not, by the menu of the list', async () => {
    const { page } = stage;
    await peers.get('fatima')!.disconnect();
    const option = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: en('roster.list-options') }).click();
      await page.getByRole('menuitemcheckbox', { name }).click();
      await page.getByRole('menu').waitFor({ state: 'detached' });
    };
    await page.getByRole('button', { name: en('roster.list-options') }).click();
    await page.getByRole('menuitemcheckbox', { name: en('roster.show-empty') }).waitFor();
    await look('tree-options');
    await page.keyboard.press('Escape');
    for (const name of ['liwen', 'zixuan', 'anneke']) await peers.get(name)!.disconnect();
    await soon(() => group('China').innerText()).toContain('0/3');
    await option(en('roster.show-offline'));
    await soon(() => group('China').count()).toBe(0);
    await option(en('roster.show-empty'));
    await soon(() => group('China').innerText()).toContain('0/3');
    await option(en('roster.show-avatars'));
    await soon(() => tree().locator('.av').count()).toBe(0);
    // The words of the button, which has the focus again, would be over the list.
    await tree().focus();
    await look('tree-empty-groups');
    await option(en('roster.show-avatars'));
    await option(en('roster.show-offline'));
  });

  it('by name alone, and without what people say of themselves, where that is wished', async () => {
    const { page } = stage;
    const choose = async (role: 'menuitemradio' | 'menuitemcheckbox', name: string): Promise<void> => {
      await page.getByRole('button', { name: en('roster.list-options') }).click();
      await page.getByRole(role, { name }).click();
      await page.getByRole('menu').waitFor({ state: 'detached' });
    };
    const status = tree().getByText('On the phone');
    await status.waitFor();
    await choose('menuitemcheckbox', en('roster.show-status'));
    await status.waitFor({ state: 'detached' });
    const names = () => tree().locator('.ct .nm').allInnerTexts();
    const before = await names();
    await choose('menuitemradio', en('roster.order-name'));
    await soon(names).not.toEqual(before);
    await tree().focus();
    await look('tree-by-name');
    await choose('menuitemradio', en('roster.order-presence'));
    await soon(names).toEqual(before);
    await choose('menuitemcheckbox', en('roster.show-status'));
  });

  it('a group: somebody is added to it, all in it are asked into a room, and it goes while they stay', async () => {
    const { page } = stage;
    await contactRow(page, 'Tomás Herrera').click({ modifiers: ['Control'] });
    await contactRow(page, 'Ingrid Solheim').click({ modifiers: ['Control'] });
    await soon(async () => (await chosen()).length).toBe(2);
    await contactRow(page, 'Ingrid Solheim').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('room.create-with') }).click();
    const room = page.getByRole('dialog', { name: en('room.create-group') });
    await soon(() =>
      room
        .getByRole('list', { name: en('selection.forward-chosen') })
        .getByRole('listitem')
        .count(),
    ).toBe(2);
    await page.keyboard.press('Escape');
    await room.waitFor({ state: 'detached' });
    await tree().focus();
    await page.keyboard.press('Escape');

    await group('East').click({ button: 'right' });
    await view.look('tree-group-menu');
    await page.getByRole('menuitem', { name: en('roster.add-here') }).click();
    const form = page.getByRole('dialog', { name: en('roster.add') });
    await soon(() => form.getByRole('checkbox', { name: 'East', exact: true }).isChecked()).toBe(true);
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });

    await group('East').click();
    await tree().focus();
    await page.keyboard.press('Delete');
    const question = page.getByRole('alertdialog');
    await soon(() => question.innerText()).toContain(en('roster.remove-group-text', { count: 3 }));
    await look('tree-remove-group');
    await question.getByRole('button', { name: en('roster.remove-group-action') }).click();
    await question.waitFor({ state: 'detached' });
    await soon(() => groupsOf('liwen')).toEqual([]);
    await soon(() => groupsOf('anneke')).toEqual(['Production']);
    await soon(() => group('East').count()).toBe(0);
    await contactRow(page, '李雯 Li Wen').waitFor();
  });

  it('several are removed when asked once more, and blocked', async () => {
    const { page } = stage;
    await contactRow(page, 'Piotr Wiśniewski').click({ modifiers: ['Control'] });
    await contactRow(page, 'Tomás Herrera').click({ modifiers: ['Control'] });
    await tree().focus();
    await page.keyboard.press('Delete');
    const question = page.getByRole('alertdialog');
    await soon(() => question.innerText()).toContain(en('roster.remove-many-title', { count: 2 }));
    await look('tree-remove');
    await question.getByRole('button', { name: en('roster.remove-many-action') }).click();
    await question.waitFor({ state: 'detached' });
    await soon(() => contactRow(page, 'Piotr Wiśniewski').count()).toBe(0);
    await soon(() => contactRow(page, 'Tomás Herrera').count()).toBe(0);

    await contactRow(page, '李雯 Li Wen').click({ modifiers: ['Control'] });
    await contactRow(page, '王子轩').click({ modifiers: ['Control'] });
    await contactRow(page, '王子轩').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('roster.block-several') }).click();
    await question.getByRole('button', { name: en('roster.block'), exact: true }).click();
    await question.waitFor({ state: 'detached' });
    await soon(() => contactRow(page, '李雯 Li Wen').innerText()).toContain(en('roster.blocked'));
    await soon(() => contactRow(page, '王子轩').innerText()).toContain(en('roster.blocked'));
    expect(await contactRow(page, 'Maya O.').innerText()).not.toContain(en('roster.blocked'));
  });
});
