import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchFlint, type Launched } from '../../desktop/app';
import { startDesktop, type Desktop } from '../../desktop/desktop';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer } from '../../servers/shared';
import { dictionaryOf } from '../../support/dictionary';
import { lookAt, WIDE } from '../look';
import { ask, befriend, composer, en, openChat, PATIENCE_MS, signIn, soon, type Stage } from '../support';

/** Long enough for Chromium to ask: it does so within the first second of a session. */
const WATCH_MS = 3_000;
const words = ['hello', 'help', 'held', 'good', 'night', 'the', 'moon', 'my', 'lady'];
type WithMenu = typeof globalThis & { menu?: Electron.Menu };

/** A second line, in case the first is slow: nothing goes over it. */
const SILENT = 'nothing';
/** Everything that Chromium would ask of the world ends here; what it asked for is in `hosts`. */
const startTrap = async (): Promise<{ readonly server: Server; readonly hosts: string[] }> => {
  const hosts: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    let heard = '';
    const end = (host: string): void => {
      clearTimeout(late);
      if (!socket.destroyed) hosts.push(host);
      socket.destroy();
    };
    const late = setTimeout(() => end(heard === '' ? SILENT : 'something'), 5_000);
    // Who is asked for stands in the ClientHello, which may come in pieces, and late.
    socket.on('data', (data) => {
      heard += data.toString('latin1');
      const host = /(?:[a-z0-9-]+\.)+(?:com|net|org)\b/iu.exec(heard)?.[0];
      if (host !== undefined) end(host);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, hosts };
};

describe('spelling', () => {
  let desktop: Desktop;
  let trap: Awaited<ReturnType<typeof startTrap>>;
  let shelf: HttpServer;
  const fetched: string[] = [];
  let flint: Launched;
  let romeo: Peer;
  const page = (): Page => flint.page;
  const portOf = (server: Server | HttpServer): number => (server.address() as AddressInfo).port;
  const launch = async (userData?: string): Promise<void> => {
    flint = await launchFlint({
      desktop,
      args: [`--host-resolver-rules=MAP * 127.0.0.1:${String(portOf(trap.server))}, EXCLUDE 127.0.0.1`],
      ...(userData === undefined ? {} : { userData }),
    });
    flint.page.setDefaultTimeout(PATIENCE_MS);
  };
  const look = () => lookAt({ desktop, flint, page: flint.page } as unknown as Stage);

  beforeAll(async () => {
    const server = connectServer('prosody');
    const [juliet, one] = await Promise.all([server.newAccount('juliet'), server.newAccount('romeo')]);
    romeo = await connectPeer(server, one);
    [desktop, trap] = await Promise.all([startDesktop(), startTrap()]);
    shelf = createHttpServer((request, response) => {
      fetched.push(request.url ?? '');
      response.end(dictionaryOf(words));
    });
    await new Promise<void>((resolve) => shelf.listen(0, '127.0.0.1', resolve));
    await launch();
    await signIn(page(), juliet, server.wsUrl);
    await befriend(page(), romeo);
  });
  afterAll(async () => {
    await romeo.disconnect();
    await flint.close();
    trap.server.close();
    shelf.close();
    await desktop.stop();
  });

  const write = async (text: string): Promise<void> => {
    await composer(page()).fill('');
    await composer(page()).pressSequentially(text);
  };
  /** What the menu says under the right mouse button on the first word of the composer. */
  const menu = async (): Promise<readonly string[]> => {
    await flint.app.evaluate(({ Menu }) => {
      delete (globalThis as WithMenu).menu;
      Menu.prototype.popup = function (this: Electron.Menu) {
        (globalThis as WithMenu).menu = this;
      };
    });
    await composer(page()).click({ button: 'right', position: { x: 18, y: 14 } });
    const labels = (): Promise<readonly string[]> =>
      flint.app.evaluate(
        () => (globalThis as WithMenu).menu?.items.map((item) => item.label || item.role || '') ?? [],
      );
    await soon(async () => (await labels()).length).toBeGreaterThan(0);
    return labels();
  };
  const choose = (label: string): Promise<void> =>
    flint.app.evaluate((_, text) => {
      (globalThis as WithMenu).menu?.items.find((item) => item.label === text)?.click();
    }, label);
  const openSettings = async (): Promise<void> => {
    await page().keyboard.press('Control+,');
    await page()
      .getByRole('button', { name: en('settings.chat'), exact: true })
      .click();
  };
  const toggle = () => page().getByRole('switch', { name: en('settings.spelling') });
  const edits = [en('tray.cut'), en('tray.copy'), en('tray.paste'), 'separator', en('tray.selectAll')];

  it('is off, and nothing is fetched, before the user wants it; the field has the menu of a field', async () => {
    await openChat(page());
    await write('helo my lady');
    await page().waitForTimeout(WATCH_MS);
    expect(trap.hosts).toEqual([]);
    expect((await menu()).map((label) => label || 'separator')).toEqual(edits);
  });

  it('a switch with a sentence about where dictionaries come from asks for the one of the user’s language', async () => {
    await look().resize(WIDE);
    await openSettings();
    await page().getByText(en('settings.spelling-text')).waitFor();
    await look().look('spelling-off');
    await toggle().click();
    await soon(() => trap.hosts.filter((host) => host !== SILENT).length).toBeGreaterThan(0);
    const asked = trap.hosts.filter((host) => host !== SILENT);
    expect(new Set(asked)).toEqual(new Set(['redirector.gvt1.com']));
    const { settings } = (await ask(page(), 'app.state', {})).value;
    expect(settings).toMatchObject({ checkSpelling: true, spellLanguages: ['en-US'] });
  });

  it('says which dictionary could not be fetched, and what to do', async () => {
    const language = 'American English';
    await page()
      .getByText(en('settings.spell-missing', { languages: language }))
      .waitFor();
    await look().lookAround('spelling-missing');
  });

  it('a word that no dictionary knows is marked, with others to choose from; or it is learnt', async () => {
    await flint.app.evaluate(
      ({ session }, url) => {
        session.defaultSession.setSpellCheckerDictionaryDownloadURL(url);
      },
      `http://127.0.0.1:${String(portOf(shelf))}/`,
    );
    await toggle().click();
    await toggle().click();
    await soon(() => fetched.length).toBe(1);
    expect(fetched[0]).toMatch(/^\/en-us-\d+-\d+\.bdic$/iu);
    await soon(() => page().getByText('could not be fetched').count()).toBe(0);
    await page().keyboard.press('Escape');
    await openChat(page());
    await write('helo my lady ');
    await soon(menu).toContain('hello');
    await look().look('spelling-marked');
    expect(await menu()).toEqual(expect.arrayContaining([en('tray.addToDictionary'), en('tray.selectAll')]));
    await choose('hello');
    await soon(() => composer(page()).inputValue()).toBe('hello my lady ');

    await write('romeoo my lady ');
    await soon(menu).toContain(en('tray.addToDictionary'));
    await choose(en('tray.addToDictionary'));
    await write('romeoo my moon ');
    await soon(menu).not.toContain(en('tray.addToDictionary'));
  });

  it('several languages can be chosen, and are there again after a start, which fetches nothing', async () => {
    await openSettings();
    await page()
      .getByRole('button', { name: en('settings.spell-languages') })
      .click();
    const dialog = page().getByRole('dialog');
    await dialog.getByRole('searchbox').fill('german');
    await dialog.getByRole('checkbox').first().waitFor();
    expect(await dialog.getByRole('checkbox').count()).toBeLessThan(4);
    await look().lookAround('spelling-languages');
    await dialog.getByRole('checkbox', { name: 'German', exact: true }).click();
    await soon(() => fetched.length).toBe(2);
    expect(fetched[1]).toMatch(/^\/de-/u);
    await dialog.getByRole('button', { name: en('common.done') }).click();
    await page()
      .getByRole('button', { name: `${en('settings.spell-languages')}: American English and German` })
      .waitFor();

    trap.hosts.length = 0;
    await flint.close();
    await launch(flint.userData);
    await openChat(page());
    await write('helo my lady ');
    await soon(menu).toContain('hello');
    expect(trap.hosts).toEqual([]);
    expect(fetched).toHaveLength(2);
  });

  it('switched off nothing is marked any more', async () => {
    await openSettings();
    await toggle().click();
    await page().keyboard.press('Escape');
    await openChat(page());
    await write('helo my lady ');
    await soon(menu).not.toContain('hello');
  });
});
