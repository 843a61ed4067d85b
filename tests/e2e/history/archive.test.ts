import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallArgs } from '../../../src-shared/ipc/contract';
import type { Message } from '../../../src-shared/model/conversation';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { newAccount, type TestAccount } from '../../servers/shared';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { lookAt } from '../look';
import { accountOf, ask, en, log, openStage, phaseOf, sidebar, signIn, soon, type Stage } from '../support';

/** More than the first sign-in reads by itself. */
const MANY = 1_200;
const AWAY = 70;
const text = (index: number): string => `line ${String(index).padStart(4, '0')}`;

describe('what only the server has', () => {
  let server: TestServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    juliet = await newAccount(server, server, 'juliet');
    romeo = await connectPeer(server, await newAccount(server, server, 'romeo'), { client: 'stanza' });
    // Her other client is there for all of it, so that nothing is left for later delivery.
    const other = await connectPeer(server, juliet, { client: 'stanza' });
    await other.setPresence({});
    await say(0, MANY);
    await other.waitForMessage(({ body }) => body === text(MANY - 1), 60_000);
    await other.disconnect();
    await signIn(stage.page, juliet, server.wsUrl);
  });
  afterAll(async () => {
    await romeo.disconnect();
    await stage.stop();
    await server.stop();
  });

  const say = async (from: number, to: number): Promise<void> => {
    for (let index = from; index < to; index += 1)
      await romeo.sendRaw(
        `<message xmlns='jabber:client' type='chat' to='${juliet.jid}' id='m${String(index)}'><body>${text(index)}</body></message>`,
      );
  };
  const name = (): string => romeo.bareJid.split('@', 1)[0] ?? '';
  const chat = (): Locator =>
    sidebar(stage.page)
      .getByRole('listbox', { name: en('roster.chats') })
      .getByRole('option', { name: name() });
  const row = (index: number): Locator =>
    log(stage.page)
      .locator('article')
      .filter({ hasText: text(index) });
  const scrollTo = (top: number): Promise<void> =>
    log(stage.page).evaluate((pane, to) => {
      pane.scrollTop = to;
    }, top);
  /** Everything of the conversation that is here or comes with asking, oldest first. */
  const everything = async (): Promise<readonly string[]> => {
    const account = await accountOf(stage.page);
    const page = async (anchor: CallArgs<'messages.page'>['anchor']): Promise<readonly Message[]> =>
      (await ask(stage.page, 'messages.page', { account, peer: romeo.bareJid, anchor, limit: 200 })).value
        .messages;
    let all = await page(null);
    for (;;) {
      const before = await page({ side: 'before', id: all[0]?.id ?? 0 });
      if (before.length === 0) return all.map(({ body }) => body);
      all = [...before, ...all];
    }
  };
  /** The first message whose upper edge is in sight, and where it stands in the pane. */
  const reader = (): Promise<{ readonly words: string; readonly top: number }> =>
    log(stage.page).evaluate((pane) => {
      const { top: paneTop } = pane.getBoundingClientRect();
      const articles = [...pane.querySelectorAll('article')]
        .map((one) => ({
          words: one.querySelector('p.body')?.textContent ?? '',
          top: one.getBoundingClientRect().top - paneTop,
        }))
        .sort((a, b) => a.top - b.top);
      return articles.find(({ top }) => top >= 60) ?? { words: '', top: 0 };
    });

  it('the newest comes at the first sign-in; without a connection the rest is said to be on the server', async () => {
    const { page } = stage;
    await chat()
      .getByText(text(MANY - 1))
      .waitFor();
    await chat().click();
    await row(MANY - 1).waitFor();
    const account = await accountOf(page);
    await soon(async () => (await ask(page, 'app.state', {})).value.accounts[0]?.archive.is).toBe('current');
    await ask(page, 'presence.set', { account, kind: 'offline', status: null });
    await expect
      .poll(
        async () => {
          await scrollTo(0);
          return log(page).getByText(en('conversation.gap-offline')).count();
        },
        { timeout: 60_000, interval: 50 },
      )
      .toBe(1);
    expect(await row(0).count()).toBe(0);
    await lookAt(stage).look('gap-offline');
    await ask(page, 'presence.set', { account, kind: 'online', status: null });
    await soon(() => phaseOf(page)).toBe('online');
  });

  it('what was left comes as one scrolls, to the very first', async () => {
    const beginning = log(stage.page).getByText(en('conversation.beginning', { name: name() }));
    await expect
      .poll(
        async () => {
          await scrollTo(0);
          // What comes in front keeps its place out of sight: one scrolls on to the very first.
          return Math.min(await beginning.count(), await row(0).count());
        },
        { timeout: 60_000, interval: 50 },
      )
      .toBe(1);
    await soon(() => log(stage.page).getByText(en('conversation.gap-open')).count()).toBe(0);
  });

  it('R9 all of it is here, once, in the order in which it was said', async () => {
    expect(await everything()).toEqual(Array.from({ length: MANY }, (_, index) => text(index)));
  });

  it('R9 what was said while one was away comes in below, and the line that one reads stays where it is', async () => {
    const { page } = stage;
    const account = await accountOf(page);
    await ask(page, 'presence.set', { account, kind: 'offline', status: null });
    await say(MANY, MANY + AWAY);
    await scrollTo(4_000);
    await soon(async () => (await reader()).words).toMatch(/^line /u);
    let before = await reader();
    await soon(async () => {
      const { words, top } = before;
      before = await reader();
      return before.words === words && before.top === top;
    }).toBe(true);
    await ask(page, 'presence.set', { account, kind: 'online', status: null });
    await chat()
      .getByText(text(MANY + AWAY - 1))
      .waitFor();
    // The pane itself moves when the banner about the connection goes; the line within it does not.
    await soon(reader).toEqual({ words: before.words, top: expect.closeTo(before.top, 0) as number });
    expect((await everything()).slice(-AWAY - 1)).toEqual(
      Array.from({ length: AWAY + 1 }, (_, index) => text(MANY - 1 + index)),
    );
    expect((await reader()).words).toBe(before.words);
  });
});
