import type { Desktop } from '../desktop/desktop';
import { crowdOf } from '../servers/prosody/crowd';
import { newAccount, type TestAccount } from '../servers/shared';
import type { TestServer } from '../servers/server';
import { company } from '../support/company';
import { QUIET_MS } from './app-start';
import { memoryOf } from './memory';
import { accountOf, ask, withFlint } from './page';
import type { Measured } from './table';

const MINUTES = 60;
const CONTACTS = 200;
const TALKERS = 20;
/** Each minute so many change their presence, and each of those that talk writes once. */
const CHANGES = 60;
const LIMIT_MS = 120_000;

/** What an hour at work brings, in as many seconds as it takes: memory before it and after it. */
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
  const [before, after] = await withFlint(desktop, userData, async ({ app, page }) => {
    await page.locator('[role=treeitem] .pr.online').first().waitFor();
    const account = await accountOf(page);
    const pid = app.process().pid ?? 0;
    await page.waitForTimeout(QUIET_MS);
    const first = memoryOf(pid).mib;
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
          ...{ from: `${jid}/desk`, id: `hour-${String(minute)}-${String(n)}` },
          body: `What I have to say in minute ${String(minute)}`,
        })),
      );
      // Somebody else is looked at each minute.
      const peer = people[minute % TALKERS]?.jid ?? '';
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
      there = messages.at(-1)?.body.endsWith(`minute ${String(MINUTES - 1)}`) ?? false;
    }
    await page.waitForTimeout(QUIET_MS);
    return [first, memoryOf(pid).mib] as const;
  });
  const words = `${String(MINUTES * TALKERS)} messages and ${String(MINUTES * CHANGES)} presences`;
  return [
    { name: `memory (PSS) before an hour of ${words}`, runs: [before], unit: 'MiB' },
    { name: '  after it', runs: [after], unit: 'MiB' },
  ];
}
