import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Desktop } from '../desktop/desktop';
import { crowdOf } from '../servers/prosody/crowd';
import type { TestServer } from '../servers/server';
import { newAccount, type TestAccount } from '../servers/shared';
import { company } from '../support/company';
import { measureStart, type AppStart } from './app-start';
import { benchKey, giveHistory } from './history-file';
import { measureLongScroll } from './long-scroll';
import { accountOf, ask, withFlint } from './page';
import { percentile } from './stats';
import type { Measured } from './table';
import { windowActs, type BenchChat, type WindowFigures } from './window';

const CONTACTS = 10_000;
const CHATS = 2_000;
/** With all of them together; the first has some ninety thousand. */
const MESSAGES = 1_000_000;
/** So many of the chats are gone through. */
const VISITED = 10;
const OFFICE = '10,000 contacts, 2,000 chats, 1,000,000 messages';
const STARTS = 5;
const RUNS = 3;
const LIMIT_MS = 300_000;
/** Rows from disk, of chats or contacts; then the first one whose presence has come from the server. */
const ROW = ':is([role=treeitem], [role=option])';
const MARKS = { roster: `${ROW} .pr`, ready: `${ROW} .pr.online` };

/**
 * The window with a contact list of ten thousand, two of three online, and two thousand chats of a million messages.
 *
 * @param signIn makes a profile of the app that signs in by itself
 */
export async function measureWindow(
  server: TestServer,
  desktop: Desktop,
  signIn: (account: TestAccount) => Promise<string>,
): Promise<readonly Measured[]> {
  const crowd = crowdOf(server);
  const nora = await newAccount(server, server, 'nora');
  const people = company(CONTACTS, server.domain).map(({ jid }) => jid);
  await crowd.fill(nora.name, company(CONTACTS, server.domain));
  await crowd.present(true);
  const userData = await signIn(nora);
  const chats = await furnish(desktop, userData, people);
  const starts: AppStart[] = [];
  for (let run = 0; run < STARTS; run += 1) starts.push(await measureStart(desktop, userData, MARKS));
  const figures: WindowFigures[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    figures.push(
      await withFlint(desktop, userData, async (flint) => {
        await flint.page.locator(MARKS.ready).first().waitFor();
        // What a sign-in brings is over.
        await flint.page.waitForTimeout(5_000);
        return windowActs(flint, crowd, nora.jid, people, chats);
      }),
    );
  }
  const long = await measureLongScroll(desktop, userData, chats[0], MARKS.ready);
  return [...rowsOf(starts, figures), ...long.map((row) => ({ ...row, name: `${OFFICE}: ${row.name}` }))];
}

/**
 * A million messages with the first two thousand, as if they had been said over the years; those that are visited are pinned, so
 * that they stay where they are.
 */
async function furnish(
  desktop: Desktop,
  userData: string,
  people: readonly string[],
): Promise<readonly BenchChat[]> {
  const chats = people.slice(0, VISITED).map((jid) => ({ jid, newest: `The newest of ${jid}` }));
  const last = chats.map(({ jid, newest }) => ({
    ...{ peer: jid, direction: 'in' as const, body: newest, nick: null, file: null, at: Date.now() },
  }));
  const folder = join(userData, 'accounts');
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.db'));
  await desktop.keyring.replace(`store-key:${basename(file, '.db')}`, benchKey);
  await giveHistory(MESSAGES, { peers: people.slice(0, CHATS), last }, join(folder, file));
  return withFlint(desktop, userData, async ({ page }) => {
    await page.locator(MARKS.ready).first().waitFor({ timeout: LIMIT_MS });
    const account = await accountOf(page);
    const { length } = (await ask(page, 'chats.list', { account })).value;
    if (length !== CHATS) throw new Error(`${String(length)} chats`);
    for (const { jid: peer } of chats)
      await ask(page, 'chat.mark', { account, peer, marks: { pinned: true } });
    return chats;
  });
}

function rowsOf(starts: readonly AppStart[], figures: readonly WindowFigures[]): readonly Measured[] {
  const at = (share: number, of: (one: WindowFigures) => readonly number[]): number[] =>
    figures.map((one) => percentile(of(one), share));
  const ms = (name: string, runs: readonly number[], target?: string): Measured => ({
    name: `${OFFICE}: ${name}`,
    runs,
    unit: 'ms',
    ...(target === undefined ? {} : { target }),
  });
  return [
    ms(
      'start to the contact list from disk',
      starts.map(({ rosterMs }) => rosterMs),
      'at most 2000',
    ),
    ms(
      'start to ready, presences shown',
      starts.map(({ readyMs }) => readyMs),
    ),
    {
      name: `${OFFICE}: memory (PSS) of all processes`,
      runs: starts.map(({ mib }) => mib),
      unit: 'MiB',
    },
    ms(
      'another chat shown, p50',
      at(0.5, ({ switches }) => switches),
    ),
    ms(
      'another chat shown, p95',
      at(0.95, ({ switches }) => switches),
      'at most 50',
    ),
    ms(
      'another chat shown, longest task of the window (0: none over 50)',
      figures.map(({ tasks }) => tasks.switches),
      'at most 50',
    ),
    ms(
      'another chat shown, processor time of the dearest task',
      figures.map(({ switchCpuMs }) => switchCpuMs),
      'at most 50',
    ),
    ms(
      'a key in the search field, p50',
      at(0.5, ({ keys }) => keys),
    ),
    ms(
      'a key in the search field, p95',
      at(0.95, ({ keys }) => keys),
      'at most 50',
    ),
    ms(
      'a key in the search field, longest task of the window (0: none over 50)',
      figures.map(({ tasks }) => tasks.keys),
      'at most 50',
    ),
    ms(
      'frame while contacts are scrolled, p95',
      at(0.95, ({ frames }) => frames),
      'at most 50',
    ),
    ms(
      'contacts scrolled, longest task of the window (0: none over 50)',
      figures.map(({ tasks }) => tasks.frames),
      'at most 50',
    ),
    ms(
      'frame while a conversation is scrolled, p95',
      at(0.95, ({ logFrames }) => logFrames),
      'at most 50',
    ),
    ms(
      'a conversation scrolled, longest task of the window (0: none over 50)',
      figures.map(({ tasks }) => tasks.logFrames),
      'at most 50',
    ),
    ms(
      '100 presences a second, longest task of the window (0: none over 50)',
      figures.map(({ storm }) => storm.windowMs),
      'at most 50',
    ),
    ms(
      '100 presences a second, longest block of the main process',
      figures.map(({ storm }) => storm.mainMs),
      'at most 50',
    ),
    {
      name: `${OFFICE}: rows touched by 100 changes of others`,
      runs: figures.map(({ storm }) => storm.touched),
      unit: 'rows',
      target: 'none',
    },
  ];
}
