import type { Desktop } from '../desktop/desktop';
import { crowdOf, type Crowd, type CrowdMessage } from '../servers/prosody/crowd';
import type { TestServer } from '../servers/server';
import { newAccount, type TestAccount } from '../servers/shared';
import { company } from '../support/company';
import { measureStart, type AppStart } from './app-start';
import { accountOf, ask, withFlint } from './page';
import { percentile } from './stats';
import type { Measured } from './table';
import { windowActs, type BenchChat, type WindowFigures } from './window';

const CONTACTS = 10_000;
const CHATS = 2_000;
/** Of them are gone through, each with so many messages; the first has a long history. */
const VISITED = 10;
const MESSAGES = 60;
const LONG = 1_000;
const STARTS = 5;
const RUNS = 3;
const LIMIT_MS = 300_000;
/** Rows from disk, of chats or contacts; then the first one whose presence has come from the server. */
const ROW = ':is([role=treeitem], [role=option])';
const MARKS = { roster: `${ROW} .pr`, ready: `${ROW} .pr.online` };

/**
 * The window with a contact list of ten thousand, two of three online, and two thousand chats.
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
  const chats = await furnish(desktop, userData, crowd, nora, people);
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
  return rowsOf(starts, figures);
}

/** Everybody of the first two thousand has written; those that are visited are pinned, so that they stay where they are. */
async function furnish(
  desktop: Desktop,
  userData: string,
  crowd: Crowd,
  nora: TestAccount,
  people: readonly string[],
): Promise<readonly BenchChat[]> {
  const visited = people.slice(0, VISITED);
  const newest = (jid: string): string => `The newest of ${jid}`;
  const messages = people.slice(0, CHATS).flatMap((from, place) => {
    const count = place === 0 ? LONG : place < VISITED ? MESSAGES : 1;
    return Array.from({ length: count }, (_, n): CrowdMessage => {
      const body = n === count - 1 ? newest(from) : `Note ${String(n)} of ${from}`;
      return { from: `${from}/desk`, id: `bench-${String(place)}-${String(n)}`, body };
    });
  });
  return withFlint(desktop, userData, async (flint) => {
    const { page } = flint;
    await page.locator(MARKS.ready).first().waitFor({ timeout: LIMIT_MS });
    for (let first = 0; first < messages.length; first += 100)
      await crowd.write(nora.jid, messages.slice(first, first + 100));
    const account = await accountOf(page);
    for (const end = Date.now() + LIMIT_MS; ;) {
      const chats = await ask(page, 'chats.list', { account });
      if (chats.value.length >= CHATS) break;
      if (Date.now() > end) throw new Error(`only ${String(chats.value.length)} chats`);
      await page.waitForTimeout(500);
    }
    for (const peer of people.slice(0, CHATS)) await ask(page, 'chat.read', { account, peer });
    for (const peer of visited) await ask(page, 'chat.mark', { account, peer, marks: { pinned: true } });
    return visited.map((jid) => ({ jid, newest: newest(jid) }));
  });
}

function rowsOf(starts: readonly AppStart[], figures: readonly WindowFigures[]): readonly Measured[] {
  const at = (share: number, of: (one: WindowFigures) => readonly number[]): number[] =>
    figures.map((one) => percentile(of(one), share));
  const ms = (name: string, runs: readonly number[], target?: string): Measured => ({
    name: `10,000 contacts: ${name}`,
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
      name: '10,000 contacts: memory (PSS) of all processes',
      runs: starts.map(({ mib }) => mib),
      unit: 'MiB',
    },
    ms(
      'another of 2,000 chats shown, p50',
      at(0.5, ({ switches }) => switches),
    ),
    ms(
      'another of 2,000 chats shown, p95',
      at(0.95, ({ switches }) => switches),
      'at most 50',
    ),
    ms(
      'another of 2,000 chats shown, longest task of the window (0: none over 50)',
      figures.map(({ tasks }) => tasks.switches),
      'at most 50',
    ),
    ms(
      'another of 2,000 chats shown, processor time of the dearest task',
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
      name: '10,000 contacts: rows touched by 100 changes of others',
      runs: figures.map(({ storm }) => storm.touched),
      unit: 'rows',
      target: 'none',
    },
  ];
}
