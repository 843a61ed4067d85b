import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppEvent } from '../../../src-shared/ipc/events';
import { createTranslator } from '../../../src-shared/i18n';
import type { AccountId } from '../../../src-shared/model/account';
import type { HistoryWork } from '../../../src-shared/model/history';
import { defaultSettings } from '../../../src-shared/model/settings';
import { PaperError, type ExportFile, type Exports, type Paper, type Ports } from '../../../src-main/ports';
import type { SessionContext } from '../../../src-main/session/context';
import { createHistory } from '../../../src-main/session/history';
import { createHub } from '../../../src-main/session/hub';
import { openEngine } from '../../../src-main/store/engine';
import { StoreError, type Store } from '../../../src-main/store/store';
import { FakeClock } from '../../support/clock';
import { incoming, listLog, openTestStore, testFolder, testKey } from '../../support/store-kit';
import { someQuery } from '../../support/search-query';

const juliet = 'juliet@example.org';
const romeo = 'romeo@example.org';
const nurse = 'nurse@example.org';
const noon = Date.UTC(2026, 0, 1, 12);

/** A file on a disk that can be full. */
class FakeFile implements ExportFile {
  readonly name = 'chat.json';
  text = '';
  state: 'open' | 'finished' | 'discarded' = 'open';
  /** Runs before each piece is written. */
  onWrite: () => void | Promise<void> = () => undefined;
  async write(part: string | Uint8Array): Promise<void> {
    await this.onWrite();
    this.text += typeof part === 'string' ? part : new TextDecoder().decode(part);
  }
  finish(): Promise<void> {
    this.state = 'finished';
    return Promise.resolve();
  }
  discard(): Promise<void> {
    this.state = 'discarded';
    return Promise.resolve();
  }
}

const setUp = async (choose?: Exports['choose'], paper: Partial<Paper> = {}, database?: string) => {
  const store = await openTestStore(database === undefined ? {} : { file: database });
  const file = new FakeFile();
  const asked: string[] = [];
  const hub = createHub();
  const events: AppEvent[] = [];
  hub.listen(({ event }) => events.push(event));
  const clock = new FakeClock(noon);
  const exports: Exports = {
    choose:
      choose ??
      ((suggested, extension) => {
        asked.push(`${suggested}.${extension}`);
        return Promise.resolve(file);
      }),
  };
  const context: SessionContext = {
    account: '0'.repeat(32) as AccountId,
    bare: juliet,
    domain: 'example.org',
    ports: { clock, exports, paper, log: listLog() } as unknown as Ports,
    store,
    hub,
    settings: () => defaultSettings,
    translate: () => createTranslator('en'),
    features: () => new Set(),
    link: () => null,
    serverNow: () => clock.now(),
    language: () => 'en',
  };
  /** What was thrown away with what was deleted, and whose notifications. */
  const thrown: string[] = [];
  const history = createHistory(context, {
    nameOf: (peer) => (peer === romeo ? 'Romeo' : null),
    forget: ({ files, links }) => Promise.resolve(void thrown.push(...files, ...links)),
    forgetAll: () => Promise.resolve(void thrown.push('all')),
    removed: (peer) => void thrown.push(peer),
  });
  const works = (): readonly HistoryWork[] =>
    events.flatMap((event) => (event.type === 'history' ? [event.work] : []));
  const ended = async (): Promise<HistoryWork> => {
    for (;;) {
      const last = works().at(-1);
      if (last && last.state !== 'running') return last;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  return { store, file, asked, events, history, works, ended, clock, thrown };
};

const fill = async (store: Store, peer: string, count: number): Promise<void> => {
  await Promise.all(
    Array.from({ length: count }, (_, n) =>
      store.addMessage(
        incoming({ peer, body: `${n}`, at: noon - 1_000_000 + n * 1000, stanzaId: `${peer}${n}` }),
      ),
    ),
  );
};

describe('an export', () => {
  it('writes everything, page by page, and says so', async () => {
    const { store, file, asked, history, works, ended } = await setUp();
    await fill(store, romeo, 1203);
    await fill(store, nurse, 4);
    expect(await history.exportTo(null, 'json')).toEqual({ ok: true, value: { started: true } });
    expect(await ended()).toEqual({
      kind: 'export',
      state: 'done',
      done: 1207,
      total: 1207,
      file: 'chat.json',
      reason: null,
    });
    expect(works()[0]).toMatchObject({ state: 'running', done: 0, total: 1207 });
    expect(file.state).toBe('finished');
    const { chats } = JSON.parse(file.text) as {
      chats: { peer: string; name: string; messages: { body: string }[] }[];
    };
    expect(chats.map(({ name }) => name).sort()).toEqual(['Romeo', nurse]);
    const ours = chats.find(({ peer }) => peer === romeo)?.messages.map(({ body }) => body);
    expect(ours).toEqual(Array.from({ length: 1203 }, (_, n) => `${n}`));
    expect(asked).toEqual(['Flint chats 2026-01-01.json']);
  });

  it('suggests a name that every system can write', async () => {
    const { asked, history, ended } = await setUp();
    await history.exportTo('a/b\\c:"\u202efdp@example.org', 'html');
    await ended();
    expect(asked).toEqual(['Flint chat with a_b_c___fdp@example.org 2026-01-01.html']);
  });

  it('tells at most five times a second', async () => {
    const { store, file, history, works, ended, clock } = await setUp();
    await fill(store, romeo, 3000);
    file.onWrite = () => clock.advance(90);
    await history.exportTo(romeo, 'text');
    await ended();
    const running = works().filter(({ state }) => state === 'running');
    // Eight pieces of 90 ms each.
    expect(running.length).toBeLessThanOrEqual(1 + Math.floor((8 * 90) / 200));
    expect(running.length).toBeGreaterThan(1);
  });

  it('is not begun when the user changes their mind, and then another may be', async () => {
    const { history, works } = await setUp(() => Promise.resolve(null));
    expect(await history.exportTo(null, 'html')).toEqual({ ok: true, value: { started: false } });
    expect(await history.exportTo(null, 'html')).toEqual({ ok: true, value: { started: false } });
    expect(works()).toEqual([]);
  });

  it('says why the file cannot be made', async () => {
    const denied = Object.assign(new Error('no'), { code: 'EACCES' });
    const { history } = await setUp(() => Promise.reject(denied));
    expect(await history.exportTo(null, 'html')).toEqual({
      ok: false,
      error: { code: 'file', params: { reason: 'read-only' } },
    });
  });

  it('R12 leaves nothing of a file on a disk that is full', async () => {
    const { store, file, history, ended } = await setUp();
    await fill(store, romeo, 3);
    let pieces = 0;
    file.onWrite = () => {
      if (++pieces === 3) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    await history.exportTo(romeo, 'html');
    expect(await ended()).toMatchObject({ state: 'failed', reason: 'file', file: null });
    expect(file.state).toBe('discarded');
  });

  it('R12 leaves no file where the store refuses what it is to have', async () => {
    const { store, file, history, works, ended } = await setUp();
    await fill(store, romeo, 3);
    const { exportCount, chats } = store;
    for (const refusing of ['exportCount', 'chats'] as const) {
      file.state = 'open';
      Object.assign(store, { [refusing]: () => Promise.reject(new StoreError('io', '')) });
      await expect(history.exportTo(null, 'json')).rejects.toBeInstanceOf(StoreError);
      expect([file.state, works()]).toEqual(['discarded', []]);
      Object.assign(store, { exportCount, chats });
    }
    await history.exportTo(null, 'json');
    expect(await ended()).toMatchObject({ state: 'done' });
  });

  it('leaves nothing of a file when it is stopped, or the app ends', async () => {
    for (const way of ['cancel', 'close'] as const) {
      const { store, file, history, ended } = await setUp();
      await fill(store, romeo, 1500);
      let ending: Promise<void> | undefined;
      file.onWrite = () => {
        if (way === 'cancel') history.cancel();
        else ending = history.close();
      };
      await history.exportTo(romeo, 'html');
      expect(await ended()).toMatchObject({ state: 'cancelled', file: null });
      await ending;
      expect(file.state).toBe('discarded');
    }
  });

  it('is the only work at a time', async () => {
    const { store, file, history, ended } = await setUp();
    await fill(store, romeo, 3);
    const busy = { ok: false, error: { code: 'busy' } };
    let second: unknown;
    file.onWrite = async () => {
      second ??= [await history.exportTo(null, 'text'), await history.remove(null, null)];
    };
    await history.exportTo(romeo, 'html');
    await ended();
    expect(second).toEqual([busy, busy]);
    expect(await store.count(null, null)).toBe(3);
    expect(await history.exportTo(romeo, 'text')).toMatchObject({ ok: true });
  });
});

describe('paper', () => {
  const blank = new TextEncoder().encode('%PDF-1.4');

  it('takes the web page of the export', async () => {
    const seen: string[] = [];
    const pdf = (html: string) => {
      seen.push(html);
      return Promise.resolve(blank);
    };
    const print = (html: string) => {
      seen.push(html);
      return Promise.resolve(false);
    };
    const { store, file, asked, history, ended } = await setUp(undefined, { pdf, print });
    await store.addMessage(incoming({ peer: romeo, body: '<script>', at: noon - 1, stanzaId: 's' }));
    await fill(store, romeo, 600);
    expect(await history.exportTo(romeo, 'pdf')).toEqual({ ok: true, value: { started: true } });
    expect(await ended()).toMatchObject({ state: 'done', done: 601, file: 'chat.json' });
    expect(asked).toEqual(['Flint chat with Romeo 2026-01-01.pdf']);
    expect(file.text).toBe('%PDF-1.4');
    expect(await history.print(romeo)).toEqual({ ok: true, value: { printed: false } });
    expect(seen).toHaveLength(2);
    for (const html of seen) {
      expect(html).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
      expect(html).toContain('&lt;script&gt;');
      expect(html).not.toContain('<script');
      expect(html.match(/<time /g)).toHaveLength(601);
    }
  });

  it('is not asked for where nothing was written', async () => {
    const { history, asked, works } = await setUp();
    const nothing = { ok: false, error: { code: 'nothing-to-print' } };
    expect(await history.exportTo(romeo, 'pdf')).toEqual(nothing);
    expect(await history.print(romeo)).toEqual(nothing);
    expect(asked).toEqual([]);
    expect(works()).toEqual([]);
  });

  it('that cannot be made leaves no file, and says so', async () => {
    const none = () => Promise.reject(new PaperError('no printer'));
    const { store, file, history, ended } = await setUp(undefined, { pdf: none, print: none });
    await fill(store, romeo, 2);
    await history.exportTo(romeo, 'pdf');
    expect(await ended()).toMatchObject({ state: 'failed', reason: 'print' });
    expect(file.state).toBe('discarded');
    const refused = { ok: false, error: { code: 'print', params: { reason: 'no printer' } } };
    expect(await history.print(romeo)).toEqual(refused);
    expect(await history.print(romeo)).toEqual(refused);
  });
});

describe('a deletion', () => {
  it('takes one conversation, tells the window, and leaves what waits', async () => {
    const { store, history, events, ended } = await setUp();
    await fill(store, romeo, 250);
    await fill(store, nurse, 3);
    await store.addOutgoing({ peer: nurse, body: 'waits', originId: 'o', at: noon });
    await store.setDraft(romeo, 'begun');
    expect(await history.remove(romeo, null)).toEqual({ ok: true, value: null });
    expect(await ended()).toMatchObject({ kind: 'delete', state: 'done', done: 250, total: 250 });
    const told = events.flatMap((event) =>
      event.type === 'filled' || event.type === 'chat-gone' ? [`${event.type} ${event.peer}`] : [],
    );
    expect(told).toEqual([`filled ${romeo}`, `chat-gone ${romeo}`]);
    expect(await store.count(null, null)).toBe(4);
    expect(await store.erase()).toBe(false);
  });

  it('takes all but what waits', async () => {
    const { store, history, events, ended } = await setUp();
    await fill(store, romeo, 5);
    await fill(store, nurse, 3);
    await store.addOutgoing({ peer: nurse, body: 'waits', originId: 'o', at: noon });
    await history.remove(null, null);
    expect(await ended()).toMatchObject({ state: 'done', done: 8, total: 8 });
    expect((await store.chats()).map(({ peer }) => peer)).toEqual([nurse]);
    const chat = events.find((event) => event.type === 'chat');
    expect(chat).toMatchObject({ chat: { peer: nurse, last: { text: 'waits' } } });
  });

  it('throws away what was fetched for it, and nothing that another message shares', async () => {
    const { store, history, ended, thrown } = await setUp();
    const rest = { type: null, size: null, width: null, height: null, sha256: null, name: null };
    const add = async (peer: string, url: string) =>
      (await store.addMessage(incoming({ peer, body: url, at: noon, file: { url, ...rest } }))).message.id;
    const [one, two] = ['https://x/1', 'https://x/2'];
    const ids = [await add(romeo, one), await add(romeo, two), await add(nurse, two)];
    await fill(store, romeo, 1);
    const text = (await store.addMessage(incoming({ peer: romeo, body: 'see http://y/z, there' }))).message
      .id;
    await history.removeMessages(romeo, [text]);
    expect(thrown).toEqual(['http://y/z,', romeo]);
    thrown.length = 0;
    await history.removeMessages(romeo, ids.slice(0, 2));
    expect(thrown).toEqual([one, one, two, romeo]);
    thrown.length = 0;
    await history.remove(nurse, null);
    await ended();
    expect(thrown).toEqual([two, two, nurse]);
  });

  it('of all there is throws away all that was fetched', async () => {
    const { store, history, ended, thrown } = await setUp();
    await fill(store, romeo, 2);
    await history.remove(null, null);
    await ended();
    expect(thrown).toEqual([romeo, 'all']);
  });

  it('does not take what comes while it goes on', async () => {
    const { store, history, ended } = await setUp();
    await fill(store, romeo, 300);
    await history.remove(romeo, null);
    await store.addMessage(incoming({ peer: romeo, body: 'late', at: noon, source: 'live' }));
    await ended();
    expect((await store.page(romeo, null, 9)).messages.map(({ body }) => body)).toEqual(['late']);
  });

  it('takes what an archive tells meanwhile of the time before, and not the newest in its place', async () => {
    const { store, history, ended } = await setUp();
    await fill(store, romeo, 300);
    await history.remove(romeo, null);
    for (let n = 0; n < 50; n += 1)
      await store.addMessage(
        incoming({ peer: romeo, body: `hole ${n}`, at: noon - 2_000_000 + n, stanzaId: `hole${n}` }),
      );
    expect(await ended()).toMatchObject({ state: 'done', done: 300, total: 300 });
    expect(await store.count(romeo, null)).toBe(0);
  });

  it('stops when asked to, and says how far it came', async () => {
    const { store, history, ended } = await setUp();
    await fill(store, romeo, 1000);
    await history.remove(romeo, null);
    history.cancel();
    const { state, done } = await ended();
    expect(state).toBe('cancelled');
    expect(await store.count(romeo, null)).toBe(1000 - done);
    expect(done).toBeLessThan(1000);
  });

  it('goes on overwriting at the next start what the end of the app cut short', async () => {
    const { store, history } = await setUp();
    await fill(store, romeo, 50);
    await store.deleteHistory(romeo, null, 100);
    history.load();
    await history.close();
    history.load();
    while (await store.erase());
    expect(await store.erase()).toBe(false);
  });
});

describe('what the search has of older versions', () => {
  it('is brought up to date at the start, without being asked', async () => {
    const database = join(testFolder(), 'a.db');
    const { writer, close } = openEngine(
      { file: database, key: testKey, rebuild: false, lastTold: null },
      () => new Date(noon),
    );
    writer.exec(`
      INSERT INTO messages (id, peer, direction, body, at, sort, nick, search_key)
        VALUES (1, 'hall@rooms.example.org', 'in', 'hello', 0, 0, 'Maya', 1);
      INSERT INTO search (rowid, words) VALUES (1, 'hello');
      INSERT INTO meta VALUES ('reindex', '1');
    `);
    close();
    const { store, history } = await setUp(undefined, {}, database);
    const found = async (): Promise<number> => (await store.search(someQuery({ nick: 'Maya' }))).hits.length;
    expect(await found()).toBe(0);
    history.load();
    await expect.poll(found).toBe(1);
    await history.close();
  });
});
