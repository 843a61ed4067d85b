import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import { contactRow, en, openChat, openStage, signIn, signOut, sidebar, soon, type Stage } from '../support';

describe('contacts, by the window’s own dialogs', () => {
  let server: SharedServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;
  let nurse: Peer;
  let paris: Peer;

  beforeAll(async () => {
    server = connectServer('prosody');
    juliet = await server.newAccount('juliet');
    const peer = async (name: string, autoAccept: boolean): Promise<Peer> =>
      connectPeer(server, await server.newAccount(name), { autoAccept });
    [stage, romeo, nurse, paris] = await Promise.all([
      openStage(),
      peer('romeo', false),
      peer('nurse', false),
      peer('paris', false),
    ]);
    await signIn(stage.page, juliet, server.wsUrl);
  });
  afterAll(async () => {
    await Promise.all([romeo, nurse, paris].map((peer) => peer.disconnect()));
    await stage.stop();
  });

  const dialog = (name: string): Locator => stage.page.getByRole('dialog', { name });
  const request = (peer: Peer): Locator =>
    sidebar(stage.page).getByRole('listitem').filter({ hasText: peer.bareJid });
  const group = (name: string): Locator =>
    stage.page.getByRole('tree').getByRole('treeitem', { name: new RegExp(`^${name}`) });
  const inPlace = (label: string): Locator =>
    stage.page.getByRole('tree').getByRole('textbox', { name: label });
  const menuOf = async (row: Locator, entry: string): Promise<void> => {
    await row.click({ button: 'right' });
    await stage.page.getByRole('menuitem', { name: entry }).click();
  };
  const asSeenBy = async (peer: Peer) =>
    (await peer.roster()).find(({ jid }) => jid === juliet.jid)?.subscription ?? 'none';

  it('an empty list teaches, and leads to the dialog', async () => {
    const { page } = stage;
    await page.getByText(en('shell.empty-no-contacts'), { exact: true }).waitFor();
    const pane = page.getByRole('main');
    await pane.getByRole('button', { name: en('shell.add-contact') }).click();
    await dialog(en('roster.add')).waitFor();
    await page.keyboard.press('Escape');
    await dialog(en('roster.add')).waitFor({ state: 'detached' });
  });

  it('adds with a name, a new group and words; shown as asked until the other side answers', async () => {
    const { page } = stage;
    await page.keyboard.press('Control+N');
    const form = dialog(en('roster.add'));
    await form.getByLabel(en('roster.add-address')).fill(romeo.bareJid);
    await form.getByLabel(en('roster.add-name'), { exact: true }).fill('Romeo <Montague> 罗密欧');
    await form.getByLabel(en('roster.add-group'), { exact: true }).fill('Verona');
    await form.getByLabel(en('roster.add-message')).fill('It is I & my love');
    await form.getByLabel(en('roster.add-approve')).uncheck();
    await form.getByRole('button', { name: en('roster.add-done') }).click();
    await form.waitFor({ state: 'detached' });
    await romeo.waitForSubscription(juliet.jid, 'subscribe');
    const asked = await romeo.waitForRaw((xml) => xml.includes('subscribe') && xml.includes('It is I'));
    expect(asked).toContain('It is I &amp; my love');
    const row = contactRow(page, 'Romeo <Montague> 罗密欧');
    await soon(() => row.innerText()).toContain(en('roster.asked-row'));
    await soon(() => group('Verona').innerText()).toContain('0/1');

    await romeo.accept(juliet.jid);
    await soon(() => row.innerText()).not.toContain(en('roster.asked-row'));
    await soon(() => group('Verona').innerText()).toContain('1/1');
  });

  it('refuses what cannot be added: nonsense, oneself, who is there already', async () => {
    const { page } = stage;
    await page.keyboard.press('Control+N');
    const form = dialog(en('roster.add'));
    const address = form.getByLabel(en('roster.add-address'));
    const done = form.getByRole('button', { name: en('roster.add-done') });
    for (const [typed, words] of [
      ['', en('roster.address-empty')],
      ['romeo@', en('signIn.address-no-server')],
      // At the own server a name is enough.
      [juliet.jid.split('@')[0] ?? '', en('error.own-address')],
      [juliet.jid, en('error.own-address')],
      [romeo.bareJid, en('roster.add-known', { name: 'Romeo <Montague> 罗密欧' })],
    ] as const) {
      await address.fill(typed);
      await done.click();
      await soon(() => form.getByRole('alert').allInnerTexts()).toEqual([words]);
    }
    await form.getByRole('button', { name: en('common.cancel') }).click();
    await form.waitFor({ state: 'detached' });
  });

  it('accepts a request: the other side sees the presence', async () => {
    await romeo.subscribe(juliet.jid);
    await soon(() => request(romeo).innerText()).toContain(en('roster.request-text'));
    await request(romeo)
      .getByRole('button', { name: /^Accept / })
      .click();
    await romeo.waitForSubscription(juliet.jid, 'subscribed');
    await romeo.waitForPresence(juliet.jid, ({ available }) => available);
    await request(romeo).waitFor({ state: 'detached' });
    expect(await asSeenBy(romeo)).toBe('both');
  });

  it('declines one: the other side hears it, and sees nothing', async () => {
    await paris.subscribe(juliet.jid);
    await request(paris)
      .getByRole('button', { name: /^Decline / })
      .click();
    await paris.waitForSubscription(juliet.jid, 'unsubscribed');
    await request(paris).waitFor({ state: 'detached' });
    expect(paris.presencesOf(juliet.jid)).toEqual([]);
    expect(await contactRow(stage.page, 'paris').count()).toBe(0);
  });

  it('one that the other side refuses says so', async () => {
    const { page } = stage;
    await page.keyboard.press('Control+N');
    const form = dialog(en('roster.add'));
    await form.getByLabel(en('roster.add-address')).fill(nurse.bareJid);
    await form.getByLabel(en('roster.add-name'), { exact: true }).fill('Nurse');
    await form.getByRole('button', { name: en('roster.add-done') }).click();
    await nurse.waitForSubscription(juliet.jid, 'subscribe');
    await soon(() => contactRow(page, 'Nurse').innerText()).toContain(en('roster.asked-row'));
    await nurse.deny(juliet.jid);
    await soon(() => page.getByRole('region', { name: en('shell.notices') }).innerText()).toContain(
      en('roster.denied', { name: 'Nurse' }),
    );
  });

  it('shows presence, status text and the group’s count as they change', async () => {
    const row = contactRow(stage.page, 'Romeo');
    await romeo.setPresence({ show: 'dnd', status: 'In Mantua & <busy> 忙' });
    await soon(() => row.innerText()).toContain('In Mantua & <busy> 忙');
    await soon(() => row.getByRole('img').getAttribute('aria-label')).toBe(en('presence.dnd'));
    await romeo.goUnavailable();
    await soon(() => row.getByRole('img').getAttribute('aria-label')).toBe(en('presence.offline'));
    await soon(() => group('Verona').innerText()).toContain('0/1');
    await romeo.setPresence({ show: 'away', status: 'On the phone' });
    await soon(() => row.getByRole('img').getAttribute('aria-label')).toBe(en('presence.phone'));
    await romeo.setPresence({});
    await soon(() => group('Verona').innerText()).toContain('1/1');
  });

  it('renames by the menu and by F2; the server keeps it', async () => {
    const { page } = stage;
    await menuOf(contactRow(page, 'Romeo'), en('roster.rename'));
    await inPlace(en('roster.rename-title', { name: 'Romeo <Montague> 罗密欧' })).fill('Romeo');
    await page.keyboard.press('Enter');
    await soon(() => contactRow(page, 'Romeo').locator('.nm').allInnerTexts()).toEqual(['Romeo']);
    await contactRow(page, 'Romeo').click();
    await page.getByRole('tree').focus();
    await page.keyboard.press('F2');
    await inPlace(en('roster.rename-title', { name: 'Romeo' })).fill('Nobody');
    await page.keyboard.press('Escape');
    await soon(() => contactRow(page, 'Romeo').locator('.nm').allInnerTexts()).toEqual(['Romeo']);
    // The list has the focus again.
    await page.keyboard.press('F2');
    await inPlace(en('roster.rename-title', { name: 'Romeo' })).fill('Romeo M.');
    await page.keyboard.press('Enter');
    await soon(() => contactRow(page, 'Romeo M.').locator('.nm').allInnerTexts()).toEqual(['Romeo M.']);
  });

  it('regroups, nested too; and renames a group for all in it', async () => {
    const { page } = stage;
    await menuOf(contactRow(page, 'Romeo M.'), en('roster.edit-groups'));
    const form = dialog(en('roster.edit-groups-title', { name: 'Romeo M.' }));
    await form.getByRole('checkbox', { name: 'Verona' }).uncheck();
    await form.getByLabel(en('roster.add-group'), { exact: true }).fill('Family::Montague');
    await form.getByRole('button', { name: en('common.save') }).click();
    await form.waitFor({ state: 'detached' });
    await soon(() => group('Montague').innerText()).toContain('1/1');
    await soon(() => group('Verona').count()).toBe(0);
    expect(await group('Montague').getAttribute('aria-level')).toBe('2');

    await menuOf(group('Montague'), en('roster.rename-group'));
    const field = inPlace(en('roster.rename-group-title', { name: 'Family::Montague' }));
    // The whole name can be changed, what the row shows of it is chosen at first.
    expect(await field.evaluate((one) => getSelection()?.toString() ?? one.tagName)).toBe('Montague');
    await field.fill('Mantua');
    await page.keyboard.press('Enter');
    // The row has the new name while the field is still there, with the old group around it.
    await soon(() => group('Family').count()).toBe(0);
    await soon(() => group('Mantua').innerText()).toContain('1/1');
  });

  it('a group that was closed stays closed after a restart, with its count', async () => {
    await group('Mantua').click();
    await contactRow(stage.page, 'Romeo M.').waitFor({ state: 'detached' });
    const page = await stage.restart();
    await soon(() => group('Mantua').innerText()).toContain('1/1');
    expect(await group('Mantua').getAttribute('aria-expanded')).toBe('false');
    expect(await contactRow(page, 'Romeo M.').count()).toBe(0);
    await group('Mantua').click();
    await contactRow(page, 'Romeo M.').waitFor();
  });

  it('one field filters; Enter opens the first, Escape clears; an unknown address can be added from there', async () => {
    const { page } = stage;
    await page.keyboard.press('Control+Shift+F');
    await page.keyboard.type('rom');
    const found = page.getByRole('tree').getByRole('treeitem');
    await soon(() => found.locator('.nm').allInnerTexts()).toEqual(['Romeo M.']);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Romeo M.' }).waitFor();
    await page.keyboard.press('Control+Shift+F');
    await page.keyboard.type('zzz');
    await page.getByText(en('search.none-title', { query: 'zzz' })).waitFor();
    await page.keyboard.press('Control+Shift+F');
    await page.keyboard.type(`friar@${server.domain}`);
    await page
      .getByRole('button', { name: en('roster.add-found', { jid: `friar@${server.domain}` }) })
      .waitFor();
    await page.keyboard.press('Escape');
    await soon(() => found.count()).toBeGreaterThan(1);
  });

  it('the details pane tells address, groups, subscription and devices', async () => {
    const { page } = stage;
    await romeo.setPresence({ show: 'away', status: 'on the balcony', priority: 5 });
    await openChat(page, 'Romeo M.');
    await page.getByRole('button', { name: en('conversation.details') }).click();
    const pane = page.getByRole('complementary', { name: en('shell.details') });
    await soon(() => pane.innerText()).toContain('on the balcony');
    const words = await pane.innerText();
    expect(words).toContain(romeo.bareJid);
    expect(words).toContain('Mantua');
    expect(words).toContain(en('roster.sub-both'));
    expect(words).toContain(romeo.jid.slice(romeo.jid.indexOf('/') + 1));
    expect(words).toContain(en('roster.device-priority', { priority: 5 }));
    await pane.getByRole('button', { name: en('roster.copy-address') }).click();
    await soon(() => stage.flint.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(romeo.bareJid);
    await pane.getByRole('button', { name: en('shell.close-details') }).click();
    await pane.waitFor({ state: 'detached' });
  });

  it('removes only when asked twice; then neither sees the other', async () => {
    const { page } = stage;
    await menuOf(contactRow(page, 'Romeo M.'), en('roster.remove'));
    const question = page.getByRole('alertdialog');
    await soon(() => question.innerText()).toContain(en('roster.remove-title', { name: 'Romeo M.' }));
    await question.getByRole('button', { name: en('common.cancel') }).click();
    await question.waitFor({ state: 'detached' });
    expect(await contactRow(page, 'Romeo M.').count()).toBe(1);

    await menuOf(contactRow(page, 'Romeo M.'), en('roster.remove'));
    await question.getByRole('button', { name: en('roster.remove-action') }).click();
    await contactRow(page, 'Romeo M.').waitFor({ state: 'detached' });
    await romeo.waitForOffline(juliet.jid);
    await soon(() => asSeenBy(romeo)).toBe('none');
  });

  it('a group of the administrator on Openfire: shown with a lock, and nothing of it can be changed', async () => {
    const openfire = connectServer('openfire');
    const [nora, ingrid] = await Promise.all([openfire.newAccount('nora'), openfire.newAccount('ingrid')]);
    const name = `Works ${nora.name.slice(-6)}`;
    await openfire.createGroup(name, [nora.name, ingrid.name]);
    await signOut(stage.page);
    const { page } = stage;
    await signIn(page, nora, openfire.wsUrl);
    const colleague = contactRow(page, ingrid.name);
    await colleague.waitFor();
    await group(name).locator('.lock').waitFor();
    await colleague.click({ button: 'right' });
    const menu = page.getByRole('menu');
    await menu.getByRole('menuitem', { name: en('roster.show-details') }).waitFor();
    expect(await menu.getByRole('menuitem', { name: en('roster.rename') }).count()).toBe(0);
    expect(await menu.getByRole('menuitem', { name: en('roster.remove') }).count()).toBe(0);
    await menu.getByRole('menuitem', { name: en('roster.show-details') }).click();
    const pane = page.getByRole('complementary', { name: en('shell.details') });
    await soon(() => pane.innerText()).toContain(en('roster.shared-contact'));
    await group(name).click({ button: 'right' });
    await menu.getByRole('menuitem', { name: en('roster.collapse') }).waitFor();
    expect(await menu.getByRole('menuitem', { name: en('roster.rename-group') }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await openfire.deleteGroup(name);
  });
});
