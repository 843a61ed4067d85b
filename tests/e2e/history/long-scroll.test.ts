import type { CDPSession } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../desktop/child';
import { crowdOf } from '../../servers/prosody/crowd';
import { newAccount } from '../../servers/shared';
import { startServer } from '../../servers/start-server';
import type { TestServer } from '../../servers/server';
import { company } from '../../support/company';
import { heldBy, type Held } from '../../support/held';
import { accountOf, ask, log, openChat, openStage, signIn, type Stage } from '../support';

const MANY = 3_000;
const AT_ONCE = 100;
/** Not the first: there the archive is asked for older ones, and what is shown is read anew. */
const NEAR = 200;
/** Long enough that all of them together could not be overlooked in memory. */
const WORDS = 'that is neither short nor to be forgotten '.repeat(75);
const MIB_OF_ALL = (MANY * WORDS.length) / 1024 ** 2;
/** What is drawn at once, wherever one is. */
const NODES = 400;

describe('a conversation of three thousand messages', () => {
  let server: TestServer;
  let stage: Stage;
  let protocol: CDPSession;
  let before: Held;
  const text = (index: number): string => `line ${String(index).padStart(4, '0')}`;

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    const { page } = stage;
    const crowd = crowdOf(server);
    const nora = await newAccount(server, server, 'nora');
    const friend = { jid: company(1, server.domain)[0]?.jid ?? '', name: 'Romeo', groups: [] };
    await crowd.fill(nora.name, [friend]);
    await crowd.present(true);
    await signIn(page, nora, server.wsUrl);
    const from = `${friend.jid}/desk`;
    for (let index = 0; index < MANY; index += AT_ONCE) {
      const some = Array.from({ length: AT_ONCE }, (_, n) => ({
        ...{ from, id: `long-${String(index + n)}`, body: `${text(index + n)} ${WORDS}` },
      }));
      await crowd.write(nora.jid, some);
    }
    const account = await accountOf(page);
    await until('the last message', async () => {
      const answer = await ask(page, 'messages.page', { account, peer: friend.jid, anchor: null, limit: 1 });
      return answer.value.messages.at(-1)?.body.startsWith(text(MANY - 1)) ? true : undefined;
    });
    await ask(page, 'chat.read', { account, peer: friend.jid });
    await openChat(page);
    await message(MANY - 1).waitFor();
    protocol = await page.context().newCDPSession(page);
    before = await heldBy(protocol);
  });
  afterAll(async () => {
    await stage.stop();
    await server.stop();
  });

  const message = (index: number) =>
    log(stage.page)
      .locator('article')
      .filter({ hasText: text(index) });
  /** A step at each frame by the wheel, until the words are there. */
  const scrollTo = (wanted: string, to: 'start' | 'end'): Promise<void> =>
    log(stage.page).evaluate(
      (pane, [words, end]) =>
        new Promise<void>((resolve) => {
          const step = (): void => {
            if (pane.textContent.includes(words)) {
              resolve();
              return;
            }
            pane.dispatchEvent(new WheelEvent('wheel', { bubbles: true }));
            pane.scrollTop = end ? pane.scrollHeight : 0;
            requestAnimationFrame(step);
          };
          step();
        }),
      [wanted, to === 'end'] as const,
    );
  const expectAsBefore = async (): Promise<void> => {
    const now = await heldBy(protocol);
    expect(now.mib - before.mib).toBeLessThan(MIB_OF_ALL / 2);
    expect(now.nodes - before.nodes).toBeLessThan(NODES);
  };

  it('R23 takes no more memory near its beginning than at its end', async () => {
    await scrollTo(text(NEAR), 'start');
    await expectAsBefore();
  });

  it('R23 nor back at its end', async () => {
    await scrollTo(text(MANY - 1), 'end');
    await expectAsBefore();
  });
});
