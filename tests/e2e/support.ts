import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { createTranslator, type Translate } from '../../src-shared/i18n';
import type { Bridge, CallArgs, CallName, CallResult } from '../../src-shared/ipc/contract';
import type { Outcome } from '../../src-shared/ipc/errors';
import type { AccountId, AccountOptions } from '../../src-shared/model/account';
import type { Settings } from '../../src-shared/model/settings';
import { launchFlint, type Launched } from '../desktop/app';
import { until } from '../desktop/child';
import { startDesktop, type Desktop, type DesktopOptions } from '../desktop/desktop';
import type { Peer } from '../peers/peer';
import type { TestAccount } from '../servers/shared';
import { plainOptions } from '../support/core';
import { checkWithAxe } from './axe';

/** The words of the window, by their keys. */
export const en = createTranslator('en');
export const zh = createTranslator('zh-CN');

/** How long a specification waits for what the user should see: other suites may have the machine. */
export const PATIENCE_MS = 20_000;

/** Asks again until the expectation holds. */
export const soon = <T>(ask: () => T | Promise<T>) =>
  expect.poll(ask, { timeout: PATIENCE_MS, interval: 50 });

/** Flint on a desktop of its own; one for each file, with as many starts of it as the specifications need. */
export interface Stage {
  readonly desktop: Desktop;
  /** The running app: another one after each start. */
  readonly flint: Launched;
  readonly page: Page;
  /** Quits in order and starts again with the same data. */
  restart(): Promise<Page>;
  /** SIGKILL, then a start with the same data. */
  crash(): Promise<Page>;
  quit(): Promise<void>;
  /** Starts again after `quit`. */
  start(): Promise<Page>;
  /** Ends all of it; axe has no word to say of what the window shows at the end of a file. */
  stop(): Promise<void>;
}

/** Starts a desktop and Flint on it, with nobody signed in; `args`: for Chromium. */
export async function openStage(options: DesktopOptions = {}, args: readonly string[] = []): Promise<Stage> {
  const desktop = await startDesktop(options);
  const launch = async (userData?: string): Promise<Launched> => {
    const launched = await launchFlint({ desktop, args, ...(userData === undefined ? {} : { userData }) });
    launched.page.setDefaultTimeout(PATIENCE_MS);
    return launched;
  };
  let flint: Launched;
  try {
    flint = await launch();
  } catch (error) {
    await desktop.stop();
    throw error;
  }
  const start = async (): Promise<Page> => {
    flint = await launch(flint.userData);
    return flint.page;
  };
  return {
    desktop,
    get flint() {
      return flint;
    },
    get page() {
      return flint.page;
    },
    restart: async () => {
      await flint.close();
      return start();
    },
    crash: async () => {
      await flint.kill();
      return start();
    },
    quit: () => flint.close(),
    start,
    stop: async () => {
      try {
        if (!flint.page.isClosed()) await checkWithAxe(flint.page);
      } finally {
        await flint.close();
        await desktop.stop();
      }
    },
  };
}

/** A call of the contract, as the window itself makes it. */
export async function call<N extends CallName>(
  page: Page,
  name: N,
  args: CallArgs<N>,
): Promise<Outcome<CallResult<N>>> {
  const answer = await page.evaluate(
    ([n, a]) => (globalThis as unknown as { readonly api: Bridge }).api.call(n as string, a),
    [name, args] as const,
  );
  return (typeof answer === 'string' ? JSON.parse(answer) : answer) as Outcome<CallResult<N>>;
}

/** A call that has to succeed. */
export async function ask<N extends CallName>(
  page: Page,
  name: N,
  args: CallArgs<N>,
): Promise<CallResult<N>> {
  const outcome = await call(page, name, args);
  if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`);
  return outcome.value;
}

/** Changes settings the way the window's own do. */
export const settings = (page: Page, patch: Partial<Settings>): Promise<Settings> =>
  ask(page, 'settings.set', {
    patch: patch as CallArgs<'settings.set'>['patch'],
  });

/** The account that is shown; its id is what files and keyring entries are named after. */
export async function accountOf(page: Page): Promise<AccountId> {
  const [shown] = (await ask(page, 'app.state', {})).value.accounts;
  if (shown === undefined) throw new Error('nobody is signed in');
  return shown.account.id;
}

export const phaseOf = async (page: Page): Promise<string> =>
  (await ask(page, 'app.state', {})).value.accounts[0]?.connection.phase ?? 'none';

/**
 * A signed-in profile without the sign-in screen: the same call that the form makes, then the contact list.
 * @param server ws:// or wss:// address
 */
export async function signIn(
  page: Page,
  account: Pick<TestAccount, 'jid' | 'password'>,
  server: string,
  options: Partial<AccountOptions> = {},
): Promise<AccountId> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  const id = await ask(page, 'account.signIn', {
    jid: account.jid,
    password: account.password,
    options: { ...plainOptions, server, ...options },
  });
  await until(
    'the session',
    async () => ((await phaseOf(page)) === 'online' ? true : undefined),
    PATIENCE_MS,
  );
  await sidebar(page).waitFor();
  return id;
}

/** Signs out without asking, so that the next specification finds the sign-in screen. */
export async function signOut(page: Page): Promise<void> {
  const { accounts } = (await ask(page, 'app.state', {})).value;
  for (const { account } of accounts) await ask(page, 'account.signOut', { account: account.id });
  await page.getByRole('heading', { level: 1, name: en('signIn.title') }).waitFor();
}

/** Puts a peer into the contacts, each seeing the other's presence. The peer accepts and asks back by itself. */
export async function befriend(
  page: Page,
  peer: Peer,
  name: string | null = 'Romeo',
  groups: readonly string[] = ['Friends'],
): Promise<void> {
  const account = await accountOf(page);
  const jid = peer.bareJid;
  await ask(page, 'roster.add', { account, peer: jid, name, groups: [...groups], message: null });
  const state = async () => (await ask(page, 'roster.state', { account })).value;
  // Not `soon`, which is for the inside of a specification only.
  const wait = (what: string, holds: (now: Awaited<ReturnType<typeof state>>) => boolean): Promise<true> =>
    until(what, async () => (holds(await state()) ? true : undefined), PATIENCE_MS);
  await wait('the request of the peer', ({ requests }) => requests.some((request) => request.jid === jid));
  await ask(page, 'roster.accept', { account, peer: jid });
  await wait('both to see each other', ({ contacts }) =>
    contacts.some((one) => one.jid === jid && one.subscription === 'both' && one.presence.kind === 'online'),
  );
}

/** What is typed into the sign-in form. */
export interface Typed {
  readonly jid: string;
  readonly password?: string;
  readonly server?: string;
  readonly resource?: string;
}

/** Types into the sign-in form as the user does, up to the button. */
export async function typeSignIn(page: Page, typed: Typed, t: Translate = en): Promise<void> {
  await page.getByLabel(t('signIn.address'), { exact: true }).fill(typed.jid);
  await page.getByLabel(t('signIn.password'), { exact: true }).fill(typed.password ?? '');
  const more = page.getByRole('button', { name: t('signIn.more'), exact: true });
  if ((await more.getAttribute('aria-expanded')) !== 'true') await more.click();
  await page.getByLabel(t('signIn.server'), { exact: true }).fill(typed.server ?? '');
  await page.getByLabel(t('signIn.resource'), { exact: true }).fill(typed.resource ?? '');
}

/** Presses the form's one button, whatever it says (after a failure: try again). */
export const submit = (page: Page, t: Translate = en): Promise<void> =>
  page
    .getByRole('form', { name: t('signIn.form') })
    .locator('button[type=submit]')
    .click();

/** The window once somebody is signed in. */
export const sidebar = (page: Page, t: Translate = en): Locator =>
  page.getByRole('navigation', { name: t('shell.sidebar') });

export const contactRow = (page: Page, name: string): Locator =>
  page.getByRole('tree').getByRole('treeitem', { name });

export const composer = (page: Page, name = 'Romeo', t: Translate = en): Locator =>
  page.getByRole('textbox', { name: t('conversation.composer', { name }) });

export const log = (page: Page, t: Translate = en): Locator =>
  page.getByRole('log', { name: t('conversation.messages') });

/** Opens the conversation with a contact of the list. */
export async function openChat(page: Page, name = 'Romeo'): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    // While what is kept is read and the line comes up the list still moves: a press may miss its row, as a user's may.
    await contactRow(page, name).first().click();
    try {
      await composer(page, name).waitFor({ timeout: tries * 3_000 });
      return;
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

/** Main's own hand on the window: closing, minimising, bringing to front. */
export const inMain = async <T>(stage: Stage, run: (window: Electron.BrowserWindow) => T): Promise<T> => {
  const window = await stage.flint.app.browserWindow(stage.page);
  return window.evaluate<T>(run);
};

/** Of whoever comes while the stream is young nothing is told, for they were there before (roster.ts); a little more than that. */
const YOUNG_MS = 10_500;
/** Waits until those who come are news. @param signedIn epoch milliseconds */
export const settled = (signedIn: number): Promise<void> =>
  delay(Math.max(0, signedIn + YOUNG_MS - Date.now()));

/** Without the window in front messages are unread and make notifications. */
export async function putAway(stage: Stage): Promise<void> {
  await inMain(stage, (window) => {
    window.close();
  });
  await soon(() => inMain(stage, (window) => window.isVisible())).toBe(false);
}

export async function bringBack(stage: Stage): Promise<void> {
  await stage.desktop.tray.activate();
  await soon(() => inMain(stage, (window) => window.isFocused())).toBe(true);
}
