import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presenceKinds, type PresenceKind } from '../../../src-shared/model/presence';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer, PeerPresence } from '../../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import { befriend, bringBack, en, openStage, putAway, signIn, soon, type Stage } from '../support';

/** What the other side sees of each kind that shows something (RFC 6121 §4.7.2.1; `phone` as Spark writes it). */
const SEEN: Partial<Record<PresenceKind, Partial<PeerPresence>>> = {
  chat: { show: 'chat', status: '' },
  away: { show: 'away', status: '' },
  phone: { show: 'away', status: 'On the phone' },
  xa: { show: 'xa', status: '' },
  dnd: { show: 'dnd', status: '' },
  online: { show: undefined, status: '' },
};
const VISIBLE = Object.keys(SEEN) as (keyof typeof SEEN)[];

describe('own presence, in the window, in the tray and at the other side', () => {
  let server: SharedServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;

  beforeAll(async () => {
    server = connectServer('prosody');
    juliet = await server.newAccount('juliet');
    [stage, romeo] = await Promise.all([
      openStage(),
      server.newAccount('romeo').then((account) => connectPeer(server, account)),
    ]);
    await signIn(stage.page, juliet, server.wsUrl);
    await befriend(stage.page, romeo);
    await romeo.waitForPresence(juliet.jid, ({ available }) => available);
    await stage.desktop.tray.waitForItem();
  });
  afterAll(async () => {
    await romeo.disconnect();
    await stage.stop();
  });

  const me = () => stage.page.locator('header.me');
  const openMenu = async (): Promise<void> => {
    await me()
      .getByRole('button', { name: en('shell.me-menu') })
      .click();
    await stage.page.getByRole('menu').waitFor();
  };
  const chooseInWindow = async (kind: PresenceKind): Promise<void> => {
    await openMenu();
    await stage.page.getByRole('menuitemradio', { name: en(`presence.${kind}`), exact: true }).click();
  };
  const ticked = async (): Promise<readonly string[]> =>
    (await stage.desktop.tray.menu()).filter((entry) => entry.ticked).map(({ label }) => label);
  const seenByRomeo = (kind: PresenceKind): Promise<PeerPresence> => {
    const wanted = SEEN[kind];
    return romeo.waitForPresence(
      juliet.jid,
      (seen) => seen.available && seen.show === wanted?.show && seen.status === (wanted?.status ?? ''),
    );
  };

  it.each(VISIBLE)('%s, chosen in the window: the other side sees it and the tray ticks it', async (kind) => {
    await chooseInWindow(kind);
    await seenByRomeo(kind);
    await soon(ticked).toEqual([en(`presence.${kind}`)]);
    await soon(() => stage.desktop.tray.tooltip()).toBe(`${juliet.jid} · ${en(`presence.${kind}`)}`);
    await soon(() => me().innerText()).toContain(en(`presence.${kind}`));
  });

  it.each(VISIBLE)('%s, chosen in the tray: the other side sees it and the window shows it', async (kind) => {
    await stage.desktop.tray.choose(en(`presence.${kind}`));
    await seenByRomeo(kind);
    await soon(() => me().innerText()).toContain(en(`presence.${kind}`));
    await soon(ticked).toEqual([en(`presence.${kind}`)]);
    await openMenu();
    const checked = stage.page.getByRole('menuitemradio', { checked: true });
    await soon(() => checked.allInnerTexts()).toEqual([en(`presence.${kind}`)]);
    await stage.page.keyboard.press('Escape');
  });

  it('the window and the tray offer the same list; Invisible only where the server can', async () => {
    const offered = presenceKinds
      .filter((kind) => kind !== 'invisible')
      .map((kind) => en(`presence.${kind}`));
    await openMenu();
    await soon(() => stage.page.getByRole('menuitemradio').allInnerTexts()).toEqual(offered);
    await stage.page.keyboard.press('Escape');
    const labels = (await stage.desktop.tray.menu()).map(({ label }) => label);
    expect(labels.filter((label) => offered.includes(label))).toEqual(offered);
    expect(labels).not.toContain(en('presence.invisible'));
  });

  it('a text of one’s own goes with it, exactly, and can be taken away', async () => {
    const text = '  <&>"\' 在开会 👩‍👩‍👧‍👦 until 3';
    await chooseInWindow('dnd');
    await seenByRomeo('dnd');
    await openMenu();
    await stage.page.getByRole('menuitem', { name: en('shell.custom-open') }).click();
    const dialog = stage.page.getByRole('dialog', { name: en('shell.custom-label') });
    await dialog.getByRole('textbox').fill(text);
    await dialog.getByRole('button', { name: en('shell.custom-save') }).click();
    await romeo.waitForPresence(juliet.jid, ({ show, status }) => show === 'dnd' && status === text.trim());
    await soon(() => me().innerText()).toContain(text.trim());
    await openMenu();
    await stage.page.getByRole('menuitem', { name: en('shell.custom-clear') }).click();
    await seenByRomeo('dnd');
  });

  it('offline from the tray leaves the server, and online comes back', async () => {
    await stage.desktop.tray.choose(en('presence.offline'));
    await romeo.waitForOffline(juliet.jid);
    await soon(() => me().innerText()).toContain(en('presence.offline'));
    await soon(ticked).toEqual([en('presence.offline')]);
    await stage.desktop.tray.choose(en('presence.online'));
    await seenByRomeo('online');
    await soon(() => me().innerText()).toContain(en('presence.online'));
    await soon(ticked).toEqual([en('presence.online')]);
  });

  it('the icon differs for each presence', async () => {
    const hash = async (): Promise<string> => (await stage.desktop.tray.icon()).hash;
    const hashes: string[] = [];
    for (const kind of VISIBLE) {
      const before = await hash();
      await stage.desktop.tray.choose(en(`presence.${kind}`));
      await soon(ticked).toEqual([en(`presence.${kind}`)]);
      // Icon and menu follow a moment later, and not in one: what stands for a while is the one that is meant.
      const last: string[] = [];
      await soon(async () => {
        last.push(await hash());
        return new Set([before, ...last.slice(-3)]).size === 2 && last.length > 2 && last.at(-1) !== before;
      }).toBe(true);
      hashes.push(last.at(-1) ?? '');
    }
    expect(new Set(hashes).size).toBe(VISIBLE.length);
  });

  it('closing the window keeps one online; a click on the icon brings it back', async () => {
    await chooseInWindow('online');
    await seenByRomeo('online');
    const before = romeo.presenceHistory(juliet.jid).length;
    await putAway(stage);
    await stage.desktop.tray.choose(en('presence.away'));
    await seenByRomeo('away');
    const since = romeo.presenceHistory(juliet.jid).slice(before);
    expect(since.every(({ available }) => available)).toBe(true);
    await bringBack(stage);
    await soon(() => me().innerText()).toContain(en('presence.away'));
  });

  it('the window’s kind and text are kept across a restart; quitting says goodbye in order', async () => {
    await chooseInWindow('dnd');
    await openMenu();
    await stage.page.getByRole('menuitem', { name: en('shell.custom-open') }).click();
    const dialog = stage.page.getByRole('dialog', { name: en('shell.custom-label') });
    await dialog.getByRole('textbox').fill('writing');
    await dialog.getByRole('button', { name: en('shell.custom-save') }).click();
    await romeo.waitForPresence(juliet.jid, ({ show, status }) => show === 'dnd' && status === 'writing');
    await stage.quit();
    // At once, not after the server's own patience with a line that was cut: there was a goodbye.
    await romeo.waitForOffline(juliet.jid, 3_000);
    expect(romeo.presenceHistory(juliet.jid).at(-1)).toMatchObject({ available: false });
    await stage.desktop.tray.waitForNone();
    await stage.start();
    await romeo.waitForPresence(juliet.jid, ({ show, status }) => show === 'dnd' && status === 'writing');
    await soon(() => me().innerText()).toContain('writing');
    await soon(ticked).toEqual([en('presence.dnd')]);
  });

  it('quitting from the tray does the same', async () => {
    await stage.desktop.tray.waitForItem();
    await stage.desktop.tray.choose(en('tray.quit'));
    await romeo.waitForOffline(juliet.jid, 5_000);
    await stage.desktop.tray.waitForNone();
    await stage.start();
    await seenByRomeoWriting();
  });
  const seenByRomeoWriting = (): Promise<PeerPresence> =>
    romeo.waitForPresence(juliet.jid, ({ show, status }) => show === 'dnd' && status === 'writing');
});
