import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import {
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

const PASSWORD = 'CanaryPasswordWvQ7';
const WRONG = 'CanaryMistakeZk3X';
const BODY = 'CanaryBodyTn9R';

/**
 * The ways in which text can lie in a file: UTF-8, UTF-16, and base64 of either, wherever in a group of three bytes it
 * begins (the outermost characters depend on the neighbours and are left out).
 */
function traces(text: string): readonly Buffer[] {
  const plain = [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()];
  const encoded = plain.flatMap((bytes) =>
    [0, 1, 2].map((shift) =>
      Buffer.from(
        Buffer.concat([Buffer.alloc(shift), bytes])
          .toString('base64')
          .replace(/=+$/, '')
          .slice(shift + 1, -2),
      ),
    ),
  );
  return [...plain, ...encoded];
}

/** The window's memory as its scripts can reach it: every store of Pinia, every field, what is on the page. */
const windowMemory = (page: Page): Promise<string> =>
  page.evaluate(() => {
    interface VueRoot {
      readonly __vue_app__: {
        readonly config: {
          readonly globalProperties: { readonly $pinia: { readonly state: { value: unknown } } };
        };
      };
    }
    const root = document.querySelector('#app') as unknown as VueRoot;
    const state = root.__vue_app__.config.globalProperties.$pinia.state.value;
    const known = new Set<unknown>();
    const stores = JSON.stringify(state, (_, value: unknown) => {
      if (typeof value !== 'object' || value === null) return value;
      if (known.has(value)) return undefined;
      known.add(value);
      return value instanceof Map ? [...value] : value instanceof Set ? [...(value as Set<unknown>)] : value;
    });
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(
      (one) => one.value,
    );
    return [stores, ...fields, document.documentElement.outerHTML].join('\n');
  });

describe('a canary in the password, in a mistyped one and in a message', () => {
  let server: SharedServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;
  let printed = '';

  beforeAll(async () => {
    server = connectServer('prosody');
    juliet = await server.newAccount('juliet', PASSWORD);
    [stage, romeo] = await Promise.all([
      openStage(),
      server.newAccount('romeo').then((account) => connectPeer(server, account)),
    ]);
  });
  afterAll(async () => {
    await romeo.disconnect();
    await stage.stop();
  });

  const findings = (): readonly string[] => {
    const places = readdirSync(stage.flint.userData, { recursive: true, encoding: 'utf8' })
      .map((name) => join(stage.flint.userData, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
      .map((path) => [relative(stage.flint.userData, path), readFileSync(path)] as const);
    const all = [...places, ['what the app printed', Buffer.from(printed + stage.flint.log())] as const];
    return [PASSWORD, WRONG, BODY].flatMap((canary) =>
      all
        .filter(([, bytes]) => traces(canary).some((trace) => bytes.includes(trace)))
        .map(([place]) => `${canary} in ${place}`),
    );
  };

  it('the scan finds what lies there, in every form', () => {
    for (const around of ['', 'a', 'ab', 'abc'])
      for (const form of [
        Buffer.from(around + PASSWORD + around),
        Buffer.from(around + PASSWORD + around, 'utf16le'),
        Buffer.from(Buffer.from(`${around}\0${PASSWORD}${around}`).toString('base64')),
      ])
        expect(traces(PASSWORD).some((trace) => form.includes(trace))).toBe(true);
  });

  it('T25 after submit no store, no field and nothing on the page holds the password', async () => {
    const { page } = stage;
    await typeSignIn(page, { jid: juliet.jid, password: WRONG, server: server.wsUrl });
    // What is looked for can be found.
    expect(await windowMemory(page)).toContain(WRONG);
    await submit(page);
    await soon(() => windowMemory(page)).not.toContain(WRONG);
    await soon(() => page.locator('li.step.failed').innerText()).toContain(
      en('failure.not-authorized-title'),
    );
    expect(await windowMemory(page)).not.toContain(WRONG);
    await page.getByLabel(en('signIn.password'), { exact: true }).fill(PASSWORD);
    await submit(page);
    await sidebar(page).waitFor();
    expect(await windowMemory(page)).not.toContain(PASSWORD);
  });

  it('T25 no file, no log and no output holds any of them: after talk, after a restart, after signing out', async () => {
    await befriend(stage.page, romeo);
    await openChat(stage.page);
    await composer(stage.page).fill(BODY);
    await stage.page.keyboard.press('Enter');
    await romeo.waitForMessage(({ body }) => body === BODY);
    await romeo.sendMessage(juliet.jid, `${BODY} back`);
    await log(stage.page).getByText(`${BODY} back`).waitFor();
    expect(findings()).toEqual([]);

    printed += stage.flint.log();
    await stage.restart();
    await contactRow(stage.page, 'Romeo').waitFor();
    await openChat(stage.page);
    await log(stage.page).getByText(`${BODY} back`).waitFor();
    expect(findings()).toEqual([]);

    await signOut(stage.page);
    expect(await windowMemory(stage.page)).not.toMatch(new RegExp(`${PASSWORD}|${WRONG}|${BODY}`));
    expect(findings()).toEqual([]);
  });
});
