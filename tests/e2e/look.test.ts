import { AxeBuilder } from '@axe-core/playwright';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/support/paths';
import type { Settings } from '../../src-shared/model/settings';
import { shot } from '../desktop/app';
import { until } from '../desktop/child';
import { connectPeer } from '../peers/connect-peer';
import type { OwnPresence, Peer } from '../peers/peer';
import { connectServer } from '../servers/shared';
import type { TestServer } from '../servers/server';
import { startServer } from '../servers/start-server';
import {
  ask,
  composer,
  contactRow,
  en,
  inMain,
  openChat,
  openStage,
  settings,
  sidebar,
  signIn,
  signOut,
  soon,
  submit,
  typeSignIn,
  zh,
  type Stage,
} from './support';

/** null: not signed in. */
type Person = readonly [local: string, name: string, groups: readonly string[], presence: OwnPresence | null];
const PEOPLE: readonly Person[] = [
  ['maya', 'Maya Okafor', ['Production::Line 3'], { status: 'On the floor until 3' }],
  ['ingrid', 'Ingrid Solheim', ['Production::Line 3'], {}],
  ['tomas', 'Tomás Herrera', ['Production::Line 3'], { show: 'away', status: 'On the phone' }],
  ['piotr', 'Piotr Wiśniewski', ['Production::Line 3'], null],
  ['fatima', 'Fatima Zahra Bennani', ['Production'], { show: 'dnd', status: 'Audit, back at two' }],
  ['liwen', '李雯 Li Wen', ['Suzhou 苏州'], { show: 'chat', status: '在产线，随时可以问我' }],
  ['zixuan', '王子轩', ['Suzhou 苏州'], { show: 'xa', status: 'Back on Thursday' }],
  ['anneke', 'Anneke de Vries', ['Design'], { show: 'away' }],
];
const PASSWORD = 'nora’s own';
const WIDE = { width: 1280, height: 820 };

describe('the look of it', () => {
  let server: TestServer;
  let stage: Stage;
  const peers = new Map<string, Peer>();
  const jid = (name: string): string => `${name}@${server.domain}`;

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    await resize(WIDE);
    await settings(stage.page, { theme: 'light' });
  });
  afterAll(async () => {
    await Promise.allSettled([...peers.values()].map((peer) => peer.disconnect()));
    await stage.stop();
    await server.stop();
  });

  const resize = async (size: { readonly width: number; readonly height: number }): Promise<void> => {
    const content = await stage.flint.app.browserWindow(stage.page);
    await content.evaluate((window: Electron.BrowserWindow, to) => {
      window.setMinimumSize(300, 300);
      window.setContentSize(to.width, to.height);
    }, size);
    const fits = ([width, height]: readonly number[]): true | undefined =>
      width === size.width && height === size.height ? true : undefined;
    await until('the size', async () => fits(await stage.page.evaluate(() => [innerWidth, innerHeight])));
  };
  /** Runs in a window as narrow as a contact list. */
  const narrowly = async (run: () => Promise<void>): Promise<void> => {
    await resize({ width: 380, height: 720 });
    try {
      await run();
    } finally {
      await resize(WIDE);
    }
  };
  const rest = async (): Promise<void> => {
    await stage.page.mouse.move(0, 0);
    await stage.page.evaluate(async () => {
      await document.fonts.ready;
      const finite = document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
      await Promise.allSettled(finite.map((one) => one.finished));
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    });
  };
  /** A picture of what is on the screen, and no violation of what axe looks for. */
  const look = async (name: string): Promise<void> => {
    await rest();
    await shot(stage.page, name);
    const { violations } = await new AxeBuilder({ page: stage.page }).setLegacyMode().analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    ).toEqual([]);
    // Nothing is wider than the window: there is never a bar to scroll sideways.
    expect(await stage.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  };
  /** Looks with some settings changed, and puts them back. */
  const lookWith = async (
    name: string,
    patch: Partial<Settings>,
    before?: () => Promise<void>,
  ): Promise<void> => {
    const { settings: kept } = (await ask(stage.page, 'app.state', {})).value;
    await settings(stage.page, patch);
    try {
      await before?.();
      await look(name);
    } finally {
      const back = Object.keys(patch).map((key) => [key, kept[key as keyof Settings]] as const);
      await settings(stage.page, Object.fromEntries(back));
    }
  };
  const heading = (words: string): Promise<void> =>
    stage.page.getByRole('heading', { name: words }).first().waitFor();

  it('the sign-in screen, light, dark and in Chinese', async () => {
    await heading(en('signIn.title'));
    await look('sign-in');
    await stage.page.getByRole('button', { name: en('signIn.more'), exact: true }).click();
    await look('sign-in-more');
    await lookWith('sign-in-dark', { theme: 'dark' });
    await lookWith('sign-in-zh', { language: 'zh-CN' }, () => heading(zh('signIn.title')));
    await narrowly(() => look('sign-in-narrow'));
  });

  it('a sign-in that failed', async () => {
    await typeSignIn(stage.page, { jid: jid('nora'), password: 'wrong', server: server.wsUrl });
    await submit(stage.page);
    await stage.page.locator('li.step.failed').getByRole('alert').waitFor();
    await look('failure');
    await lookWith('failure-dark', { theme: 'dark' });
    await lookWith('failure-zh', { language: 'zh-CN' }, () => heading(zh('signIn.title')));
    await signOut(stage.page);
  });

  it('in a narrow window the words of a failure come into sight by themselves', () =>
    narrowly(async () => {
      await typeSignIn(stage.page, { jid: jid('nora'), password: 'wrong', server: server.wsUrl });
      await submit(stage.page);
      const card = stage.page.locator('li.step.failed').getByRole('alert');
      await card.waitFor();
      const visible = (): Promise<boolean> =>
        card.evaluate((one) => {
          const { top, bottom } = one.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        });
      await soon(visible).toBe(true);
      await look('failure-narrow');
      await signOut(stage.page);
    }));

  it('XML of a step', async () => {
    await typeSignIn(stage.page, { jid: jid('nora'), password: 'wrong', server: server.wsUrl });
    await submit(stage.page);
    await stage.page
      .locator('li.step.failed')
      .getByRole('button', { name: en('signIn.show-xml') })
      .click();
    await stage.page.locator('li.step.failed pre').first().waitFor();
    await look('failure-xml');
    await signOut(stage.page);
  });

  it('the question about a certificate', async () => {
    const openfire = connectServer('openfire');
    await typeSignIn(stage.page, {
      jid: `nora@${openfire.domain}`,
      password: 'any',
      server: openfire.wssUrl,
    });
    await submit(stage.page);
    await stage.page.getByRole('alertdialog').waitFor();
    await look('certificate');
    await lookWith('certificate-dark', { theme: 'dark' });
    await narrowly(() => look('certificate-narrow'));
    await signOut(stage.page);
  });

  it('an account with nobody in it', async () => {
    await server.createUser('nora', PASSWORD);
    await signIn(stage.page, { jid: jid('nora'), password: PASSWORD }, server.wsUrl);
    await stage.page.getByText(en('shell.empty-no-contacts'), { exact: true }).waitFor();
    await look('empty');
    await lookWith('empty-dark', { theme: 'dark' });
    await stage.page.keyboard.press('Control+N');
    await stage.page.getByRole('dialog').waitFor();
    await look('add-contact');
    await stage.page.keyboard.press('Escape');
    await signOut(stage.page);
  });

  it('a conversation among contacts: light, dark, Chinese, compact, 200 %', async () => {
    await furnish();
    await signIn(stage.page, { jid: jid('nora'), password: PASSWORD }, server.wsUrl);
    await contactRow(stage.page, '李雯 Li Wen').waitFor();
    await look('main-nothing-open');
    await openChat(stage.page, 'Maya Okafor');
    await converse();
    await look('main-light');
    await lookWith('main-dark', { theme: 'dark' });
    const chinese = (): Promise<void> => sidebar(stage.page, zh).waitFor();
    await lookWith('main-zh', { language: 'zh-CN' }, chinese);
    await lookWith('main-compact', { density: 'compact' });
    await lookWith('main-200', { textSize: 200 });
    await lookWith('main-150-dark', { textSize: 150, theme: 'dark' });
    if (process.env['FLINT_README_SHOT']) {
      await rest();
      await stage.page.screenshot({ path: join(root, 'docs', 'flint.png') });
    }
  });

  it('the details, the menus, the console', async () => {
    const { page } = stage;
    await page.getByRole('button', { name: en('conversation.details') }).click();
    await page.getByRole('complementary', { name: en('shell.details') }).waitFor();
    await look('details');
    await lookWith('details-dark', { theme: 'dark' });
    await page.getByRole('button', { name: en('shell.close-details') }).click();

    await page.getByRole('button', { name: en('shell.me-menu') }).click();
    await page.getByRole('menu').waitFor();
    await look('menu-presence');
    await page.keyboard.press('Escape');
    await contactRow(page, 'Maya Okafor').click({ button: 'right' });
    await page.getByRole('menu').waitFor();
    await look('menu-contact');
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+Shift+X');
    await page
      .getByRole('region', { name: en('console.title') })
      .locator('article')
      .first()
      .waitFor();
    await look('console');
    await lookWith('console-dark', { theme: 'dark' });
    await page.keyboard.press('Control+Shift+X');
    await rest();
    // All messages are in sight again: there is nothing to jump to.
    await soon(() => page.getByRole('button', { name: en('conversation.jump') }).count()).toBe(0);
  });

  it('questions in dialogs', async () => {
    const { page } = stage;
    await contactRow(page, 'Maya Okafor').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('roster.remove') }).click();
    await page.getByRole('alertdialog').waitFor();
    await look('dialog-remove');
    await page.getByRole('button', { name: en('common.cancel') }).click();
    await contactRow(page, 'Maya Okafor').click({ button: 'right' });
    await page.getByRole('menuitem', { name: en('roster.edit-groups') }).click();
    await page.getByRole('dialog').waitFor();
    await lookWith('dialog-groups-dark', { theme: 'dark' });
    await page.keyboard.press('Escape');
  });

  it('the settings, every page', async () => {
    const { page } = stage;
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { level: 1, name: en('settings.title') }).waitFor();
    for (const id of [
      'account',
      'appearance',
      'language',
      'chat',
      'notifications',
      'start-up',
      'about',
    ] as const) {
      await page
        .getByRole('navigation')
        .getByRole('button', { name: en(`settings.${id}`), exact: true })
        .click();
      await page.getByRole('heading', { level: 2, name: en(`settings.${id}`), exact: true }).waitFor();
      await look(`settings-${id}`);
    }
    await page
      .getByRole('navigation')
      .getByRole('button', { name: en('settings.appearance') })
      .click();
    await lookWith('settings-dark', { theme: 'dark' });
    await lookWith('settings-zh', { language: 'zh-CN' }, () => heading(zh('settings.appearance')));
    await page.keyboard.press('Escape');
    await sidebar(page).waitFor();
  });

  it('380 pixels wide: the list alone, then the conversation alone', () =>
    narrowly(async () => {
      const { page } = stage;
      await composer(page, 'Maya Okafor').waitFor();
      await look('narrow-conversation');
      await page.getByRole('button', { name: en('conversation.back-to-list') }).click();
      await contactRow(page, 'Maya Okafor').waitFor();
      await look('narrow-list');
      await lookWith('narrow-list-dark', { theme: 'dark' });
      await lookWith('narrow-list-compact', { density: 'compact' });
      await lookWith('narrow-list-zh', { language: 'zh-CN' });
    }));

  it('without a connection it says so, quietly', async () => {
    const { page } = stage;
    await openChat(page, 'Maya Okafor');
    await server.crash();
    await page.getByRole('region', { name: en('shell.notices') }).waitFor();
    await composer(page, 'Maya Okafor').fill('This one waits for the line');
    await page.keyboard.press('Enter');
    await page.locator('.waits').waitFor();
    await look('offline');
    await lookWith('offline-dark', { theme: 'dark' });
    await narrowly(() => look('offline-narrow'));
  });

  /** Everybody is in Nora's contacts, sees her and is seen; some have written already. */
  const furnish = async (): Promise<void> => {
    await Promise.all(PEOPLE.map(([name]) => server.createUser(name, PASSWORD)));
    for (const name of ['nora', ...PEOPLE.map(([local]) => local)])
      peers.set(
        name,
        await connectPeer(server, { jid: jid(name), password: PASSWORD }, { client: 'stanza' }),
      );
    const nora = peers.get('nora')!;
    for (const [local, name, groups] of PEOPLE) {
      await nora.setContact({ jid: jid(local), name, groups });
      await nora.subscribe(jid(local));
    }
    const mutual = async (): Promise<number> =>
      (await nora.roster()).filter(({ subscription }) => subscription === 'both').length;
    await soon(mutual).toBe(PEOPLE.length);
    await nora.disconnect();
    peers.delete('nora');
    await peers.get('ingrid')!.sendMessage(jid('nora'), 'Scanner log is in the shared folder');
    await peers.get('ingrid')!.sendMessage(jid('nora'), 'Have a look when you can');
    await peers.get('liwen')!.sendMessage(jid('nora'), '苏州这边也一样，已改好。Same fix here.');
    await peers.get('tomas')!.sendMessage(jid('nora'), 'Thanks, that did it.');
    for (const [local, , , presence] of PEOPLE)
      if (presence) await peers.get(local)!.setPresence(presence);
      else await peers.get(local)!.disconnect();
  };

  const converse = async (): Promise<void> => {
    const maya = peers.get('maya')!;
    const say = async (text: string): Promise<void> => {
      await maya.sendMessage(jid('nora'), text);
      await stage.page.getByRole('log').getByText(text).first().waitFor();
    };
    const answer = async (text: string): Promise<void> => {
      const field = composer(stage.page, 'Maya Okafor');
      await field.fill(text);
      await field.press('Enter');
      const heard = await maya.waitForMessage(({ body }) => body === text);
      await maya.sendReceipt(jid('nora'), heard.id ?? '');
    };
    await say('Are you in hall B already? The scanners have moved.');
    await answer('On my way, five minutes.');
    await say('Ingrid has drawn where they are now: https://files.northgate.example/hall-b');
    await answer('Much better than behind the pillar.');
    await say('And the label printer is back on firmware 4.2.');
    await say('First pallet at 10, the test sheet is at https://files.northgate.example/line3.pdf');
    await answer('Margins are fine on A6 👍');
    await answer(
      'On the 100 × 150 roll the barcode sits 2 mm low, so I moved the offset:\n\noffset_y = -2.0\ndpi = 300',
    );
    await say('That brings it up. 48 of 48 scanned 🎉');
    await say('李雯也确认了，苏州那边没有问题。');
    await answer('Then we are done before lunch.');
    await stage.page.locator('article .state').last().waitFor();
    await soon(() => stage.page.locator('article .state').last().innerText()).toBe(
      en('common.delivery-received'),
    );
    await maya.sendChatState(jid('nora'), 'composing');
    await stage.page.getByRole('status').filter({ hasText: 'Maya Okafor' }).waitFor();
    await inMain(stage, (window) => {
      window.focus();
    });
  };
});
