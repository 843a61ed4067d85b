import type { CDPSession, Page } from 'playwright';
import type { AccountId } from '../../src-shared/model/account';
import type { Desktop } from '../desktop/desktop';
import { crowdOf, type Crowd, type CrowdContact } from '../servers/prosody/crowd';
import { newAccount, type TestAccount } from '../servers/shared';
import type { TestServer } from '../servers/server';
import { company } from '../support/company';
import { heldBy } from '../support/held';
import { QUIET_MS } from './app-start';
import { memoryOf, type Memory } from './memory';
import { accountOf, ask, withFlint } from './page';
import type { Measured } from './table';

const MINUTES = 60;
const CONTACTS = 200;
const TALKERS = 20;
const LOOKED_AT = 10;
/** Each minute so many change their presence, and each of those that talk writes once. */
const CHANGES = 60;
const LIMIT_MS = 120_000;
/** What is kept though nobody needs it any more grows with each of them. */
const MORE_HOURS = 2;

interface Office {
  readonly crowd: Crowd;
  readonly people: readonly CrowdContact[];
  readonly nora: TestAccount;
  readonly page: Page;
  readonly account: AccountId;
}

/** What an hour at work brings, in as many seconds as it takes: memory before it, after it, and after two more. */
export async function measureHour(
  server: TestServer,
  desktop: Desktop,
  signIn: (account: TestAccount) => Promise<string>,
): Promise<readonly Measured[]> {
  const nora = await newAccount(server, server, 'nora');
  const crowd = crowdOf(server);
  const people = company(CONTACTS, server.domain);
  await crowd.fill(nora.name, people);
  await crowd.present(true);
  const userData = await signIn(nora);
  return withFlint(desktop, userData, async ({ app, page }) => {
    await page.locator('[role=treeitem] .pr.online').first().waitFor();
    const office = { crowd, people, nora, page, account: await accountOf(page) };
    const protocol = await page.context().newCDPSession(page);
    const quiet = async (): Promise<Memory> => {
      await page.waitForTimeout(QUIET_MS);
      return memoryOf(app.process().pid ?? 0);
    };
    const words = `${String(MINUTES * TALKERS)} messages and ${String(MINUTES * CHANGES)} presences`;
    const rows = [...memoryRows(`before an hour of ${words}`, await quiet()), ...(await heldRows(protocol))];
    await hourOf(office, 0);
    rows.push(...memoryRows('after it', await quiet()));
    for (let more = 1; more <= MORE_HOURS; more += 1) await hourOf(office, more);
    rows.push(...memoryRows('after two more such hours', await quiet()), ...(await heldRows(protocol)));
    return rows;
  });
}

async function hourOf({ crowd, people, nora, page, account }: Office, hour: number): Promise<void> {
  const said = (minute: number): string =>
    `What I have to say in minute ${String(minute)} of ${String(hour)}`;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    await crowd.tell(
      nora.jid,
      Array.from({ length: CHANGES }, (_, n) => {
        const from = `${people[(minute * CHANGES + n) % CONTACTS]?.jid ?? ''}/desk`;
        return n % 2 === 0 ? { from, show: 'away' as const } : { from, status: `Since ${String(minute)}` };
      }),
    );
    await crowd.write(
      nora.jid,
      people.slice(0, TALKERS).map(({ jid }, n) => ({
        ...{ from: `${jid}/desk`, id: ['hour', hour, minute, n].join('-') },
        body: said(minute),
      })),
    );
    // Somebody else is looked at each minute: of those who wrote last, for they stand at the top of the list.
    const peer = people[TALKERS - 1 - (minute % LOOKED_AT)]?.jid ?? '';
    await page.waitForFunction(
      (jid) => document.querySelector(`[role=option][data-person="${CSS.escape(jid)}"]`) !== null,
      peer,
      { timeout: LIMIT_MS },
    );
    await page.evaluate((jid) => {
      document.querySelector<HTMLElement>(`[role=option][data-person="${CSS.escape(jid)}"]`)?.click();
    }, peer);
  }
  const last = people[TALKERS - 1]?.jid ?? '';
  for (let there = false; !there;) {
    await page.waitForTimeout(500);
    const { messages } = (await ask(page, 'messages.page', { account, peer: last, anchor: null, limit: 1 }))
      .value;
    there = messages.at(-1)?.body === said(MINUTES - 1);
  }
}

const memoryRows = (when: string, { mib, parts }: Memory): Measured[] => [
  { name: `memory (PSS) ${when}`, runs: [mib], unit: 'MiB' },
  { name: '  of that the window', runs: [parts.window], unit: 'MiB' },
  { name: '  the main process', runs: [parts.main], unit: 'MiB' },
  { name: '  the store', runs: [parts.store], unit: 'MiB' },
];

/** What the page holds on to once garbage is collected. */
async function heldRows(protocol: CDPSession): Promise<Measured[]> {
  const { mib, nodes } = await heldBy(protocol);
  return [
    { name: '  objects that the page holds', runs: [mib], unit: 'MiB' },
    { name: '  nodes that the page holds', runs: [nodes], unit: 'nodes' },
  ];
}
