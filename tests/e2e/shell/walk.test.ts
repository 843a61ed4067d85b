import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import { connectServer, sharedServers, type SharedServer } from '../../servers/shared';
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

/** One line of the XML console, as the window shows it. */
interface Shown {
  readonly way: 'in' | 'out';
  readonly xml: string;
}

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());
afterEach(() => signOut(stage.page));

const toggleConsole = (page: Page): Promise<void> => page.keyboard.press('Control+Shift+X');

/** Every entry of the console, read off the window from the top of the list to its end. */
async function readConsole(page: Page): Promise<readonly Shown[]> {
  const list = page
    .getByRole('region', { name: en('console.title') })
    .getByRole('log')
    .locator('> *')
    .first();
  const seen = new Map<number, Shown>();
  // Just opened it still goes to its end.
  const goTo = (top: number): Promise<boolean> =>
    list.evaluate(async (view, to) => {
      view.scrollTop = to;
      // What came into view is drawn with the next frame.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const last = view.scrollHeight - view.clientHeight;
      return Math.abs(view.scrollTop - Math.min(to, last)) < 2;
    }, top);
  for (let top = 0, end = false; !end;) {
    await soon(() => goTo(top)).toBe(true);
    const read = await list.evaluate((view) => ({
      entries: [...view.querySelectorAll('article')].map((entry) => ({
        at: Math.round(entry.getBoundingClientRect().top - view.getBoundingClientRect().top + view.scrollTop),
        way: entry.classList.contains('in') ? ('in' as const) : ('out' as const),
        xml: entry.querySelector('pre')?.textContent ?? '',
      })),
      next: view.scrollTop + view.clientHeight / 2,
      end: view.scrollTop + view.clientHeight >= view.scrollHeight - 1,
    }));
    for (const { at, ...entry } of read.entries) seen.set(at, entry);
    end = read.end;
    top = read.next;
  }
  return [...seen].sort(([a], [b]) => a - b).map(([, entry]) => entry);
}

/** Finds each of the patterns after the one before it, and answers the entries. */
function inOrder(entries: readonly Shown[], patterns: readonly (readonly ['in' | 'out', RegExp])[]): Shown[] {
  let from = 0;
  return patterns.map(([way, pattern]) => {
    const at = entries.findIndex((one, index) => index >= from && one.way === way && pattern.test(one.xml));
    const told = entries.map((one) => `${one.way} ${one.xml.slice(0, 120)}`).join('\n');
    expect(at, `${way} ${String(pattern)} after entry ${String(from)} of\n${told}`).not.toBe(-1);
    from = at + 1;
    return entries[at]!;
  });
}

/** Chooses a presence in the window's own menu. */
async function choosePresence(page: Page, kind: 'online' | 'offline'): Promise<void> {
  await page.getByRole('button', { name: en('shell.me-menu') }).click();
  await page.getByRole('menuitemradio', { name: en(`presence.${kind}`), exact: true }).click();
}

describe('the whole walk on Openfire, stanza by stanza', () => {
  const attribute = (name: string, value: string): string => `${name}=["']${value}["']`;
  const framing = attribute('xmlns', 'urn:ietf:params:xml:ns:xmpp-framing');
  const sasl = attribute('xmlns', 'urn:ietf:params:xml:ns:xmpp-sasl');

  it.each([
    ['ws://', null],
    ['ws://', 'balcony'],
    ['wss://', null],
    ['wss://', 'balcony'],
  ] as const)('@walk over %s with the resource %s', async (scheme, resource) => {
    const openfire: SharedServer = connectServer('openfire');
    const account = await openfire.newAccount('juliet');
    const { page } = stage;
    await typeSignIn(page, {
      ...account,
      server: scheme === 'ws://' ? openfire.wsUrl : openfire.wssUrl,
      resource: resource ?? '',
    });
    await submit(page);
    if (scheme === 'wss://')
      await page
        .getByRole('alertdialog')
        .getByRole('button', { name: en('signIn.trust') })
        .click();
    await sidebar(page).waitFor();
    await choosePresence(page, 'offline');
    await soon(() => page.locator('header.me').innerText()).toContain(en('presence.offline'));
    await toggleConsole(page);
    await page
      .getByRole('region', { name: en('console.title') })
      .locator('article')
      .first()
      .waitFor();
    const entries = await readConsole(page);
    await toggleConsole(page);

    const bound = `${account.jid}/${resource ?? 'Flint'}-[0-9a-f]+`;
    const [open, , , , , , , , , , bind, , enable] = inOrder(entries, [
      ['out', new RegExp(`^<open .*${attribute('to', openfire.domain)}`)],
      ['in', new RegExp(`^<open .*${attribute('from', openfire.domain)}`)],
      ['in', /^<stream:features[^]*<mechanism>SCRAM-SHA-1<\/mechanism>/],
      ['out', new RegExp(`^<auth .*${attribute('mechanism', 'SCRAM-SHA-1')}.*>\\[hidden\\]</auth>$`)],
      ['in', new RegExp(`^<challenge .*${sasl}>\\[hidden\\]</challenge>$`)],
      ['out', new RegExp(`^<response .*${sasl}>\\[hidden\\]</response>$`)],
      ['in', new RegExp(`^<success .*${sasl}`)],
      ['out', /^<open /],
      ['in', /^<open /],
      ['in', /^<stream:features[^]*<bind [^]*<session /],
      ['out', /^<iq [^]*type=["']set["'][^]*<bind /],
      ['in', new RegExp(`^<iq [^]*type=["']result["'][^]*<jid>${bound}</jid>`)],
      ['out', /^<enable /],
      ['in', /^<enabled /],
      ['out', /^<iq [^]*type=["']get["'][^]*jabber:iq:roster/],
      ['in', /^<iq [^]*type=["']result["'][^]*jabber:iq:roster/],
      ['out', /^<presence(?![^>]*type=)/],
      ['out', /^<presence [^>]*type=["']unavailable["']/],
      ['out', new RegExp(`^<close .*${framing}`)],
    ]);
    expect(open?.xml).toMatch(new RegExp(framing));
    expect(bind?.xml).toMatch(new RegExp(`<resource[^>]*>${resource ?? 'Flint'}-[0-9a-f]+</resource>`));
    // 4.2 loses everything after a resume: none is asked for.
    expect(enable?.xml).not.toContain('resume');
    // It offers <session/> as optional, and that is skipped.
    const sent = entries.filter(({ way }) => way === 'out').map(({ xml }) => xml);
    expect(sent.filter((xml) => xml.includes('xmpp-session'))).toEqual([]);
    expect(sent.at(-1)).toMatch(/^<close /);
    expect(JSON.stringify(entries)).not.toContain(account.password);
  });
});

describe('a short day on each server', () => {
  it.each(sharedServers())('@walk on %s: sign in, see them come, talk both ways, sign out', async (kind) => {
    const server = connectServer(kind);
    const { page } = stage;
    const account = await server.newAccount('juliet');
    const romeo = await connectPeer(server, await server.newAccount('romeo'));
    try {
      await typeSignIn(page, { ...account, server: server.wsUrl });
      await submit(page);
      await sidebar(page).waitFor();
      await befriend(page, romeo);
      await romeo.waitForPresence(account.jid, ({ available }) => available);
      const row = contactRow(page, 'Romeo');
      await romeo.setPresence({ show: 'dnd', status: `busy on ${kind}` });
      await soon(() => row.innerText()).toContain(`busy on ${kind}`);
      await openChat(page);
      await composer(page).fill('wherefore art thou?');
      await page.keyboard.press('Enter');
      await romeo.waitForMessage(({ body }) => body === 'wherefore art thou?');
      await romeo.sendMessage(account.jid, 'on the left');
      await log(page).getByText('on the left', { exact: true }).waitFor();

      await page.getByRole('button', { name: en('shell.me-menu') }).click();
      await page.getByRole('menuitem', { name: en('shell.sign-out') }).click();
      await page
        .getByRole('alertdialog')
        .getByRole('button', { name: en('shell.sign-out') })
        .click();
      await page.getByRole('heading', { level: 1, name: en('signIn.title') }).waitFor();
      await romeo.waitForOffline(account.jid);
    } finally {
      await romeo.disconnect();
    }
  });
});
