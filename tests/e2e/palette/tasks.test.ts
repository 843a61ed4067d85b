import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/support/paths';
import {
  accountOf,
  ask,
  composer,
  contactRow,
  en,
  log,
  openChat,
  settings,
  sidebar,
  signOut,
  soon,
  zh,
} from '../support';
import { openTalk, type Talk } from '../talk-kit';

/** The table of docs/tasks.md: what each task takes in Flint, and (null: not there) in Spark. */
const table = new Map(
  [
    ...readFileSync(join(root, 'docs/tasks.md'), 'utf8').matchAll(/^\| ([^|]+) \| (\d+) \| (\d+|–) \|/gmu),
  ].map(([, task = '', flint, spark]) => [
    task,
    { flint: Number(flint), spark: spark === '–' ? null : Number(spark) },
  ]),
);

/** Clicks and keys of the user since the last question; what is typed as text counts nothing. */
interface Counter {
  steps?: number;
}

describe('the commonest tasks', () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await openTalk();
    await page().evaluate(() => {
      const counter = globalThis as Counter;
      counter.steps = 0;
      const count = (): void => void (counter.steps = (counter.steps ?? 0) + 1);
      addEventListener('pointerdown', count, true);
      addEventListener(
        'keydown',
        ({ key, ctrlKey, metaKey, altKey, target }) => {
          const written = (target as Element).matches('input, textarea');
          const text = written && key.length === 1 && !ctrlKey && !metaKey && !altKey;
          if (!text && !['Control', 'Shift', 'Alt', 'Meta'].includes(key)) count();
        },
        true,
      );
    });
  });
  afterAll(() => talk.stop());

  const page = () => talk.stage.page;
  const press = (key: string): Promise<void> => page().keyboard.press(key);
  const type = (text: string): Promise<void> => page().keyboard.type(text);
  const item = (name: string): Locator => page().getByRole('menuitem', { name });
  const steps = (): Promise<number> =>
    page().evaluate(() => {
      const counter = globalThis as Counter;
      const { steps: done = 0 } = counter;
      counter.steps = 0;
      return done;
    });
  const done = new Set<string>();
  /** Does a task, checks that it is done, and holds what it took against the table and against Spark. */
  const task = async (
    name: string,
    run: () => Promise<void>,
    isDone: () => Promise<unknown>,
  ): Promise<void> => {
    await steps();
    await run();
    await isDone();
    const row = table.get(name);
    expect(row, `docs/tasks.md has “${name}”`).toBeDefined();
    expect(await steps(), name).toBe(row?.flint);
    expect(row?.flint).toBeLessThanOrEqual(row?.spark ?? Infinity);
    done.add(name);
  };
  const focused = (field: Locator): Promise<unknown> =>
    soon(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
  const heard = async (peer: Talk['romeo'], text: string): Promise<void> => {
    await peer.waitForMessage(({ body }) => body === text);
  };
  const me = (): Locator => sidebar(page()).getByRole('button', { name: en('shell.me-menu') });
  const shownStatus = async () => (await ask(page(), 'app.state', {})).value.accounts[0]?.presence;

  it('write to a contact, answer what came, find a person and write', async () => {
    await task(
      'write to a contact',
      async () => {
        await contactRow(page(), 'Romeo').click();
        await focused(composer(page()));
        await type('good morrow');
        await press('Enter');
      },
      () => heard(talk.romeo, 'good morrow'),
    );
    await talk.nurse.sendMessage(talk.juliet.jid, 'Madam!');
    await talk.chatRow('Nurse').waitFor();
    await task(
      'answer what came',
      async () => {
        await talk.chatRow('Nurse').click();
        await focused(composer(page(), 'Nurse'));
        await type('anon');
        await press('Enter');
      },
      () => heard(talk.nurse, 'anon'),
    );
    await task(
      'find a person and write',
      async () => {
        await press('Control+k');
        await page().getByRole('dialog').getByRole('combobox').waitFor();
        await type('fri');
        await page().getByRole('option', { name: /Friar/u }).first().waitFor();
        await press('Enter');
        await focused(composer(page(), 'Friar'));
        await type('come');
        await press('Enter');
      },
      () => heard(talk.friar, 'come'),
    );
  });

  it('change presence, with a text of one’s own too', async () => {
    await task(
      'change presence',
      async () => {
        await me().click();
        await page()
          .getByRole('menuitemradio', { name: en('presence.away'), exact: true })
          .click();
      },
      () => soon(async () => (await shownStatus())?.kind).toBe('away'),
    );
    await task(
      'change presence with a text',
      async () => {
        await me().click();
        await item(en('shell.custom-open')).click();
        await focused(page().getByRole('dialog').getByRole('textbox'));
        await type('at the friar’s cell');
        await press('Enter');
      },
      () => soon(async () => (await shownStatus())?.status).toBe('at the friar’s cell'),
    );
  });

  it('find a message, add a contact, mute a chat', async () => {
    const field = sidebar(page()).getByRole('searchbox');
    await openChat(page(), 'Nurse');
    await task(
      'find a message of last month',
      async () => {
        await press('Control+Shift+F');
        await focused(field);
        await type('morrow');
        await page()
          .getByRole('listbox', { name: en('search.hits') })
          .getByRole('option')
          .first()
          .click();
      },
      () => log(page()).locator('article.hit').filter({ hasText: 'good morrow' }).waitFor(),
    );
    await field.fill('');
    const account = await accountOf(page());
    await task(
      'add a contact',
      async () => {
        await press('Control+n');
        await focused(page().getByLabel(en('roster.add-address'), { exact: true }));
        await type(`tybalt@${talk.juliet.jid.split('@')[1] ?? ''}`);
        await press('Enter');
      },
      () =>
        soon(async () =>
          (await ask(page(), 'roster.state', { account })).value.contacts.some(({ jid }) =>
            jid.startsWith('tybalt@'),
          ),
        ).toBe(true),
    );
    const muted = async () =>
      (await ask(page(), 'chats.list', { account })).value.find(({ peer }) => peer === talk.nurse.bareJid)
        ?.marks.mutedUntil;
    await task(
      'mute a chat',
      async () => {
        await talk.chatRow('Nurse').click({ button: 'right' });
        await item(en('chats.mute')).hover();
        await item(en('chats.mute-hour')).click();
      },
      () => soon(async () => (await muted()) !== null).toBe(true),
    );
  });

  it('see who somebody is, rename a contact, send an emoji, clear a conversation', async () => {
    const friar = contactRow(page(), 'Friar');
    const aside = page().getByRole('complementary', { name: en('shell.details') });
    await task(
      'see who somebody is',
      async () => {
        await friar.click({ button: 'right' });
        await item(en('roster.show-details')).click();
      },
      () => aside.waitFor(),
    );
    await task(
      'rename a contact',
      async () => {
        await friar.click({ button: 'right' });
        await item(en('roster.rename')).click();
        // In its place in the list, with the whole name selected.
        await focused(page().getByRole('tree').getByRole('textbox'));
        await type('Laurence');
        await press('Enter');
      },
      () => contactRow(page(), 'Laurence').waitFor(),
    );
    await openChat(page(), 'Romeo');
    await task(
      'send an emoji',
      async () => {
        await page()
          .getByRole('button', { name: en('emoji.title') })
          .click();
        await page()
          .getByRole('listbox', { name: en('emoji.title') })
          .getByRole('option')
          .first()
          .click();
        await focused(composer(page()));
        await press('Enter');
      },
      async () => void (await talk.romeo.waitForMessage(({ body }) => /\p{Emoji}/u.test(body ?? ''))),
    );
    await task(
      'clear a conversation',
      async () => {
        await page()
          .getByRole('button', { name: en('conversation.menu') })
          .click();
        await item(en('roster.delete-chat')).click();
        await page()
          .getByRole('alertdialog')
          .getByRole('button', { name: en('history.delete-action') })
          .click();
      },
      () => soon(() => talk.chatRow('Romeo').count()).toBe(0),
    );
  });

  it('change a setting, change the language', async () => {
    const palette = () => page().getByRole('dialog').getByRole('combobox');
    const offers = (words: string): Promise<void> =>
      page().getByRole('option', { name: words }).first().waitFor();
    const now = async () => (await ask(page(), 'app.state', {})).value;
    await task(
      'change a setting',
      async () => {
        await press('Control+k');
        await palette().waitFor();
        await type('shakes the window');
        await offers(en('settings.buzz'));
        await press('Enter');
        await focused(page().getByRole('switch', { name: en('settings.buzz'), exact: true }));
        await press('Space');
      },
      () => soon(async () => (await now()).settings.buzz).toBe(false),
    );
    await press('Escape');
    await sidebar(page()).waitFor();
    await task(
      'change the language',
      async () => {
        await press('Control+k');
        await palette().waitFor();
        await type('language');
        await offers(en('settings.language'));
        await press('Enter');
        await page().getByRole('radio', { name: '简体中文' }).click();
      },
      () =>
        page()
          .getByRole('heading', { level: 1, name: zh('settings.title') })
          .waitFor(),
    );
    await settings(page(), { language: 'en' });
  });

  it('sign in for the first time', async () => {
    await signOut(page());
    // As at the first start: the address has the keyboard.
    await focused(page().getByLabel(en('signIn.address'), { exact: true }));
    await page()
      .getByRole('button', { name: en('signIn.more'), exact: true })
      .click();
    // Elsewhere the domain leads there.
    await page().getByLabel(en('signIn.server'), { exact: true }).fill(talk.server.wsUrl);
    const address = page().getByLabel(en('signIn.address'), { exact: true });
    await address.focus();
    const { jid, password } = talk.juliet;
    await task(
      'sign in for the first time',
      async () => {
        await type(jid);
        await press('Tab');
        await focused(page().getByLabel(en('signIn.password'), { exact: true }));
        await type(password);
        await press('Enter');
      },
      () => sidebar(page()).waitFor(),
    );
    // Nothing is in the table that nobody has counted.
    expect([...done].sort()).toEqual([...table.keys()].sort());
    expect(done.size).toBe(15);
  });
});
