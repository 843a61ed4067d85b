import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { openConnection, type Connection } from '../../../src-main/store/driver';
import { openEngine } from '../../../src-main/store/engine';
import { erase } from '../../../src-main/store/erase';
import type { Amendment, Store } from '../../../src-main/store/store';
import { incoming, openTestStore, testFolder, testKey } from '../../support/store-kit';
import { someQuery } from '../../support/search-query';

const noon = Date.UTC(2026, 0, 1, 12);
const juliet = 'juliet@example.org';
const nurse = 'nurse@example.org';

/** Messages at noon, one a second, some of them ours. */
const fill = async (store: Store, peer: string, count: number): Promise<void> => {
  for (let n = 0; n < count; n++) {
    const direction = n % 3 === 0 ? 'out' : 'in';
    await store.addMessage(
      incoming({ peer, body: `word ${n}`, at: noon + n * 1000, direction, stanzaId: `${peer}-${n}` }),
    );
  }
};
const everything = async (store: Store, peer: string, before: number | null): Promise<number> => {
  let total = 0;
  for (;;) {
    const { deleted } = await store.deleteHistory(peer, before, 7);
    if (deleted === 0) return total;
    total += deleted;
  }
};

describe('the history as a whole', () => {
  it('is counted, all of it or what is older than a moment', async () => {
    const store = await openTestStore({ file: join(testFolder(), 'a.db') });
    expect(await store.size()).toMatchObject({ messages: 0, chats: 0, oldest: null });
    await fill(store, juliet, 5);
    await fill(store, nurse, 3);
    const size = await store.size();
    expect(size).toMatchObject({ messages: 8, chats: 2, oldest: noon });
    expect(size.bytes).toBeGreaterThan(50_000);
    expect(await store.size(noon + 3000)).toMatchObject({ messages: 6, chats: 2 });
    expect(await store.size(noon)).toMatchObject({ messages: 0, chats: 0 });
    expect(await store.count(juliet, null)).toBe(5);
    expect(await store.count(juliet, noon + 2000)).toBe(2);
    expect(await store.count(null, noon + 2000)).toBe(4);
  });

  it('is read from end to end in pages, each row once, in the order of the conversation', async () => {
    const store = await openTestStore();
    // An archive that is read backwards: the rows are not in the order of their ids.
    for (const n of [3, 4, 1, 2, 0]) {
      await store.addMessage(incoming({ peer: juliet, body: `${n}`, at: noon + n * 1000 }));
    }
    await fill(store, nurse, 4);
    const read = async (peer: string | null): Promise<readonly string[]> => {
      const rows: string[] = [];
      for (let after: number | null = null; ;) {
        const page = await store.exportPage(peer, after, 2);
        rows.push(...page.map((row) => `${row.peer[0] ?? ''} ${row.body}`));
        if (page.length === 0) return rows;
        after = page.at(-1)?.id ?? null;
      }
    };
    // What happened in a room was said by nobody.
    await store.addRoomEvent(juliet, 'renamed', 'Romeo', 'Montague', noon);
    expect(await read(juliet)).toEqual(['j 0', 'j 1', 'j 2', 'j 3', 'j 4']);
    expect([await store.exportCount(juliet), await store.exportCount(null)]).toEqual([5, 9]);
    expect(await read(null)).toEqual([
      ...(await read(juliet)),
      'n word 0',
      'n word 1',
      'n word 2',
      'n word 3',
    ]);
  });
});

describe('deleting for good', () => {
  it('takes one conversation, a few rows at a time, and leaves the others', async () => {
    const store = await openTestStore();
    await fill(store, juliet, 20);
    await fill(store, nurse, 5);
    expect(await everything(store, juliet, null)).toBe(20);
    expect((await store.chats()).map(({ peer }) => peer)).toEqual([nurse]);
    expect((await store.chat(juliet)).last).toBeNull();
    expect((await store.page(juliet, null, 50)).messages).toEqual([]);
    const { hits } = await store.search(someQuery({ text: 'word' }));
    expect(hits).toHaveLength(5);
  });

  it('takes what is older than a moment, and what it leaves is as unread as it was', async () => {
    const store = await openTestStore();
    await fill(store, juliet, 12);
    expect((await store.chat(juliet)).unread).toBe(8);
    expect(await everything(store, juliet, noon + 10_000)).toBe(10);
    const chat = await store.chat(juliet);
    expect(chat.last?.text).toBe('word 11');
    expect(chat.unread).toBe(2);
  });

  it('does not come back from the archive, and what comes later does', async () => {
    const store = await openTestStore();
    await fill(store, juliet, 3);
    await everything(store, juliet, null);
    const page = (n: number, at: number) => ({
      with: null,
      places: [{ id: `${juliet}-${n}`, at }],
      messages: [
        incoming({ peer: juliet, body: `word ${n}`, at, stanzaId: `${juliet}-${n}`, source: 'archive' }),
      ],
      amendments: [],
      after: null,
      before: null,
      whole: false,
      lost: false,
    });
    for (const n of [0, 1, 2]) {
      expect((await store.addPage(page(n, noon + n * 1000))).fresh).toEqual([]);
    }
    expect((await store.addPage(page(3, noon + 3000))).fresh).toHaveLength(1);
    expect((await store.page(juliet, null, 50)).messages).toHaveLength(1);
  });

  it('R8 stays deleted whatever road it comes again: told again by a room, kept by a server', async () => {
    const store = await openTestStore();
    const room = 'verona@rooms.example.org';
    const said = (n: number, source: 'live' | 'offline') =>
      incoming({
        ...{ peer: room, nick: 'Romeo', body: `word ${n}`, at: noon + n * 1000, source },
        ...{ messageId: `${n}` },
      });
    for (const n of [0, 1, 2]) await store.addMessage(said(n, 'live'));
    const last = (await store.page(room, null, 50)).messages.at(-1)?.id ?? 0;
    await store.deleteRows(room, [last]);
    for (const n of [0, 1, 2]) await store.addMessage(said(n, 'offline'));
    expect((await store.page(room, null, 50)).messages.map(({ body }) => body)).toEqual(['word 0', 'word 1']);
    // Nor as what it was corrected to.
    const better: Amendment = {
      ...{ peer: room, direction: 'in', kind: 'correct', target: '2', body: 'better', at: noon + 9000 },
      ...{ nick: 'Romeo', stanzaId: null, messageId: 'c' },
    };
    const corrected = { ...said(9, 'offline'), body: 'better', messageId: 'c', corrects: better };
    expect(await store.addMessage(corrected)).toBeNull();
    await everything(store, room, null);
    expect(await store.heardUpTo(room)).toBe(noon + 1000);
    // The room's clock is not ours to the millisecond.
    for (const n of [0, 1, 2])
      expect(await store.addMessage({ ...said(n, 'offline'), at: noon + n * 1000 + 300 })).toBeNull();
    expect((await store.chat(room)).unread).toBe(0);
    expect(await store.addMessage(said(3, 'offline'))).toMatchObject({ fresh: true });

    await fill(store, juliet, 3);
    await everything(store, juliet, null);
    const again = (n: number) => incoming({ peer: juliet, stanzaId: `${juliet}-${n}`, at: noon + n * 1000 });
    for (const n of [1, 2]) expect(await store.addMessage(again(n))).toBeNull();
    // What was dated by a clock ahead of the server's keeps nothing away.
    expect(await store.addMessage({ ...again(3), at: noon })).toMatchObject({ fresh: true });
  });

  it('leaves what waits in the outbox', async () => {
    const store = await openTestStore();
    await fill(store, juliet, 3);
    await store.addOutgoing({ peer: juliet, body: 'waits', originId: 'o1', at: noon + 500 });
    expect(await everything(store, juliet, null)).toBe(3);
    expect((await store.outbox()).map(({ body }) => body)).toEqual(['waits']);
    expect((await store.chat(juliet)).last?.text).toBe('waits');
  });

  it('leaves no byte of a text behind: not in its page, not in the index, not in the log', () => {
    const file = join(testFolder(), 'a.db');
    const engine = openEngine({ file, key: testKey, rebuild: false, lastTold: null }, () => new Date());
    const write = (name: 'addMessage' | 'deleteHistory', ...args: readonly unknown[]) =>
      engine.write([{ name, args, again: false, streak: 0 }]);
    for (let n = 0; n < 300; n++) {
      const secret = n % 2 === 0 ? 'canarysecret' : 'harmlessword';
      write(
        'addMessage',
        incoming({ peer: n % 2 === 0 ? juliet : nurse, body: `${secret} ${n} 苏州`, at: noon + n }),
      );
    }
    const pages = () => pagesWith(file, ['canarysecret', 'canarysec']);
    expect(pages()).toBeGreaterThan(0);
    write('deleteHistory', juliet, null, 1000);
    let guard = 0;
    while (engine.run({ name: 'erase', args: [], again: false, streak: 0 }) === true) {
      if (++guard > 10_000) throw new Error('it never ends');
    }
    expect(engine.run({ name: 'erase', args: [], again: false, streak: 0 })).toBe(false);
    expect(pages()).toBe(0);
    expect(pagesWith(file, ['harmlessword'])).toBeGreaterThan(0);
    const found = engine.run({
      name: 'search',
      args: [someQuery({ text: 'harm', limit: 200 })],
      again: false,
      streak: 0,
    });
    expect(found).toMatchObject({ hits: { length: 150 } });
    engine.close();
  });

  it('gives back the room where most of it is free', () => {
    const file = join(testFolder(), 'a.db');
    const engine = openEngine({ file, key: testKey, rebuild: false, lastTold: null }, () => new Date());
    const { writer } = engine;
    writer.exec('CREATE TABLE big (x)');
    for (let n = 0; n < 200; n++) writer.run('INSERT INTO big VALUES (?)', 'x'.repeat(4000));
    writer.exec(`DROP TABLE big; INSERT INTO meta VALUES ('erase', 'wanted')`);
    const before = pageCount(writer);
    while (erase(writer));
    expect(pageCount(writer)).toBeLessThan(before - 180);
    engine.close();
  });
});

const pageCount = (db: Connection) => db.one<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;

/** How many pages hold one of the texts, as they are once they are decrypted; those of the log too. */
function pagesWith(file: string, texts: readonly string[]): number {
  const db = openConnection(file, testKey);
  const pages = db.all<{ data: Buffer }>('SELECT data FROM sqlite_dbpage');
  db.close();
  return pages.filter(({ data }) => texts.some((text) => data.includes(text))).length;
}
