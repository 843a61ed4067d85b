import type { Page } from 'playwright';
import { createTranslator, matchLocale, type Translate } from '../../src-shared/i18n';
import type { AccountState } from '../../src-shared/ipc/states';
import type { Settings } from '../../src-shared/model/settings';

const SIGN_IN_MS = 30_000;

/** The words that the window speaks at this moment. */
export async function wordsOf(page: Page): Promise<Translate> {
  return createTranslator(matchLocale([(await page.locator('html').getAttribute('lang')) ?? '']));
}

/** Types into the sign-in form as the user would, up to the button. */
export async function fillSignIn(
  page: Page,
  account: { readonly jid: string; readonly password: string },
  server: string,
): Promise<void> {
  const t = await wordsOf(page);
  await page.getByLabel(t('signIn.address'), { exact: true }).fill(account.jid);
  await page.getByLabel(t('signIn.password'), { exact: true }).fill(account.password);
  const more = page.getByRole('button', { name: t('signIn.more'), exact: true });
  if ((await more.getAttribute('aria-expanded')) !== 'true') await more.click();
  await page.getByLabel(t('signIn.server'), { exact: true }).fill(server);
}

/** Presses the button and waits for the contact list. */
export async function submitSignIn(page: Page): Promise<void> {
  const t = await wordsOf(page);
  await page.getByRole('button', { name: t('signIn.sign-in'), exact: true }).click();
  await page.getByRole('treeitem').first().waitFor({ timeout: SIGN_IN_MS });
}

/** Opens the conversation with a contact of the list. */
export async function openChat(page: Page, name: string): Promise<void> {
  const tree = page.getByRole('tree').getByRole('treeitem', { name });
  await tree.first().click();
}

/** Writes into the open conversation. */
export async function write(page: Page, name: string, text: string): Promise<void> {
  const t = await wordsOf(page);
  await page.getByRole('textbox', { name: t('conversation.composer', { name }) }).fill(text);
  await page.keyboard.press('Enter');
}

/** Changes settings the way the window's own settings do: by the contract. */
export async function change(page: Page, patch: Partial<Settings>): Promise<void> {
  await call(page, 'settings.set', { patch });
}

/** The ids of the accounts that are signed in, under which the app keeps its secrets. */
export async function accountIds(page: Page): Promise<readonly string[]> {
  const state = await call(page, 'app.state', {});
  const { accounts } = (state as { value: { value: { accounts: readonly AccountState[] } } }).value.value;
  return accounts.map(({ account }) => account.id);
}

function call(page: Page, name: string, args: unknown): Promise<unknown> {
  return page.evaluate(`window.api.call(${JSON.stringify(name)}, ${JSON.stringify(args)})`);
}
