import type { Desktop } from '../desktop/desktop';
import { heldBy } from '../support/held';
import { QUIET_MS } from './app-start';
import { memoryOf } from './memory';
import { accountOf, ask, withFlint } from './page';
import type { Measured } from './table';
import { showChat, type BenchChat } from './window';

/** So many are scrolled by. */
const MESSAGES = 20_000;
const PAGE = 200;
const LIMIT_MS = 600_000;
/** No other message has so many letters in this order. */
const MARKED = 60;

/** What the window and the store hold of a long conversation: at its end, and once twenty thousand messages were scrolled by. */
export async function measureLongScroll(
  desktop: Desktop,
  userData: string,
  chat: BenchChat | undefined,
  ready: string,
): Promise<readonly Measured[]> {
  if (!chat) throw new Error('no conversation to scroll in');
  return withFlint(desktop, userData, async ({ app, page }) => {
    await page.locator(ready).first().waitFor();
    const protocol = await page.context().newCDPSession(page);
    const account = await accountOf(page);
    const rows = async (when: string): Promise<Measured[]> => {
      const held = await heldBy(protocol);
      await page.waitForTimeout(QUIET_MS);
      const { parts } = memoryOf(app.process().pid ?? 0);
      return [
        { name: `${when}: memory (PSS) of the window`, runs: [parts.window], unit: 'MiB' },
        { name: `${when}: of the store`, runs: [parts.store], unit: 'MiB' },
        { name: `${when}: objects that the page holds`, runs: [held.mib], unit: 'MiB' },
        { name: `${when}: nodes that the page holds`, runs: [held.nodes], unit: 'nodes' },
      ];
    };
    await page.locator(`[role=option][data-person="${chat.jid}"]`).waitFor();
    await showChat(page, chat);
    const many = `${MESSAGES.toLocaleString('en')} messages are scrolled by`;
    const before = await rows(`before ${many}`);
    let oldest: { readonly id: number; readonly body: string } | undefined;
    let seen = 0;
    while (seen < MESSAGES || (oldest?.body.length ?? 0) < MARKED) {
      const anchor = oldest ? { side: 'before' as const, id: oldest.id } : null;
      const answer = await ask(page, 'messages.page', { account, peer: chat.jid, anchor, limit: PAGE });
      const { messages } = answer.value;
      oldest = messages[0];
      seen += messages.length;
      if (!oldest) throw new Error(`only ${String(seen)} messages`);
    }
    await page.evaluate(`(${BACK})(${JSON.stringify(oldest?.body.slice(0, MARKED))}, ${String(LIMIT_MS)})`);
    return [...before, ...(await rows(`after ${many}`))];
  });
}

/** A screen at each frame, until those words are there. */
const BACK = `(words, limit) => new Promise((resolve, reject) => {
  const log = document.querySelector('[role=log]');
  const end = performance.now() + limit;
  const up = () => {
    if (log.textContent.includes(words)) return resolve();
    if (performance.now() > end) return reject(new Error('not scrolled as far as that: ' + words));
    log.dispatchEvent(new WheelEvent('wheel', { bubbles: true, deltaY: -1 }));
    log.scrollTop -= log.clientHeight;
    requestAnimationFrame(up);
  };
  up();
})`;
