import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { accountOf, ask, en, settings, sidebar } from '../e2e/support';
import { handsOf } from './hands';
import { openOffice, type Office } from './seeded';

/** Every page of the settings, what is asked there, and what is said above them. */
let office: Office;
const hands = handsOf(() => office);
const { page, dialog, press, escape, stay, scene, button } = hands;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await page().reload();
  await sidebar(page()).waitFor();
});

const go = async (name: string): Promise<void> => {
  const heading = page().getByRole('heading', { level: 1, name: en('settings.title') });
  if (!(await heading.isVisible())) await press('Control+,');
  await heading.waitFor();
  await page().getByRole('navigation').getByRole('button', { name, exact: true }).click();
  await page().getByRole('heading', { level: 2, name, exact: true }).waitFor();
};
/** Out of the settings again, where nothing lies over them. */
const leave = async (): Promise<void> => {
  await escape();
  await sidebar(page()).waitFor();
};

describe('the gallery: settings', () => {
  /** As they stand there: a new page is on the wall by itself. */
  const names = async (): Promise<readonly string[]> => {
    const nav = page().getByRole('navigation', { name: en('settings.title') });
    if (!(await nav.isVisible())) await press('Control+,');
    await nav.waitFor();
    return (await nav.locator('.pages button').allInnerTexts()).map((name) => name.trim());
  };
  const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  /** All of them are taken, whatever is wrong with one. */
  const ofAll = async (take: (name: string) => Promise<void>): Promise<void> => {
    const wrong: unknown[] = [];
    for (const name of await names()) await take(name).catch((error: unknown) => wrong.push(name, error));
    if (wrong.length > 0) throw new Error(wrong.map(String).join('\n'));
  };
  it('every page', () => ofAll((name) => scene(`50-settings-${slug(name)}`, () => go(name), stay)), 600_000);
  it('and its end, where large text makes it longer than the window', async () => {
    const main = page().getByRole('main');
    await ofAll(async (name) => {
      await go(name);
      await settings(page(), { textSize: 200 });
      const fits = await main.evaluate((one) => one.scrollHeight <= one.clientHeight);
      await settings(page(), { textSize: 100 });
      if (fits) return;
      await office.hang({
        name: `51-settings-${slug(name)}-end`,
        open: stay,
        each: () => main.evaluate((one) => one.scrollTo(0, one.scrollHeight)),
      });
    });
  }, 600_000);
  it('a search for a setting', () =>
    scene(
      '70-settings-search',
      async () => {
        await go(en('settings.appearance'));
        await page()
          .getByRole('searchbox', { name: en('settings.search') })
          .fill('Flint');
        await page().getByRole('navigation').getByRole('listitem').first().waitFor();
      },
      () =>
        page()
          .getByRole('searchbox', { name: en('settings.search') })
          .fill(''),
    ));
  it('a new password', () =>
    scene('71-password', async () => {
      await go(en('settings.account'));
      await page()
        .getByRole('button', { name: en('settings.change-password') })
        .click();
      await dialog().waitFor();
    }));
  it('a saved message', () =>
    scene('72-saved-message', async () => {
      await go(en('settings.presence'));
      await page()
        .getByRole('button', { name: en('settings.saved-add') })
        .click();
      await dialog().waitFor();
    }));
  it('all messages go', () =>
    scene(
      '73-delete-all',
      async () => {
        await go(en('settings.storage'));
        await page()
          .getByRole('button', { name: en('settings.delete-open') })
          .click();
        await page()
          .getByRole('menuitem', { name: en('settings.delete-everything') })
          .click();
        await dialog().waitFor();
      },
      async () => {
        await page()
          .getByRole('button', { name: en('common.cancel') })
          .click();
        await dialog().waitFor({ state: 'hidden' });
        await leave();
      },
    ));
  it('where it connects to', () =>
    scene('71b-line', async () => {
      await go(en('settings.connection'));
      await button('settings.line-change');
      await dialog().waitFor();
    }));
  it('contacts alone may write, and others have', () =>
    office.hang({
      name: '73b-contacts-only',
      open: async () => {
        await settings(page(), { contactsOnly: true });
        await go(en('settings.privacy'));
        await page()
          .getByRole('region', { name: en('settings.write-aside') })
          .getByText('devi')
          .first()
          .waitFor();
      },
      each: () =>
        page()
          .locator('.aside')
          .evaluate((one) => {
            one.scrollIntoView({ block: 'center' });
          }),
      close: () => settings(page(), { contactsOnly: false }),
    }));
  it('some are blocked, and whether all are let in again', () =>
    scene('73c-unblock-all', async () => {
      const account = await accountOf(page());
      for (const name of ['fatima', 'piotr'])
        await ask(page(), 'block.add', { account, peer: office.jid(name) });
      await go(en('settings.privacy'));
      await button('settings.blocked-all');
      await dialog().waitFor();
    }));
});

describe('the gallery: above the settings', () => {
  it('what came of what was done', () =>
    scene(
      '7a-settings-notice',
      async () => {
        await leave();
        await sidebar(page())
          .getByRole('listbox', { name: en('roster.chats') })
          .getByRole('option', { name: 'Tomás Herrera' })
          .click({ button: 'right' });
        await hands.item('roster.block');
        await page()
          .getByRole('region', { name: en('shell.notices') })
          .waitFor();
        await go(en('settings.privacy'));
      },
      stay,
    ));
  it('there is no connection', () =>
    scene(
      '7b-settings-offline',
      async () => {
        await office.server.crash();
        await page().getByText(en('shell.connection-waiting-text'), { exact: false }).waitFor();
        await go(en('settings.connection'));
      },
      stay,
    ));
  it('nor are there answers', () =>
    scene('7c-settings-offline-privacy', () => go(en('settings.privacy')), stay));
});
