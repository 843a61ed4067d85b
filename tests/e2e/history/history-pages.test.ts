import { setTimeout as pause } from 'node:timers/promises';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallArgs } from '../../../src-shared/ipc/contract';
import type { Message } from '../../../src-shared/model/conversation';
import { lookAt, WIDE } from '../look';
import { accountOf, ask, call, en, log, openChat, settings, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

const MANY = 260;
/** Where a second of its own begins: a server's stamps may have no fractions, and what is older is deleted by them. */
const LATER = 60;
const text = (index: number): string => `line ${String(index).padStart(3, '0')}`;

describe('a long conversation', () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await openTalk();
    await openChat(talk.stage.page, 'Friar');
    for (let index = 0; index < MANY; index += 1) {
      if (index === LATER) {
        await talk
          .chatRow('Romeo')
          .getByText(text(LATER - 1))
          .waitFor();
        await pause(1_100);
      }
      await talk.romeo.sendMessage(talk.juliet.jid, text(index));
    }
    await talk
      .chatRow('Romeo')
      .getByText(text(MANY - 1))
      .waitFor();
    await openChat(talk.stage.page);
    await jumpButton(MANY).click();
  });
  afterAll(() => talk.stop());

  const row = (index: number): Locator =>
    log(talk.stage.page)
      .locator('article')
      .filter({ hasText: text(index) });
  /** Names how many have not been read. */
  const jumpButton = (count: number): Locator =>
    talk.stage.page.getByRole('button', { name: en('conversation.jump-new', { count }) });
  const unread = async (): Promise<number | undefined> => {
    const account = await accountOf(talk.stage.page);
    const chats = (await ask(talk.stage.page, 'chats.list', { account })).value;
    return chats.find(({ peer }) => peer === talk.romeo.bareJid)?.unread;
  };
  /** By the wheel, as the reader does. */
  const scrollTo = (top: number): Promise<void> =>
    log(talk.stage.page).evaluate((pane, to) => {
      pane.dispatchEvent(new WheelEvent('wheel', { bubbles: true }));
      pane.scrollTop = to;
    }, top);
  /** The first message whose upper edge is in sight, and where it stands. */
  const reader = (): Promise<{ readonly words: string; readonly top: number }> =>
    log(talk.stage.page).evaluate((pane) => {
      const { top: paneTop } = pane.getBoundingClientRect();
      const articles = [...pane.querySelectorAll('article')]
        .map((one) => ({
          words: one.querySelector('p.body')?.textContent ?? '',
          top: one.getBoundingClientRect().top - paneTop,
        }))
        .sort((a, b) => a.top - b.top);
      return articles.find(({ top }) => top >= 60) ?? { words: '', top: 0 };
    });
  /** What is being measured is held in its place for some frames more. */
  const settledAt = async (top: number): ReturnType<typeof reader> => {
    await soon(async () => {
      await scrollTo(top);
      await pause(250);
      return Number((await reader()).words.replace(/\D/gu, ''));
    }).toBeGreaterThan(LATER + 10);
    return reader();
  };
  const topOf = (words: string): Promise<number> =>
    log(talk.stage.page).locator('article').filter({ hasText: words }).evaluate(fromTop);

  it('R9 is at its end in the first frame that shows it, and in those after it', async () => {
    const { page } = talk.stage;
    await soon(unread).toBe(0);
    await openChat(page, 'Friar');
    const frames = page.evaluate<number[]>(`(${PLACES})(${JSON.stringify(text(MANY - 1))})`);
    await openChat(page);
    const places = await frames;
    expect(Math.max(...places) - Math.min(...places)).toBeLessThan(2);
    expect(Math.min(...places)).toBeGreaterThan(0);
  });

  it('R9 stays at its end while the text and the window change their size: what comes is read', async () => {
    const { page } = talk.stage;
    const view = lookAt(talk.stage);
    for (const [index, textSize] of ([200, 100, 150, 100, 200, 100] as const).entries()) {
      await settings(page, { textSize });
      await view.resize(index % 2 === 0 ? { width: 700, height: 500 } : WIDE);
      await view.rest();
    }
    await talk.romeo.sendMessage(talk.juliet.jid, 'still in sight');
    await row(MANY - 1).waitFor();
    await soon(() => log(page).locator('article').filter({ hasText: 'still in sight' }).count()).toBe(1);
    await soon(unread).toBe(0);
    expect(await page.locator('.jump').count()).toBe(0);
  });

  it('is not read while the details of a narrow window lie over it', async () => {
    const { page } = talk.stage;
    await lookAt(talk.stage).narrowly(async () => {
      await page.getByRole('button', { name: en('conversation.details') }).click();
      await page.getByRole('button', { name: en('shell.close-details') }).waitFor();
      await talk.romeo.sendMessage(talk.juliet.jid, 'behind the arras');
      await soon(unread).toBe(1);
      await page.getByRole('button', { name: en('shell.close-details') }).click();
      await soon(unread).toBe(0);
    });
  });

  it('goes back to its beginning as one scrolls', async () => {
    const beginning = log(talk.stage.page).getByText(en('conversation.beginning', { name: 'Romeo' }));
    await soon(async () => {
      await scrollTo(0);
      return [await row(0).count(), await beginning.count()];
    }).toEqual([1, 1]);
  });

  it('R9 is where the reader left it, behind the settings and after another chat', async () => {
    const { page } = talk.stage;
    const { words, top } = await settledAt(3000);
    const moved = async (): Promise<number> => Math.round(Math.abs((await topOf(words)) - top));
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { level: 1, name: en('settings.title') }).waitFor();
    await page.keyboard.press('Escape');
    await soon(moved).toBeLessThan(3);
    await openChat(page, 'Friar');
    await openChat(page);
    await soon(moved).toBeLessThan(3);
  });

  it('R9 a message that comes meanwhile does not move the view; it is unread, and counted at the button', async () => {
    const before = await settledAt(3000);
    await talk.romeo.sendMessage(talk.juliet.jid, 'late and last');
    await jumpButton(1).waitFor();
    expect(await unread()).toBe(1);
    expect(Math.abs((await topOf(before.words)) - before.top)).toBeLessThan(2);
  });

  it('R9 what goes or comes further up does not move the view either', async () => {
    const { page } = talk.stage;
    const account = await accountOf(page);
    const read = async (anchor: CallArgs<'messages.page'>['anchor']): Promise<readonly Message[]> =>
      (await ask(page, 'messages.page', { account, peer: talk.romeo.bareJid, anchor, limit: 200 })).value
        .messages;
    const newest = await read(null);
    const older = await read({ side: 'before', id: newest[0]?.id ?? 0 });
    const messages = [...older, ...newest];
    const before = await reader();
    const edge = messages.find(({ body }) => body === text(LATER));
    if (!edge) throw new Error(`no message ${text(LATER)}`);
    expect(edge.at).toBeGreaterThan(messages[0]?.at ?? Infinity);
    // Everything older than some rows above the reader is deleted.
    const deleted = await call(page, 'history.delete', {
      account,
      peer: talk.romeo.bareJid,
      before: edge.at,
    });
    expect(deleted.ok).toBe(true);
    await soon(async () => (await read({ side: 'before', id: edge.id })).length).toBe(0);
    await soon(() => row(0).count()).toBe(0);
    await soon(async () => Math.round(Math.abs((await topOf(before.words)) - before.top))).toBeLessThan(3);
  });

  it('the button leads back to the newest message, and all is read', async () => {
    await jumpButton(1).click();
    await soon(() => log(talk.stage.page).locator('article').last().innerText()).toContain('late and last');
    await soon(unread).toBe(0);
  });

  it('R24 is where it was when the window is loaded anew: at the end, with what is new', async () => {
    const { page } = talk.stage;
    await page.reload();
    await openChat(page);
    await soon(() => log(page).locator('article').last().innerText()).toContain('late and last');
  });
});

/** Thirty frames that show messages: how far the newest is above the lower edge in each, in pixels; -1: it is not there. */
const PLACES = `(newest) => new Promise((resolve) => {
  const places = [];
  // What stands at the beginning of a frame is what the one before it showed.
  const look = () => {
    const pane = document.querySelector('[role=log]');
    const seen = [...(pane?.querySelectorAll('article') ?? [])].filter((one) =>
      one.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
    const last = seen.find((one) => one.textContent.includes(newest));
    if (last) places.push(pane.getBoundingClientRect().bottom - last.getBoundingClientRect().bottom);
    else if (seen.length > 0) places.push(-1);
    if (places.length < 30) requestAnimationFrame(look);
    else resolve(places);
  };
  look();
})`;

/** In the pane: a banner above it may have come or gone. */
const fromTop = (one: SVGElement | HTMLElement): number =>
  one.getBoundingClientRect().top - (one.closest('[role=log]')?.getBoundingClientRect().top ?? 0);
