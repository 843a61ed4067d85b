import { describe, expect, it } from 'vitest';
import type { Clock, StoreLauncher, StoreProcess } from '../../src-main/ports';
import { openStore } from '../../src-main/store/client';
import type { ToProcess } from '../../src-main/store/protocol';
import type { Anchor, StoredPage } from '../../src-main/store/store';
import { childStoreLauncher, workerStoreLauncher, type TestStoreLauncher } from '../support/store-launcher';
import { realClock } from '../support/real-clock';
import { incoming, listLog, openTestStore, testFolder, testKey } from '../support/store-kit';

const peer = 'romeo@example.org';
const child = () => {
  const launcher = childStoreLauncher(testFolder());
  return { launcher, file: launcher.databaseFile('account') };
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** So many times faster where the store waits. */
const hasty = (times: number): Clock => ({
  ...realClock,
  after: (ms, run) => realClock.after(ms / times, run),
});

/** A launcher whose processes can be spoilt: `spoil` sees each before it is used. */
function spoilt(launcher: TestStoreLauncher, spoil: (process: StoreProcess, nth: number) => StoreProcess) {
  let nth = 0;
  const wrapped: StoreLauncher = {
    ...launcher,
    launch: () => spoil(launcher.launch(), ++nth),
  };
  return { launcher: wrapped, started: () => nth };
}

describe('R27 the store’s process dies', () => {
  it('R27 by SIGKILL, again and again while it writes: every message is there once, in its order', async () => {
    const at = child();
    const store = await openTestStore(at);
    const killer = { done: false };
    const sent: Promise<unknown>[] = [];
    let answered = 0;
    const killing = (async () => {
      for (let n = 0; n < 8; n++) {
        // What three processes die of without an answer between is given up: that is another specification.
        for (const before = answered; answered === before;) await pause(5);
        await pause(n * 23);
        at.launcher.killNow();
      }
      killer.done = true;
    })();
    let count = 0;
    for (; !killer.done || count < 100; count++) {
      const [body, at] = [`${count}`, 1000 + count];
      const writing: Promise<unknown> =
        count % 2
          ? store.addOutgoing({ peer, body, originId: `o${count}`, at })
          : store.addMessage(incoming({ body, at, messageId: `id-of-message-${count}` })).then((answer) => {
              expect(answer.fresh).toBe(true);
            });
      sent.push(writing.then(() => (answered += 1)));
      await pause(1);
    }
    await Promise.all([killing, ...sent]);
    expect(at.launcher.launched).toBeGreaterThan(4);

    const bodies: string[] = [];
    for (let anchor: Anchor = null, more = true; more;) {
      const page: StoredPage = await store.page(peer, anchor, 200);
      bodies.unshift(...page.messages.map(({ body }) => body));
      anchor = { side: 'before', id: page.messages[0]?.id ?? 0 };
      more = page.older;
    }
    expect(bodies).toEqual(Array.from({ length: count }, (_, n) => `${n}`));
    expect(await store.outbox()).toHaveLength(Math.floor(count / 2));
    expect((await store.chat(peer)).unread).toBe(Math.ceil(count / 2));
    expect(store.recovered).toBe(false);
  });

  it('R27 by an abort of its native part: the next call is answered by the next process', async () => {
    const at = child();
    const store = await openTestStore(at);
    await store.setDraft(peer, 'O Romeo');
    at.launcher.inject({ kind: 'abort' });
    expect(await store.chat(peer)).toMatchObject({ draft: 'O Romeo' });
    expect(at.launcher.launched).toBe(2);
  });

  it('R27 after a commit that it could not tell: the repeated call says what the first would have said', async () => {
    const at = child();
    const { launcher } = spoilt(at.launcher, (process, nth) => {
      if (nth > 1) return process;
      const swallow = (run: (message: unknown) => void) => (message: unknown) => {
        if ((message as { kind: string }).kind === 'answer') process.kill();
        else run(message);
      };
      return {
        ...process,
        onMessage: (run) => {
          process.onMessage(swallow(run));
        },
      };
    });
    const store = await openStore(launcher, {
      file: at.file,
      key: testKey,
      clock: realClock,
      log: listLog(),
    });
    const copy = incoming({ stanzaId: 's1' });
    const [first, second] = await Promise.all([store.addMessage(copy), store.addMessage(copy)]);
    expect(first?.fresh).toBe(true);
    expect(second).toEqual({ ...first, fresh: false });
    expect((await store.chat(peer)).unread).toBe(1);
    await store.close();
  });

  it('R27 with the same call each time: that call is given up, the others go on', async () => {
    const { launcher, started } = spoilt(workerStoreLauncher(''), (process) => ({
      ...process,
      post: (message) => {
        const call = message as ToProcess;
        if (call.kind === 'call' && call.args[0] === 'poison') process.kill();
        else process.post(message);
      },
    }));
    const store = await openStore(launcher, { file: null, key: null, clock: realClock, log: listLog() });
    const calls = [store.chat('a@example.org'), store.chat('poison'), store.chat('b@example.org')];
    const results = await Promise.allSettled(calls);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { reason: 'io' } });
    expect(started()).toBe(4);
    await store.close();
  });

  it('R27 at every start: calls are refused in words, and a later one tries again', async () => {
    const at = child();
    let broken = false;
    const { launcher, started } = spoilt(at.launcher, (process) => {
      if (broken) process.kill();
      return process;
    });
    const options = { key: testKey, file: at.file, log: listLog(), clock: hasty(10) };
    const store = await openStore(launcher, options);
    await store.setDraft(peer, 'O Romeo');
    broken = true;
    at.launcher.killNow();
    await expect(store.chats()).rejects.toMatchObject({ reason: 'io' });
    expect(started()).toBeGreaterThan(3);
    await expect(openStore(launcher, options)).rejects.toMatchObject({ reason: 'io' });
    broken = false;
    expect(await store.chats()).toMatchObject([{ draft: 'O Romeo' }]);
    await store.close();
    await expect(store.chats()).rejects.toMatchObject({ reason: 'closed' });
  });

  it('R27 R15 with a history in memory: the user can be told, and no id is used twice', async () => {
    const launcher = workerStoreLauncher('');
    const store = await openTestStore({ launcher });
    const { message } = await store.addMessage(incoming());
    launcher.killNow();
    const next = await store.addMessage(incoming());
    expect(next.message.id).toBeGreaterThan(message.id);
    expect(store).toMatchObject({ durable: false, recovered: true });
  });

  it('R27 without a word at the start: it is ended and another one started', async () => {
    const at = child();
    const { launcher, started } = spoilt(at.launcher, (process, nth) =>
      nth === 1 ? { ...process, onMessage: () => undefined } : process,
    );
    // Only the first deadline, which is that of the start, comes early.
    let timers = 0;
    const after: Clock['after'] = (ms, run) => realClock.after(++timers === 1 ? 50 : ms, run);
    const options = { key: testKey, file: at.file, log: listLog(), clock: { ...realClock, after } };
    const store = await openStore(launcher, options);
    expect(started()).toBe(2);
    await store.close();
  });

  it('R27 while closing, or hung: closing ends all the same', async () => {
    const { launcher } = spoilt(workerStoreLauncher(''), (process) => ({
      ...process,
      post: (message) => {
        if ((message as ToProcess).kind !== 'close') process.post(message);
      },
    }));
    const store = await openStore(launcher, { file: null, key: null, clock: hasty(20), log: listLog() });
    await store.close();
    await store.close();
    await expect(store.chats()).rejects.toMatchObject({ reason: 'closed' });
  });
});
