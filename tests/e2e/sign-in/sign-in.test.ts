import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stepIds } from '../../../src-shared/model/connection';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import { faultProxy, type FaultProxy } from '../../support/fault-proxy';
import {
  accountOf,
  en,
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
} from '../support';

/** Slow enough for the steps to be seen, each way. */
const SLOW_MS = 40;

describe('signing in', () => {
  let server: SharedServer;
  let stage: Stage;
  let proxy: FaultProxy;
  let slowUrl: string;
  let juliet: TestAccount;

  beforeAll(async () => {
    server = connectServer('prosody');
    const at = new URL(server.wsUrl);
    proxy = await faultProxy({ port: Number(at.port) });
    at.port = String(proxy.port);
    slowUrl = at.href;
    stage = await openStage();
  });
  afterAll(async () => {
    await stage.stop();
    await proxy.stop();
  });
  beforeEach(async () => {
    juliet = await server.newAccount('juliet', ' 1"<&> пароль 密码 \\0123 ');
    proxy.delay(SLOW_MS);
  });
  afterEach(async () => {
    await settings(stage.page, { language: 'en' });
    await signOut(stage.page);
  });

  /** Notes, in the page, every state that the list of steps was seen in. */
  const watchSteps = (listName: string): Promise<void> =>
    stage.page.evaluate((name) => {
      const seen: { headings: string[]; ticks: string[] } = { headings: [], ticks: [] };
      Object.assign(globalThis, { seen });
      const note = (list: string[], text: string): void => {
        if (text !== '' && !list.includes(text)) list.push(text);
      };
      const look = (): void => {
        const steps = document.querySelector(`ol[aria-label="${name}"]`);
        if (!steps) return;
        note(seen.headings, steps.parentElement?.querySelector('h2')?.textContent.trim() ?? '');
        for (const step of steps.querySelectorAll('li.done')) {
          const words = step.querySelector('.name')?.firstChild?.textContent?.trim() ?? '';
          note(seen.ticks, `${words} · ${step.querySelector('.num')?.textContent ?? ''}`);
        }
      };
      new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
      look();
    }, listName);
  const seen = (): Promise<{ readonly headings: readonly string[]; readonly ticks: readonly string[] }> =>
    stage.page.evaluate(
      () => (globalThis as unknown as { seen: { headings: string[]; ticks: string[] } }).seen,
    );

  it('the steps tick off one by one, in order, each with its time; then the contact list is there', async () => {
    await watchSteps(en('signIn.steps'));
    await typeSignIn(stage.page, { ...juliet, server: slowUrl });
    await submit(stage.page);
    await sidebar(stage.page).waitFor();
    const { ticks, headings } = await seen();
    expect(headings).toContain(en('signIn.connecting-to', { server: server.domain }));
    for (const tick of ticks) expect(tick).toMatch(/ · [\d,]+ ms$/);
    // With a typed address there is nothing to find, and that may be ticked or not.
    const names = ticks.map((tick) => tick.split(' · ')[0]).filter((name) => name !== en('step.discover'));
    const walked = stepIds.filter((id) => !['discover', 'tls', 'session'].includes(id));
    expect(names).toEqual(walked.map((id) => en(`step.${id}`)));
    expect(headings).toContain(en('signIn.connected-to', { server: server.domain }));
  });

  it('in Chinese: 正在连接, then 连接已建立', async () => {
    await settings(stage.page, { language: 'zh-CN' });
    await stage.page.getByRole('heading', { level: 1, name: zh('signIn.title') }).waitFor();
    await watchSteps(zh('signIn.steps'));
    await typeSignIn(stage.page, { ...juliet, server: slowUrl }, zh);
    await submit(stage.page, zh);
    await sidebar(stage.page, zh).waitFor();
    const { ticks, headings } = await seen();
    expect(headings.join('\n')).toContain('正在连接');
    expect(headings.join('\n')).toContain('连接已建立');
    expect(ticks.map((tick) => tick.split(' · ')[0])).toContain('登录');
    for (const tick of ticks) expect(tick).toMatch(/ · [\d,]+ 毫秒$/);
  });

  it('in Chinese: 已经关闭 when connecting is called off', async () => {
    await settings(stage.page, { language: 'zh-CN' });
    await stage.page.getByRole('heading', { level: 1, name: zh('signIn.title') }).waitFor();
    proxy.delay(600);
    await typeSignIn(stage.page, { ...juliet, server: slowUrl }, zh);
    await submit(stage.page, zh);
    await stage.page.getByRole('heading', { level: 2, name: /^正在连接/ }).waitFor();
    await stage.page.getByRole('button', { name: zh('signIn.cancel') }).click();
    await stage.page.getByRole('heading', { level: 2, name: '已经关闭' }).waitFor();
  });

  it('while it connects the button cancels, and the form is there again', async () => {
    proxy.delay(600);
    await typeSignIn(stage.page, { ...juliet, server: slowUrl });
    await submit(stage.page);
    await stage.page.getByRole('button', { name: en('signIn.cancel') }).click();
    await soon(() => stage.page.getByLabel(en('signIn.address'), { exact: true }).isEnabled()).toBe(true);
    await soon(() => proxy.lines).toBe(0);
  });

  it('T25 a step shows its XML, with the secrets hidden', async () => {
    await typeSignIn(stage.page, { ...juliet, password: 'quite wrong', server: server.wsUrl });
    await submit(stage.page);
    const failed = stage.page.locator('li.step.failed');
    await failed.getByRole('button', { name: en('signIn.show-xml') }).click();
    const auth = await failed.locator('pre').allInnerTexts();
    expect(auth[0]).toMatch(/^<auth .*mechanism="SCRAM-SHA-1"[^>]*>\[hidden\]<\/auth>$/s);
    expect(auth.join('')).toContain('not-authorized');
    expect(auth.join('')).not.toContain(Buffer.from('quite wrong').toString('base64'));
    await failed.getByRole('button', { name: en('signIn.hide-xml') }).click();
    const open = { step: en('step.open') };
    await stage.page.getByRole('button', { name: en('signIn.show-xml-of', open) }).click();
    const opened = stage.page
      .locator('li.step.done')
      .filter({ hasText: en('step.open') })
      .first();
    await soon(() => opened.locator('pre').allInnerTexts()).toHaveLength(2);
    expect(await opened.locator('pre').first().innerText()).toContain(`to="${server.domain}"`);
    const features = { step: en('step.features') };
    await stage.page.getByRole('button', { name: en('signIn.show-xml-of', features) }).click();
    const learnt = stage.page.locator('li.step.done').filter({ hasText: en('step.features') });
    await soon(() =>
      learnt
        .locator('pre')
        .allInnerTexts()
        .then((all) => all.join('\n')),
    ).toMatch(/^<stream:features[^]*<mechanism>SCRAM-SHA-1<\/mechanism>/);
  });

  it('the XML console shows the stream, filters it and sends', async () => {
    const { page } = stage;
    await signIn(page, juliet, server.wsUrl);
    await page.keyboard.press('Control+Shift+X');
    const console = page.getByRole('region', { name: en('console.title') });
    const stanzas = console.getByRole('log').locator('article');
    await stanzas.first().waitFor();

    const find = console.getByRole('searchbox');
    await find.fill('scram-sha-1');
    await soon(() => stanzas.allInnerTexts().then((all) => all.join('\n'))).toContain('[hidden]');
    for (const text of await stanzas.allInnerTexts()) expect(text.toLowerCase()).toContain('scram-sha-1');
    await find.fill('');
    await console.getByRole('button', { name: en('console.kind-presence') }).click();
    await soon(async () => (await stanzas.locator('pre').allInnerTexts()).length).toBeGreaterThan(0);
    for (const text of await stanzas.locator('pre').allInnerTexts()) expect(text).toMatch(/^<presence/);
    await console.getByRole('button', { name: en('console.kind-iq') }).click();
    await console.getByRole('button', { name: en('console.in'), exact: true }).click();
    await soon(async () => new Set(await stanzas.locator('.way').allInnerTexts())).toEqual(
      new Set([en('console.in')]),
    );
    await console.getByRole('button', { name: en('console.in'), exact: true }).click();

    const input = console.getByRole('textbox', { name: en('console.input') });
    await input.fill('<iq type="get" id="by-hand"><ping xmlns="urn:xmpp:ping"/></iq>');
    await page.keyboard.press('Enter');
    await find.fill('by-hand');
    await soon(() => stanzas.locator('.way').allInnerTexts()).toEqual([en('console.out'), en('console.in')]);
    await soon(() => stanzas.last().locator('pre').innerText()).toMatch(/type=.result./);
    await soon(() => input.inputValue()).toBe('');

    await input.fill('<iq type="get"');
    await page.keyboard.press('Enter');
    await soon(() => console.getByRole('alert').innerText()).toBe(en('error.bad-xml'));
    expect(await input.inputValue()).toBe('<iq type="get"');
    await page.keyboard.press('Control+Shift+X');
    await console.waitFor({ state: 'detached' });
  });

  it('the console opens on the sign-in screen too, where connecting can be watched', async () => {
    const { page } = stage;
    await page.keyboard.press('Control+Shift+X');
    const console = page.getByRole('region', { name: en('console.title') });
    await console.waitFor();
    // Filtered, so that what is first stays in sight while the list follows its end.
    await console.getByRole('searchbox').fill('xmpp-framing');
    await typeSignIn(page, { ...juliet, server: slowUrl });
    await submit(page);
    await soon(() => console.getByRole('log').locator('pre').first().innerText()).toMatch(/^<open/);
    await sidebar(page).waitFor();
    await page.keyboard.press('Control+Shift+X');
    await console.waitFor({ state: 'detached' });
  });

  it('signing out forgets: password and key leave the keyring, the history leaves the disk', async () => {
    const { page, desktop, flint } = stage;
    const id = await signIn(page, juliet, server.wsUrl);
    expect(await accountOf(page)).toBe(id);
    const kept = async (): Promise<readonly string[]> =>
      (await desktop.keyring.secrets()).map(({ attributes }) => attributes['account'] ?? '').sort();
    const files = (): readonly string[] =>
      (readdirSync(flint.userData, { recursive: true }) as string[]).filter((name) => name.includes(id));
    await soon(kept).toEqual([`password:${id}`, `store-key:${id}`]);
    expect((await desktop.keyring.secrets()).map(({ secret }) => secret)).toContain(juliet.password);
    expect(files()).not.toEqual([]);

    await page.getByRole('button', { name: en('shell.me-menu') }).click();
    await page.getByRole('menuitem', { name: en('shell.sign-out') }).click();
    const question = page.getByRole('alertdialog');
    await soon(() => question.innerText()).toContain(juliet.jid);
    await question.getByRole('button', { name: en('shell.sign-out') }).click();

    await page.getByRole('heading', { level: 1, name: en('signIn.title') }).waitFor();
    await soon(kept).toEqual([]);
    await soon(files).toEqual([]);
    const accounts = join(flint.userData, 'accounts.json');
    expect(existsSync(accounts) ? readFileSync(accounts, 'utf8') : '').not.toContain(juliet.name);
  });
});
