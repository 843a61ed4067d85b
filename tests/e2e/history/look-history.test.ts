import { afterAll, beforeAll, describe, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { lookAt, WIDE, type Look } from '../look';
import { furnish, jidAt, PASSWORD } from '../office';
import {
  accountOf,
  ask,
  composer,
  contactRow,
  en,
  log,
  openChat,
  openStage,
  settings,
  sidebar,
  signIn,
  soon,
  type Stage,
} from '../support';

describe('the look of requests, search and history', () => {
  let server: TestServer;
  let stage: Stage;
  let view: Look;
  let peers: ReadonlyMap<string, Peer> = new Map();
  let stranger: Peer;

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    view = lookAt(stage);
    await view.resize(WIDE);
    await settings(stage.page, { theme: 'light', ownDomainKnown: false });
    peers = await furnish(server);
    await server.createUser('devi', PASSWORD);
    stranger = await connectPeer(server, { jid: jid('devi'), password: PASSWORD }, { client: 'stanza' });
    await signIn(stage.page, { jid: jid('nora'), password: PASSWORD }, server.wsUrl);
    await openChat(stage.page, 'Maya Okafor');
    await say('maya', 'Meet in hal B', 'typo');
    await raw(
      'maya',
      `<message xmlns='jabber:client' type='chat' id='fix' to='${jid('nora')}'><body>Meet in hall B</body><replace xmlns='urn:xmpp:message-correct:0' id='typo'/></message>`,
    );
    await say('maya', 'The old printer is broken', 'regret');
    await raw(
      'maya',
      `<message xmlns='jabber:client' type='chat' id='undo' to='${jid('nora')}'><retract xmlns='urn:xmpp:message-retract:1' id='regret'/><store xmlns='urn:xmpp:hints'/></message>`,
    );
    await raw(
      'maya',
      `<message xmlns='jabber:client' type='headline' id='news' to='${jid('nora')}'><subject>Badge printers down tonight</subject><body>Maintenance begins at 18:00. Finish what you print before that.</body></message>`,
    );
    for (const text of [
      'The label printer is back on firmware 4.2.',
      '打印机已经改好了 https://files.northgate.example/a',
    ])
      await say('maya', text);
    await log(stage.page).getByText('打印机').waitFor();
  });
  afterAll(async () => {
    await Promise.allSettled([stranger, ...peers.values()].map((peer) => peer.disconnect()));
    await stage.stop();
    await server.stop();
  });

  const jid = (name: string): string => jidAt(server)(name);
  const say = (name: string, text: string, id?: string): Promise<string> =>
    peers.get(name)!.sendMessage(jid('nora'), text, id === undefined ? {} : { id });
  const raw = (name: string, xml: string): Promise<void> => peers.get(name)!.sendRaw(xml);

  it('messages that were changed, a notice, the earlier version', async () => {
    await view.lookAround('messages-kinds');
    await stage.page.getByRole('button', { name: en('conversation.edited') }).click();
    await stage.page.getByRole('dialog').waitFor();
    await view.look('messages-versions');
    await stage.page.keyboard.press('Escape');
  });

  it('a request, in the list and opened', async () => {
    const { page } = stage;
    await stranger.sendMessage(
      jid('nora'),
      'Good morning, we met at the fair. Do you still need pallets for the spring?',
    );
    const open = page.getByRole('button', { name: en('roster.request-open', { name: 'devi' }) });
    await open.click();
    await page.getByRole('region', { name: en('conversation.request-title', { name: 'devi' }) }).waitFor();
    await view.lookAround('request');
    await view.lookWith('request-zh-200', { language: 'zh-CN', textSize: 200 });
    await view.lookForced('request-forced');
    await view.narrowly(async () => {
      await view.look('request-narrow');
      await page.getByRole('button', { name: en('conversation.back-to-list') }).click();
      await open.waitFor();
      await view.look('requests-narrow');
    });
    await openChat(page, 'Maya Okafor');
  });

  it('T16 an address that is made to look like another, wherever somebody new is decided about', async () => {
    const { page } = stage;
    // The second letter is Cyrillic.
    const twin = 'm\u0430ya';
    await server.createUser(twin, PASSWORD);
    const peer = await connectPeer(server, { jid: jid(twin), password: PASSWORD }, { client: 'stanza' });
    const words = en('roster.address-like', { name: 'Maya Okafor', jid: jid('maya') });
    await peer.subscribe(jid('nora'));
    await sidebar(page).getByRole('listitem').filter({ hasText: words }).waitFor();
    await peer.sendMessage(jid('nora'), 'Can you send me the door code again?');
    await page.getByRole('button', { name: en('roster.request-open', { name: twin }) }).click();
    const bar = page.getByRole('region', { name: en('conversation.request-title', { name: twin }) });
    await bar.getByText(words).waitFor();
    await page.getByRole('button', { name: en('conversation.details') }).click();
    await page.getByRole('complementary').getByText(words).waitFor();
    await view.lookAround('twin');
    await page.getByRole('button', { name: en('roster.add-this') }).click();
    await page.getByRole('dialog').getByText(words).waitFor();
    await view.look('twin-add');
    await view.lookWith('twin-add-dark', { theme: 'dark' });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: en('shell.close-details') }).click();
    await sidebar(page)
      .getByRole('button', { name: en('roster.block-label', { name: twin }) })
      .click();
    await sidebar(page).getByRole('listitem').filter({ hasText: words }).waitFor({ state: 'detached' });
    await peer.disconnect();
    await openChat(page, 'Maya Okafor');
  });

  it('what the search finds, its filters, the place of a hit, and nothing found', async () => {
    const { page } = stage;
    await page.keyboard.press('Control+Shift+F');
    await page.keyboard.type('printer');
    const hits = sidebar(page).getByRole('listbox', { name: en('search.hits') });
    await hits.getByRole('option').first().waitFor();
    await view.look('search');
    await view.lookWith('search-dark', { theme: 'dark' });
    await view.lookWith('search-200', { textSize: 200 });
    await view.lookWith('search-zh-200', { language: 'zh-CN', textSize: 200 });
    await view.lookForced('search-forced');
    await view.lookWith('search-compact', { density: 'compact' });
    await hits.getByRole('option').last().click();
    await page.locator('article.hit').waitFor();
    await view.look('search-hit');
    await page.getByRole('button', { name: en('search.has-file'), exact: true }).click();
    await page.getByText(en('search.none-filters')).waitFor();
    await view.look('search-filters-none');
    await page.keyboard.press('Control+Shift+F');
    await page.keyboard.press('Escape');
    await page.keyboard.type('zebra');
    await page.getByText(en('search.none-title', { query: 'zebra' })).waitFor();
    await view.look('search-none');
    await page.keyboard.press('Escape');
    await page
      .getByRole('main')
      .getByRole('button', { name: en('shortcut.search-chat') })
      .click();
    await page.getByText(en('search.hint', { name: 'Maya Okafor' })).waitFor();
    await view.look('search-chat');
    await page.keyboard.press('Escape');
    await view.narrowly(async () => {
      await page.keyboard.press('Control+F');
      // The field comes with the list.
      await page.getByRole('searchbox', { name: en('search.in-chat', { name: 'Maya Okafor' }) }).fill('机');
      await page.locator('.hit mark').first().waitFor();
      await view.look('search-narrow');
      await page.keyboard.press('Escape');
    });
    await openChat(page, 'Maya Okafor');
  });

  it('privacy and storage, an export, a question', async () => {
    const { page } = stage;
    await page.keyboard.press('Control+,');
    await page
      .getByRole('navigation')
      .getByRole('button', { name: en('settings.privacy') })
      .click();
    const rules = page.getByRole('radiogroup', { name: en('settings.archive') });
    await rules.waitFor();
    const never = page.getByRole('region', { name: en('settings.archive-list-never') });
    const field = never.getByRole('textbox', { name: en('settings.archive-list-never') });
    await field.fill('no address@');
    await field.press('Enter');
    await never.getByRole('alert').waitFor();
    await field.fill(jid('maya'));
    await field.press('Enter');
    await never.getByRole('listitem').filter({ hasText: 'Maya Okafor' }).waitFor();
    // Another rule for the rest leaves the exceptions alone, at the server too.
    await rules.getByRole('radio', { name: en('settings.archive-roster') }).click();
    const held = async () => ask(page, 'archive.preferences', { account: await accountOf(page) });
    await soon(held).toEqual({ default: 'roster', always: [], never: [jid('maya')] });
    await never.scrollIntoViewIfNeeded();
    await view.look('archive-exceptions');
    await never.getByRole('button', { name: en('settings.archive-remove', { name: 'Maya Okafor' }) }).click();
    await soon(held).toEqual({ default: 'roster', always: [], never: [] });
    await rules.getByRole('radio', { name: en('settings.archive-always') }).click();
    await page.getByRole('heading', { name: en('settings.archive') }).scrollIntoViewIfNeeded();
    await view.lookAround('privacy');
    await view.lookWith('privacy-zh-200', { language: 'zh-CN', textSize: 200 });
    await view.lookForced('privacy-forced');
    await page
      .getByRole('navigation')
      .getByRole('button', { name: en('settings.storage') })
      .click();
    await page.getByText(en('settings.storage-oldest')).waitFor();
    await view.lookAround('storage');
    await view.lookWith('storage-zh-200', { language: 'zh-CN', textSize: 200 });
    await page.getByRole('button', { name: en('settings.export-open') }).click();
    await page.getByRole('dialog').waitFor();
    await view.look('export');
    await view.lookWith('export-dark', { theme: 'dark' });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: en('settings.delete-open') }).click();
    await page.getByRole('menuitem', { name: en('settings.delete-everything') }).click();
    await page.getByRole('alertdialog').waitFor();
    await view.look('delete-all');
    await page.getByRole('button', { name: en('common.cancel') }).click();
    // Until it is gone it is what Escape closes.
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
    await view.narrowly(() => view.look('storage-narrow'));
    await page.keyboard.press('Escape');
    await sidebar(page).waitFor();
  });

  it('somebody who is blocked, in the list, the details and the conversation', async () => {
    const { page } = stage;
    await contactRow(page, 'Tomás Herrera').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('roster.block'), exact: true }).click();
    await page.getByText(en('roster.blocked-done', { name: 'Tomás Herrera' })).waitFor();
    // Whom one blocks goes offline, and down in the list: not while one clicks.
    await soon(() => contactRow(page, 'Tomás Herrera').getAttribute('class')).toMatch(/\boff\b/u);
    await view.rest();
    await contactRow(page, 'Tomás Herrera').click();
    await page.getByRole('button', { name: en('conversation.details') }).click();
    await page
      .getByRole('region', { name: en('conversation.blocked-title', { name: 'Tomás Herrera' }) })
      .waitFor();
    await view.look('blocked');
    await page.getByRole('button', { name: en('shell.close-details') }).click();
  });

  it('a message that waits, and one that is being edited', async () => {
    const { page } = stage;
    await openChat(page, 'Maya Okafor');
    await server.crash();
    await page.getByText(en('conversation.offline')).waitFor();
    await composer(page, 'Maya Okafor').fill('This one waits for the line');
    await page.keyboard.press('Enter');
    await page.locator('.waits').waitFor();
    await log(page).getByText('This one waits').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('conversation.edit'), exact: true }).click();
    await page.getByText(en('conversation.editing')).waitFor();
    await view.look('editing');
    await view.lookWith('editing-dark', { theme: 'dark' });
  });
});
