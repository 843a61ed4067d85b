import { freePorts } from '../servers/free-ports';
import { crowdOf } from '../servers/prosody/crowd';
import { newAccount, type TestAccount } from '../servers/shared';
import { startServer } from '../servers/start-server';
import type { TestServer } from '../servers/server';
import type { Desktop } from '../desktop/desktop';
import { company } from '../support/company';
import { startCrowdedRoom, type CrowdedRoom } from '../support/crowded-room';
import { blocksOf, watchBlocks, type Blocks, type Watched } from './blocks';
import { accountOf, ask, withFlint } from './page';
import type { Measured } from './table';

const COUNT = 5_000;
const STORM = 1_000;
const RUNS = 3;
/** So few that the rooms below them are on the screen. */
const CONTACTS = 3;
/** Somebody in the list of who is in the room. */
const PERSON = '.people .person';

interface Join extends Blocks {
  /** From the wish to be in it until people are on the screen. */
  readonly listMs: number;
}
type Act = Blocks & { readonly join: Join };

/**
 * A room with five thousand people in it is joined, looked at, and lives through a thousand changes of presence at once.
 *
 * @param signIn makes a profile of the app that signs in by itself
 */
export async function measureCrowdedRoom(
  desktop: Desktop,
  signIn: (server: TestServer, account: TestAccount) => Promise<string>,
): Promise<readonly Measured[]> {
  const { component } = await freePorts(['component']);
  const server = await startServer('prosody', { componentPort: component });
  try {
    const room = await startCrowdedRoom(server, component, COUNT);
    const nora = await newAccount(server, server, 'nora');
    const crowd = crowdOf(server);
    await crowd.fill(nora.name, company(CONTACTS, server.domain));
    await crowd.present(true);
    const userData = await signIn(server, nora);
    const acts: Act[] = [];
    for (let run = 0; run < RUNS; run += 1)
      acts.push(await withFlint(desktop, userData, (flint) => joinAndStorm(flint, room)));
    return rowsOf(acts);
  } finally {
    await server.stop();
  }
}

async function joinAndStorm(flint: Watched, room: CrowdedRoom): Promise<Act> {
  const { page } = flint;
  await page.locator('[role=treeitem] .pr.online').first().waitFor();
  const account = await accountOf(page);
  const at = { account, peer: room.jid };
  await watchBlocks(flint);
  const began = performance.now();
  await ask(page, 'room.join', { ...at, nick: 'Nora', password: null, create: false });
  await page.getByRole('option', { name: room.name }).click();
  const list = page.locator(PERSON).first();
  if ((await page.locator('.people').count()) === 0)
    await page.getByRole('button', { name: 'Details', exact: true }).click();
  await list.waitFor();
  const listMs = performance.now() - began;
  await settled(page);
  const join = { listMs, ...(await blocksOf(flint)) };

  await watchBlocks(flint);
  room.tell(
    Array.from({ length: STORM }, (_, n) => ({ n: STORM - n, show: 'dnd' as const, status: 'In hall 3' })),
  );
  room.tell([{ n: 0, status: 'The end of it' }]);
  await page.locator(PERSON).getByText('The end of it').waitFor();
  await settled(page);
  const storm = await blocksOf(flint);
  // The next run begins outside.
  await ask(page, 'room.leave', at);
  await ask(page, 'room.forget', at);
  return { ...storm, join };
}

/** What was told has been drawn. */
const settled = (page: Watched['page']): Promise<void> => page.waitForTimeout(1_500);

function rowsOf(acts: readonly Act[]): readonly Measured[] {
  const ms = (name: string, runs: readonly number[], target: string): Measured => ({
    name: `room of 5,000: ${name}`,
    runs,
    unit: 'ms',
    target,
  });
  return [
    ms(
      'from the join to the list',
      acts.map(({ join }) => join.listMs),
      'at most 3000',
    ),
    ms(
      'join, longest block of the main process',
      acts.map(({ join }) => join.mainMs),
      'at most 50',
    ),
    ms(
      'join, longest task of the window (0: none over 50)',
      acts.map(({ join }) => join.windowMs),
      'at most 50',
    ),
    ms(
      '1,000 presences at once, longest block of the main process',
      acts.map(({ mainMs }) => mainMs),
      'at most 50',
    ),
    ms(
      '1,000 presences at once, longest task of the window (0: none over 50)',
      acts.map(({ windowMs }) => windowMs),
      'at most 50',
    ),
  ];
}
