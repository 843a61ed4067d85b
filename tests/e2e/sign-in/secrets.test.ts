import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bridge } from '../../../src-shared/ipc/contract';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import {
  ask,
  befriend,
  composer,
  contactRow,
  en,
  log,
  openChat,
  openStage,
  sidebar,
  signOut,
  soon,
  submit,
  typeSignIn,
  type Stage,
} from '../support';

const PASSWORD = 'c4n4ry-pass Пароль"<&>';
const WRONG = 'c4n4ry-wrong-password';
const OUT = 'c4n4ry-outgoing 你好';
const IN = 'c4n4ry-incoming привет';
const DRAFT = 'c4n4ry-draft שלום';

/** A secret as it may lie about: as text, and in the forms that it takes on its way. */
function disguises(secret: string, user: string): readonly Buffer[] {
  const plain = `\0${user}\0${secret}`;
  const texts = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('hex'),
    Buffer.from(plain).toString('base64').replace(/=+$/, ''),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  ];
  return texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
}

/** Every file below the folder, sockets left out. */
const filesBelow = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);

describe('what is secret', () => {
  let server: SharedServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;
  /** All that main has told the window, as text. */
  let told = '';
  /** What the app has printed, over all its starts. */
  let printed = '';

  beforeAll(async () => {
    server = connectServer('prosody');
    stage = await openStage();
    juliet = await server.newAccount('juliet', PASSWORD);
    romeo = await connectPeer(server, await server.newAccount('romeo'));
  });
  afterAll(async () => {
    await romeo.disconnect();
    await stage.stop();
  });

  /** Where a secret is found: the files by name, and what is no file. */
  const placesOf = (secret: string): readonly string[] => {
    const forms = disguises(secret, juliet.name);
    const holds = (bytes: Buffer): boolean => forms.some((form) => bytes.includes(form));
    const { dir } = stage.desktop;
    return [
      ...filesBelow(dir)
        .filter((file) => holds(readFileSync(file)))
        .map((file) => relative(dir, file)),
      ...(holds(Buffer.from(printed + stage.flint.log())) ? ['standard output and error'] : []),
    ];
  };
  const listen = (): Promise<void> =>
    stage.page.evaluate(() => {
      const window = globalThis as unknown as { readonly api: Bridge; told: string };
      window.told = '';
      window.api.onBatch((batch) => (window.told += JSON.stringify(batch)));
    });
  const heard = async (): Promise<void> => {
    told += await stage.page.evaluate(() => (globalThis as unknown as { told: string }).told);
  };

  it('T25 passwords that are typed, a wrong one and the right one, are gone from the window at once', async () => {
    const { page } = stage;
    await listen();
    await typeSignIn(page, { ...juliet, password: WRONG, server: server.wsUrl });
    await submit(page);
    const field = page.getByLabel(en('signIn.password'), { exact: true });
    await page.locator('li.step.failed').waitFor();
    expect(await field.inputValue()).toBe('');
    await field.fill(PASSWORD);
    await submit(page);
    await sidebar(page).waitFor();
    const { accounts } = (await ask(page, 'app.state', {})).value;
    const state = JSON.stringify([accounts, await page.content()]);
    const kept = await page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
    );
    for (const secret of [PASSWORD, WRONG]) {
      expect(state).not.toContain(secret);
      expect(kept).not.toContain(secret);
    }
  });

  it('T25 neither password nor message is in any file, log or event; a crash and an error change nothing', async () => {
    await befriend(stage.page, romeo);
    await openChat(stage.page);
    await composer(stage.page).fill(OUT);
    await stage.page.keyboard.press('Enter');
    await romeo.waitForMessage(({ body }) => body === OUT);
    await romeo.sendMessage(juliet.jid, IN);
    await log(stage.page).getByText(IN).waitFor();
    await composer(stage.page).fill(DRAFT);
    // An error that names a stanza, and one that no schema lets through.
    await stage.page.evaluate((text) => {
      const { api } = globalThis as unknown as { readonly api: Bridge };
      return Promise.all([api.call('message.send', { body: text }), api.call('console.send', { xml: text })]);
    }, OUT);
    await heard();
    printed += stage.flint.log();
    await stage.crash();
    await contactRow(stage.page, 'Romeo').waitFor();
    printed += stage.flint.log();
    await stage.restart();
    await contactRow(stage.page, 'Romeo').waitFor();

    for (const secret of [PASSWORD, WRONG, OUT, IN, DRAFT]) expect(placesOf(secret)).toEqual([]);
    for (const secret of [PASSWORD, WRONG]) expect(told).not.toContain(JSON.stringify(secret).slice(1, -1));
    // What is looked for can be found: the log is there, and says who signed in where.
    expect(readFileSync(join(stage.flint.userData, 'logs', 'flint.log'), 'utf8')).toContain(server.wsUrl);
  });

  it('T25 after signing out the history is gone as well', async () => {
    await signOut(stage.page);
    await soon(() => filesBelow(join(stage.flint.userData, 'accounts'))).toEqual([]);
  });
});
