import { createServer as createHttp } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Translate } from '../../../src-shared/i18n';
import type { FailureCode, StepId } from '../../../src-shared/model/connection';
import { newAccount, connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { hostileServer } from '../../support/hostile-server';
import {
  en,
  openStage,
  settings,
  sidebar,
  signOut,
  soon,
  submit,
  typeSignIn,
  zh,
  type Stage,
  type Typed,
} from '../support';

/** Listens on loopback until the end of the specification; answers the port. */
type Listening = (server: Server) => Promise<number>;

describe('a sign-in that fails says what happened, what it means and what to do', () => {
  let server: SharedServer;
  let stage: Stage;
  let account: TestAccount;
  const endings: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    server = connectServer('prosody');
    [stage, account] = await Promise.all([openStage(), server.newAccount('juliet')]);
  });
  afterAll(() => stage.stop());
  afterEach(async () => {
    await settings(stage.page, { language: 'en' });
    await signOut(stage.page);
    for (const end of endings.splice(0)) await end();
  });

  const listen: Listening = async (socket) => {
    await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve));
    endings.push(async () => {
      (socket as Partial<{ closeAllConnections(): void }>).closeAllConnections?.();
      socket.close();
    });
    return (socket.address() as AddressInfo).port;
  };
  const http = (status: number, body: string): Promise<number> =>
    listen(
      createHttp((_request, response) => {
        response.writeHead(status, { 'content-type': 'text/html' }).end(body);
      }),
    );
  const card = (): ReturnType<Stage['page']['locator']> =>
    stage.page.locator('li.step.failed').getByRole('alert');
  const tryTo = async (typed: Typed, t: Translate = en): Promise<void> => {
    await typeSignIn(stage.page, { password: account.password, ...typed }, t);
    await submit(stage.page, t);
  };
  /** The failed step is marked, and title, meaning and remedy of the failure stand below it. */
  const expectFailure = async (
    code: FailureCode,
    step: StepId,
    params: Readonly<Record<string, string>> = {},
    t: Translate = en,
  ): Promise<void> => {
    await soon(() => card().innerText()).toContain(t(`failure.${code}-title`));
    const words = (await card().innerText()).replace(/\s+/g, ' ');
    expect(words).toContain(t(`failure.${code}-meaning`, params));
    expect(words).toContain(t(`failure.${code}-remedy`, params));
    expect(words).not.toMatch(/[{}]/);
    const failed = stage.page.locator('li.step.failed');
    expect(await failed.count()).toBe(1);
    expect(await failed.locator('.name').innerText()).toContain(t(`step.${step}`));
    await soon(() => stage.page.getByLabel(t('signIn.address'), { exact: true }).isEnabled()).toBe(true);
  };

  it('wrong password; the field takes another one, and that signs in', async () => {
    await tryTo({ jid: account.jid, password: 'wrong', server: server.wsUrl });
    await expectFailure('not-authorized', 'auth');
    const field = stage.page.getByLabel(en('signIn.password'), { exact: true });
    expect(await field.inputValue()).toBe('');
    await stage.page.getByRole('button', { name: en('signIn.type-again') }).click();
    await soon(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
    await stage.page.keyboard.type(account.password);
    await stage.page.keyboard.press('Enter');
    await sidebar(stage.page).waitFor();
  });

  it('an account that the server does not know: it does not say which of the two is wrong', async () => {
    await tryTo({ jid: `nobody-here@${server.domain}`, server: server.wsUrl });
    await expectFailure('not-authorized', 'auth');
  });

  it('in Chinese too', async () => {
    await settings(stage.page, { language: 'zh-CN' });
    await stage.page.getByRole('heading', { level: 1, name: zh('signIn.title') }).waitFor();
    await tryTo({ jid: account.jid, password: '错误', server: server.wsUrl }, zh);
    await expectFailure('not-authorized', 'auth', {}, zh);
    expect(await card().innerText()).toContain('服务器拒绝了这个用户名和密码。');
  });

  it('a host that does not exist', async () => {
    await tryTo({ jid: account.jid, server: 'wss://no-such-host.invalid:7443/ws/' });
    await expectFailure('unknown-host', 'discover');
  });

  it('a port where nothing listens', async () => {
    const gone = await hostileServer();
    await gone.stop();
    await tryTo({ jid: account.jid, server: gone.url });
    await expectFailure('refused', 'tcp');
  });

  it.each([404, 200])('a web server that answers %i with HTML', async (status) => {
    const port = await http(status, '<!doctype html><title>Welcome</title><h1>It works</h1>');
    await tryTo({ jid: account.jid, server: `ws://127.0.0.1:${String(port)}/ws/` });
    await expectFailure('not-websocket', 'websocket', { status: String(status) });
    expect(await stage.page.getByText('It works').count()).toBe(0);
  });

  it('a WebSocket that is not one for XMPP', async () => {
    const other = await hostileServer(() => undefined, { protocol: null });
    endings.push(() => other.stop());
    await tryTo({ jid: account.jid, server: other.url });
    await expectFailure('no-subprotocol', 'websocket');
  });

  it('a server that is in charge of another domain', async () => {
    await tryTo({ jid: 'juliet@capulet.example', server: server.wsUrl });
    await soon(() => card().innerText()).toContain(en('failure.wrong-domain-title'));
    expect(await card().innerText()).toContain(en('failure.wrong-domain-remedy'));
  });

  it('a server that accepts the line and says nothing', async () => {
    const port = await listen(createServer((socket) => socket.on('error', () => undefined)));
    await tryTo({ jid: account.jid, server: `ws://127.0.0.1:${String(port)}/ws/` });
    await expectFailure('timeout', 'websocket');
  });

  it('the report for an administrator goes to the clipboard, without the name', async () => {
    await tryTo({ jid: account.jid, password: 'wrong', server: server.wsUrl });
    await expectFailure('not-authorized', 'auth');
    await card()
      .getByRole('button', { name: en('signIn.copy-report') })
      .click();
    const clipboard = (): Promise<string> =>
      stage.flint.app.evaluate(({ clipboard: board }) => board.readText());
    await soon(clipboard).toContain('Failure: not-authorized at auth');
    expect(await clipboard()).not.toContain(account.name);
  });

  const problems = [
    ['juliet', 'signIn.address-no-at'],
    ['@capulet.example', 'signIn.address-no-name'],
    ['juliet@', 'signIn.address-no-server'],
    ['ju liet@capulet.example', 'signIn.address-name-character'],
    ['juliet@cap_ulet.exa mple', 'signIn.address-server-character'],
    ['juliet@capulet.example/balcony', 'signIn.address-resource'],
    [`${'j'.repeat(1024)}@capulet.example`, 'signIn.address-too-long'],
  ] as const;
  it.each(problems)('a malformed address is refused in its field: $1', async (jid, words) => {
    await tryTo({ jid, server: server.wsUrl });
    const field = stage.page.getByLabel(en('signIn.address'), { exact: true });
    const note = stage.page.getByRole('alert').filter({ hasText: en(words) });
    await note.waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await soon(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await stage.page.locator('li.step').count()).toBe(0);
  });

  it.each([
    ['http://127.0.0.1/ws/', 'signIn.server-scheme'],
    ['chat.example.org/ws', 'signIn.server-scheme'],
    ['ws://', 'signIn.server-not-a-url'],
    ['wss://user:pass@chat.example.org/ws/', 'signIn.server-user-in-url'],
    ['wss://chat.example.org/ws/#top', 'signIn.server-fragment'],
  ] as const)('a malformed server address is refused in its field: %s', async (url, words) => {
    await tryTo({ jid: account.jid, server: url });
    const field = stage.page.getByLabel(en('signIn.server'), { exact: true });
    await stage.page
      .getByRole('alert')
      .filter({ hasText: en(words) })
      .waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await stage.page.locator('li.step').count()).toBe(0);
  });

  it('an empty form says what is missing, and sends nothing', async () => {
    await tryTo({ jid: '', password: '' });
    await stage.page
      .getByRole('alert')
      .filter({ hasText: en('signIn.address-empty') })
      .waitFor();
    await stage.page
      .getByRole('alert')
      .filter({ hasText: en('signIn.password-empty') })
      .waitFor();
  });
});

describe('questions before a password is sent', () => {
  let stage: Stage;
  const endings: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.stop());
  afterEach(async () => {
    await signOut(stage.page);
    for (const end of endings.splice(0)) await end();
  });
  const signInTo = async (
    server: Pick<TestServer, 'domain'>,
    url: string,
    who: TestAccount,
  ): Promise<void> => {
    expect(who.jid).toContain(server.domain);
    await typeSignIn(stage.page, { jid: who.jid, password: who.password, server: url });
    await submit(stage.page);
  };

  it('R17 T29 Openfire as delivered: its fingerprint is shown, trusted once, and never asked for again', async () => {
    const openfire = connectServer('openfire');
    const account = await openfire.newAccount('juliet');
    await signInTo(openfire, openfire.wssUrl, account);
    const question = stage.page.getByRole('alertdialog');
    await question.waitFor();
    const words = await question.innerText();
    expect(words).toContain(en('failure.tls-self-signed-meaning'));
    expect(words).toContain(en('failure.tls-self-signed-remedy'));
    expect(words).toContain(new URL(openfire.wssUrl).host);
    const shown = (await question.locator('.finger').innerText()).replace(/[^0-9A-F]/gi, '');
    expect(shown).toBe(openfire.certificate.fingerprint256.replaceAll(':', ''));
    expect(await stage.page.locator('li.step.failed .name').innerText()).toContain(en('step.tls'));
    // Nothing was sent: the walk ended before the stream.
    expect(
      await stage.page
        .locator('li.step.done')
        .filter({ hasText: en('step.open') })
        .count(),
    ).toBe(0);

    await question.getByRole('button', { name: en('signIn.trust') }).click();
    await sidebar(stage.page).waitFor();
    const page = await stage.restart();
    await sidebar(page).waitFor();
    await soon(() => page.locator('header.me').innerText()).toContain(en('presence.online'));
    expect(await page.getByRole('alertdialog').count()).toBe(0);
  });

  it('R17 T29 the question can be declined: nothing is trusted, nothing was sent', async () => {
    const openfire = connectServer('openfire');
    const account = await openfire.newAccount('juliet');
    await signInTo(openfire, openfire.wssUrl, account);
    const question = stage.page.getByRole('alertdialog');
    await question.getByRole('button', { name: en('signIn.cancel') }).click();
    await question.waitFor({ state: 'detached' });
    expect(await sidebar(stage.page).count()).toBe(0);
    await signInTo(openfire, openfire.wssUrl, account);
    await question.waitFor();
  });

  it('T27 only PLAIN on an unencrypted line: a choice, remembered for the account', async () => {
    const plain = await startServer('prosody', { plainOnly: true });
    endings.push(() => plain.stop());
    const account = await newAccount(plain, plain, 'juliet');
    await signInTo(plain, plain.wsUrl, account);
    const card = stage.page.locator('li.step.failed').getByRole('alert');
    await soon(() => card.innerText()).toContain(en('failure.plain-refused-title'));
    expect(await card.innerText()).toContain(en('failure.plain-refused-meaning'));
    expect(await card.innerText()).toContain(en('failure.plain-refused-remedy'));
    await card.getByRole('button', { name: en('signIn.allow-plain') }).click();
    await sidebar(stage.page).waitFor();
    const page = await stage.restart();
    await sidebar(page).waitFor();
    await soon(() => page.locator('header.me').innerText()).toContain(en('presence.online'));
  });
});
