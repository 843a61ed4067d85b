import type { Page } from 'playwright';
import type { CrowdPresence, Crowd } from '../servers/prosody/crowd';
import { blocksOf, watchBlocks, type Blocks, type Watched } from './blocks';
import { scroll } from './page';
import { dearestTask } from './task-cost';

/** What a person does in the window, and what it took; milliseconds. */
export interface WindowFigures {
  /** From the click on a chat until its newest message is on the screen. */
  readonly switches: readonly number[];
  /** Processor time of the dearest task of a second round of them. */
  readonly switchCpuMs: number;
  /** From a key in the search field until the frame after. */
  readonly keys: readonly number[];
  /** From frame to frame while the contacts are scrolled. */
  readonly frames: readonly number[];
  /** The same in a conversation. */
  readonly logFrames: readonly number[];
  /** The longest task of the window while one did each of them; 0: none over 50. */
  readonly tasks: Tasks;
  readonly storm: Storm;
}
/** Milliseconds. */
export interface Tasks {
  readonly keys: number;
  readonly switches: number;
  readonly frames: number;
  readonly logFrames: number;
}
/** A hundred changes of presence a second, for so many seconds. */
export interface Storm extends Blocks {
  /** Rows on the screen that were touched though nothing of them had changed. */
  readonly touched: number;
}
/** One conversation, and the words that are its newest. */
export interface BenchChat {
  readonly jid: string;
  readonly newest: string;
}

const STORM_S = 5;
const ROUNDS = 4;
const QUERIES = ['wisniewski', 'li w', 'line', 'osei'];
const KEY_MS = 120;
/** From pressing the button to letting it go: a quick hand's. */
const PRESS_MS = 60;

export async function windowActs(
  flint: Watched,
  crowd: Crowd,
  ours: string,
  people: readonly string[],
  chats: readonly BenchChat[],
): Promise<WindowFigures> {
  const { page } = flint;
  await page.evaluate("document.querySelector('[role=tree]').scrollIntoView()");
  const storm = await stormOf(flint, crowd, ours, people);
  const keys = await watched(flint, () => typed(page));
  const switches = await watched(flint, () => switched(page, chats));
  const { cpuMs } = await dearestTask(page, () => switched(page, chats));
  const logFrames = await watched(flint, () => page.evaluate<number[]>(scroll('[role=log]', -90)));
  const frames = await watched(flint, () => page.evaluate<number[]>(scroll('[role=tree]', 90)));
  return {
    storm,
    keys: keys.times,
    switches: switches.times,
    switchCpuMs: cpuMs,
    logFrames: logFrames.times,
    frames: frames.times,
    tasks: {
      keys: keys.longest,
      switches: switches.longest,
      logFrames: logFrames.longest,
      frames: frames.longest,
    },
  };
}

/** What each took, and the longest task meanwhile. */
async function watched(
  flint: Watched,
  act: () => Promise<readonly number[]>,
): Promise<{ readonly times: readonly number[]; readonly longest: number }> {
  await watchBlocks(flint);
  const times = await act();
  return { times, longest: (await blocksOf(flint)).windowMs };
}

async function stormOf(
  flint: Watched,
  crowd: Crowd,
  ours: string,
  people: readonly string[],
): Promise<Storm> {
  const { page } = flint;
  await watchBlocks(flint);
  // In the first second only words of those who are there change, so that no row makes room for another; none is on the screen.
  const shown = new Set(await page.evaluate<string[]>(SHOWN));
  const hidden = people.filter((jid) => !shown.has(jid) && Number(/\d+/.exec(jid)?.[0]) % 3 === 1);
  await page.evaluate(WATCH_ROWS);
  await rain(crowd, ours, hidden, 1, (jid, n) => ({ from: `${jid}/desk`, status: `Hall ${String(n)}` }));
  const touched = await page.evaluate<number>('window.benchRows.size');
  await rain(crowd, ours, people, STORM_S - 1, (jid, n) => ({
    from: `${jid}/desk`,
    ...(n % 3 === 0 ? { gone: true } : n % 3 === 1 ? { show: 'away' } : { status: `Hall ${String(n)}` }),
  }));
  await new Promise((next) => setTimeout(next, 1_000));
  return { ...(await blocksOf(flint)), touched };
}

/** Ten changes every tenth of a second. */
async function rain(
  crowd: Crowd,
  ours: string,
  people: readonly string[],
  seconds: number,
  presence: (jid: string, n: number) => CrowdPresence,
): Promise<void> {
  for (let n = 0; n < seconds * 100; n += 10) {
    const next = new Promise((done) => setTimeout(done, 100));
    const ten = Array.from({ length: 10 }, (_, k) =>
      presence(people[((n + k) * 97) % people.length] ?? '', n + k),
    );
    await crowd.tell(ours, ten);
    await next;
  }
}

async function typed(page: Page): Promise<readonly number[]> {
  await page.locator('input[type=search]').first().click();
  await page.evaluate(WATCH_KEYS);
  for (const query of QUERIES) {
    for (const letter of query) {
      await page.keyboard.press(letter === ' ' ? 'Space' : letter);
      await page.waitForTimeout(KEY_MS);
    }
    for (let n = 0; n < query.length; n += 1) {
      await page.keyboard.press('Backspace');
      await page.waitForTimeout(KEY_MS);
    }
  }
  return page.evaluate<number[]>('window.benchKeys');
}

async function switched(page: Page, chats: readonly BenchChat[]): Promise<readonly number[]> {
  const times: number[] = [];
  await page.evaluate("document.querySelector('[role=listbox]').scrollIntoView()");
  await page.waitForTimeout(500);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const chat of chats) times.push(await showChat(page, chat));
  }
  return times;
}

/** @returns how long it takes from the click to the frame that shows its newest message, in milliseconds */
export const showChat = (page: Page, { jid, newest }: BenchChat): Promise<number> =>
  page.evaluate<number>(`(${OPEN})(${JSON.stringify(jid)}, ${JSON.stringify(newest)})`);

const SHOWN = `[...document.querySelectorAll('[role=treeitem][data-person]')].map((row) => row.dataset.person)`;

/** Which contacts' rows are changed in the document, whatever of them. */
const WATCH_ROWS = `window.benchRows = new Set();
new MutationObserver((changes) => {
  for (const { target } of changes) {
    const row = (target.nodeType === 1 ? target : target.parentElement)?.closest('[role=treeitem][data-person]');
    if (row) window.benchRows.add(row.dataset.person);
  }
}).observe(document.querySelector('[role=tree]'), { subtree: true, childList: true, attributes: true, characterData: true });`;

/** The event's own time of the key, then the first moment after the frame that it led to. */
const WATCH_KEYS = `window.benchKeys = [];
document.addEventListener('input', (event) => {
  const began = event.timeStamp;
  requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => window.benchKeys.push(performance.now() - began);
    after.port2.postMessage(null);
  });
}, true);`;

/**
 * A chat is pressed; from the click that ends the press to the frame that has the newest message in sight: an intersection is told
 * of once the frame is laid out, and the message after it comes when that frame is painted.
 */
const OPEN = `(jid, newest) => new Promise((resolve, reject) => {
  const row = document.querySelector('[role=option][data-person="' + CSS.escape(jid) + '"]');
  if (!row) return reject(new Error('no row of ' + jid));
  let began = 0;
  const late = setTimeout(() => reject(new Error('never shown: ' + newest)), 10000);
  const painted = () => {
    const after = new MessageChannel();
    after.port1.onmessage = () => setTimeout(() => resolve(performance.now() - began), 0);
    after.port2.postMessage(null);
  };
  const opaque = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const find = () => {
    const log = document.querySelector('[role=log]');
    if (!log?.textContent.includes(newest)) return null;
    const words = document.createTreeWalker(log, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) if (words.currentNode.data.includes(newest)) return words.currentNode.parentElement;
  };
  const look = () => {
    const message = find();
    if (!message) return requestAnimationFrame(look);
    new IntersectionObserver(([entry], observer) => {
      observer.disconnect();
      if (!entry.isIntersecting || !opaque(message)) return requestAnimationFrame(look);
      clearTimeout(late);
      painted();
    }).observe(message);
  };
  const drawn = new MutationObserver(() => {
    if (!find()) return;
    drawn.disconnect();
    look();
  });
  drawn.observe(document.body, { subtree: true, childList: true });
  row.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 }));
  setTimeout(() => {
    began = performance.now();
    row.click();
  }, ${String(PRESS_MS)});
})`;
