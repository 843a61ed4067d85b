import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LOOKS_MS } from '../../../src-main/session/archive/late-looks';
import { moveAside } from '../../../src-main/store/files';
import { StoreError, type Store } from '../../../src-main/store/store';
import { computer } from '../../support/archive-computer';
import { stanza } from '../../support/stanza';
import { openTestStore, testFolder, testKey } from '../../support/store-kit';
import { workerStoreLauncher } from '../../support/store-launcher';
import { began, bodies, inStore, messages, nurse, romeo } from './archive-kit';

it('R8 R9 reads what was missed once and in order, wherever it is cut off, however often', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(0, 3, 40, 700, 5_000, 3_600_000), { minLength: 120, maxLength: 400 }),
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4 }),
      async (gaps, known, cuts) => {
        const all = messages(gaps);
        const { store, server, read } = await computer();
        server.entries = all.slice(0, known);
        await read();
        server.entries = all;
        for (const answers of cuts) {
          server.answers = answers;
          await read();
        }
        server.answers = Infinity;
        await read();
        expect(await inStore(store)).toEqual(bodies(all));
        const [range, ...others] = await store.ranges(null);
        expect(others).toEqual([]);
        expect(range).toMatchObject({ first: { id: 'm0' }, last: { id: all.at(-1)?.id }, lost: false });
        await store.close();
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

it('R10 where the last place has expired it reads on by time, and marks the gap for good', async () => {
  const { store, server, read, archive } = await computer();
  const all = messages(Array.from({ length: 300 }, () => 2_000));
  server.entries = all.slice(0, 50);
  await read();
  // 100 that nobody has seen are gone, and all before them.
  server.entries = all.slice(150);
  await read();
  expect(await inStore(store)).toEqual(bodies([...all.slice(0, 50), ...all.slice(150)]));
  expect(await store.ranges(null)).toMatchObject([{ lost: false }, { first: { id: 'm150' }, lost: true }]);
  const page = await archive.page(romeo, null, 200);
  const [gap] = page.gaps;
  expect(page.gaps).toHaveLength(1);
  expect(gap?.state).toBe('lost');
  expect(page.messages.find(({ id }) => id === gap?.before)?.body).toBe('m 150');
  // Nor is it asked for again.
  const asked = server.asked.length;
  await archive.page(romeo, null, 200);
  expect(server.asked).toHaveLength(asked);
});

it('R10 an entry that was deleted at the server is no reason to miss what came after it', async () => {
  const { store, server, read } = await computer();
  const all = messages(Array.from({ length: 80 }, () => 2_000));
  server.entries = all.slice(0, 40);
  await read();
  server.entries = all.filter(({ id }) => id !== 'm39');
  await read();
  expect(await inStore(store)).toEqual(bodies(all));
});

it('R9 an entry that came late to its place, before what is known, is found and stands there', async () => {
  const { store, server, read, lookAgain } = await computer();
  const all = messages(Array.from({ length: 130 }, () => 10_000));
  server.entries = all.slice(60, 120).filter(({ id }) => id !== 'm112' && id !== 'm117');
  await read();
  server.entries = all.slice(60).filter(({ id }) => id !== 'm117');
  await read();
  await lookAgain();
  expect(await inStore(store)).toContain('m 112');
  // Some come later still.
  server.entries = all.slice(60);
  for (let n = 0; n < 3; n++) await lookAgain();
  const known = await inStore(store);
  expect(known).toEqual(bodies(all.slice(-known.length)));
  expect(known.length).toBeGreaterThan(50);
  expect(await store.ranges(null)).toHaveLength(1);
});

it('R9 an entry that came late is found too where the archive was empty before', async () => {
  const { store, server, read, lookAgain } = await computer();
  const all = messages([0, 1_000]);
  await read();
  server.entries = all.slice(1);
  await read();
  server.entries = all;
  await lookAgain();
  expect(await inStore(store)).toEqual(bodies(all));
});

it('R9 what came late stands after what came late before it, on the page before too', async () => {
  const { store, server, read, lookAgain } = await computer();
  // Fifty of one moment: no time says where among them one stands.
  const all = messages(Array.from({ length: 120 }, (_, n) => (n > 30 && n < 80 ? 0 : 1_000)));
  server.entries = all.filter(({ id }) => id !== 'm49' && id !== 'm50');
  await read();
  await read();
  server.entries = all.filter(({ id }) => id !== 'm50');
  await lookAgain();
  server.entries = all;
  await lookAgain();
  expect(await inStore(store)).toEqual(bodies(all));
});

it('R9 as long as a look finds what came late there is another one, for a dead session may hold any number of messages', async () => {
  const { store, server, read, lookAgain } = await computer();
  const all = messages(Array.from({ length: 130 }, () => 10_000));
  let held = all.slice(-2 * LOOKS_MS.length - 2, -1);
  const give = (): void => {
    server.entries = all.slice(60).filter((entry) => !held.includes(entry));
  };
  give();
  await read();
  await read();
  while (held.length > 0) {
    held = held.slice(1);
    give();
    await lookAgain();
  }
  const known = await inStore(store);
  expect(known).toEqual(bodies(all.slice(-known.length)));
  // And an end once nothing comes any more.
  for (const _ of LOOKS_MS) await lookAgain();
  const before = server.asked.length;
  await lookAgain();
  expect(server.asked).toHaveLength(before);
});

it('R9 a look that an earlier run had no time for is taken by the next one, once, after what is new, and no further than what can come late', async () => {
  const { store, server, read, pass } = await computer();
  const all = messages(Array.from({ length: 400 }, () => 10_000));
  const startOf = (query: string): string => /var="start"[^>]*><value>([^<]*)/.exec(query)?.[1] ?? '';
  const looks = (): readonly string[] =>
    server.asked
      .filter((query) => startOf(query) !== '' && !/<(?:after|before)|var="end"/.test(query))
      .map(startOf);
  // Our clock is the server's.
  pass(began + 1_000_000 - Date.now());
  server.entries = all.slice(0, 100).filter(({ id }) => id !== 'm95');
  await read();
  await read();
  pass(600_000);
  server.entries = all;
  const before = server.asked.length;
  await read();
  expect(looks()).not.toContain(startOf(server.asked[before] ?? ''));
  const known = await inStore(store);
  expect(known).toContain('m 95');
  expect(known).toEqual(bodies(all.slice(-known.length)));
  expect(looks()).toHaveLength(1);
  // Ten minutes after it began are two pages; all that is known would be seven.
  expect(server.asked.filter((query) => startOf(query) === looks()[0])).toHaveLength(2);
  // The next one begins where this run began, and is not due yet.
  await read();
  expect(looks()).toHaveLength(1);
  pass(600_000);
  await read();
  expect(looks()).toHaveLength(2);
});

it('R9 an entry that came late is found too where the first session ended before it read anything', async () => {
  const first = await computer();
  const second = await computer(first.store);
  // Our clock is the server's.
  for (const { pass } of [first, second]) pass(began + 2_000 - Date.now());
  first.server.answers = 0;
  await first.read();
  const { store, server, read, lookAgain } = second;
  const all = messages([0, 1_000, 1_000]);
  server.entries = all.filter(({ id }) => id !== 'm1');
  await read();
  server.entries = all;
  await lookAgain();
  expect(await inStore(store)).toEqual(bodies(all));
});

it('R9 R11 a clock that is set takes nothing from the looks of the session that goes on', async () => {
  const { store, server, read, lookAgain, pass } = await computer();
  const all = messages([0, 1_000]);
  await read();
  server.entries = all.slice(1);
  await read();
  pass(86_400_000);
  Object.assign(server.link, { resumed: { id: 'the session', handled: 0 } });
  await read();
  server.entries = all;
  await lookAgain();
  expect(await inStore(store)).toEqual(bodies(all));
});

it('what one conversation has been read to says nothing of another', async () => {
  const { store, server, read, scroll } = await computer();
  const old = messages(Array.from({ length: 1_500 }, () => 1_000)).map((entry, n) =>
    n % 2 === 0 ? entry : { ...entry, from: nurse },
  );
  server.entries = old;
  await read();
  const of = (peer: string) => bodies(old.filter(({ from }) => from === peer));
  expect((await inStore(store, nurse)).length).toBeLessThan(of(nurse).length);
  expect(await scroll(romeo)).toEqual(of(romeo));
  expect((await inStore(store, nurse)).length).toBeLessThan(of(nurse).length);
  expect(await scroll(nurse)).toEqual(of(nurse));
  expect(await store.page(romeo, null, 10)).toMatchObject({ gaps: [], whole: true });
});

it('a hole in the middle is shown as one, and closed when it is reached', async () => {
  const { store, server, read, scroll, archive } = await computer();
  const all = messages(Array.from({ length: 400 }, () => 1_000));
  server.entries = all.slice(0, 30);
  await read();
  server.entries = all;
  // The tail, the newest page, and then the line is lost.
  server.answers = 2;
  await read();
  const { gaps } = await store.page(romeo, null, 400);
  expect(gaps).toHaveLength(1);
  server.answers = Infinity;
  expect(await scroll(romeo)).toEqual(bodies(all));
  expect((await archive.page(romeo, null, 200)).gaps).toEqual([]);
});

it('a server that refuses is said to, and leaves what is here as it is', async () => {
  const { store, server, read, archive } = await computer();
  server.entries = messages([0, 1_000, 1_000]);
  await read();
  server.refuse = 'forbidden';
  await read();
  expect(archive.state()).toEqual({ is: 'failed', condition: 'forbidden' });
  expect(await inStore(store)).toHaveLength(3);
});

it('without a connection what is here does not begin the conversation, unless it is all that there is', async () => {
  const long = await computer();
  long.server.entries = messages(Array.from({ length: 1_100 }, () => 1_000));
  await long.read();
  const offline = (await computer(long.store)).archive;
  const here = await long.store.page(romeo, null, 2_000);
  const anchor = { side: 'before', id: here.messages[0]?.id ?? 0 } as const;
  expect(here.messages.length).toBeLessThan(1_100);
  expect(await offline.page(romeo, anchor, 50)).toMatchObject({ messages: [], older: true });

  const short = await computer();
  short.server.entries = messages([0, 1_000]);
  await short.read();
  expect((await (await computer(short.store)).archive.page(romeo, null, 50)).older).toBe(false);
});

it('what was refused is asked for again when the user says so, and not a second time once it is here', async () => {
  const { store, server, read, archive } = await computer();
  server.refuse = 'internal-server-error';
  await read();
  expect(archive.state()).toMatchObject({ is: 'failed' });
  server.refuse = null;
  server.entries = messages([0, 1_000]);
  archive.again();
  while (archive.state().is !== 'current') await new Promise((next) => setImmediate(next));
  expect(await inStore(store)).toHaveLength(2);
  const { length } = server.asked;
  archive.again();
  await new Promise((next) => setTimeout(next, 20));
  expect(server.asked).toHaveLength(length);
});

it('R9 a refusal in the middle is made good after a while, though something comes meanwhile', async () => {
  const { store, server, read, tryAgain, archive } = await computer();
  const all = messages(Array.from({ length: 500 }, () => 2_000)).map((entry, n) =>
    n > 200 && n < 210 ? { ...entry, from: nurse } : entry,
  );
  server.entries = all.slice(0, 20);
  await read();
  server.entries = all;
  server.end = 'timeout';
  server.answers = 4;
  await read();
  server.answers = Infinity;
  expect((await store.ranges(null)).length).toBeGreaterThan(1);
  expect(await inStore(store, nurse)).toEqual([]);
  archive.news();
  // Not before the server was left alone.
  const asked = server.asked.length;
  expect(archive.state()).toEqual({ is: 'failed', condition: 'timeout' });
  await tryAgain();
  expect(server.asked.length).toBeGreaterThan(asked + 1);
  expect(archive.state()).toEqual({ is: 'current' });
  expect(await store.ranges(null)).toHaveLength(1);
  expect(await inStore(store, nurse)).toHaveLength(9);
  expect(await store.chat(nurse)).toMatchObject({ unread: 9 });
});

it('R12 a page that the disk refuses is read again by itself, and it is said why', async () => {
  const { store, server, read, tryAgain, archive } = await computer();
  const all = messages(Array.from({ length: 500 }, () => 2_000));
  server.entries = all.slice(0, 20);
  await read();
  server.entries = all;
  const { addPage } = store;
  let pages = 0;
  Object.assign(store, {
    addPage: (...args: Parameters<Store['addPage']>) =>
      ++pages === 5 ? Promise.reject(new StoreError('full', 'no room')) : addPage.apply(store, args),
  });
  await read();
  expect(archive.state()).toEqual({ is: 'failed', condition: 'store-full' });
  // The others that are read side by side do not go on alone.
  expect(pages).toBeLessThan(9);
  await tryAgain();
  expect(archive.state()).toEqual({ is: 'current' });
  expect(await inStore(store)).toEqual(bodies(all));
  expect(await store.ranges(null)).toHaveLength(1);
});

it('R9 R12 an entry that came late is found too where the disk refused at first', async () => {
  const { store, server, read, tryAgain, lookAgain } = await computer();
  const all = messages(Array.from({ length: 130 }, () => 10_000));
  server.entries = all.slice(60, 110);
  await read();
  server.entries = all.slice(60).filter(({ id }) => id !== 'm117');
  const { putSetting } = store;
  let refusals = 1;
  Object.assign(store, {
    putSetting: (...args: Parameters<Store['putSetting']>) =>
      args[0] === 'archive-look' && refusals-- > 0
        ? Promise.reject(new StoreError('full', 'no room'))
        : Reflect.apply(putSetting, store, args),
  });
  await read();
  await tryAgain();
  server.entries = all.slice(60);
  await lookAgain();
  expect(await inStore(store)).toContain('m 117');
});

it('T3 results count only while their query is open, from the own archive, under its random id', async () => {
  const { store, server, read, archive, log } = await computer();
  server.entries = messages([0]);
  await read();
  const queryId = /queryid="([^"]*)"/.exec(server.asked[0] ?? '')?.[1] ?? '';
  expect(queryId).toMatch(/^[0-9a-f]{32}$/);
  const forged = (id: string, from: string) =>
    stanza(
      `<message from='${from}'><result xmlns='urn:xmpp:mam:2' queryid='${id}' id='x'><forwarded xmlns='urn:xmpp:forward:0'>` +
        `<message xmlns='jabber:client' type='chat' from='${romeo}' to='juliet@example.org'><body>forged</body></message>` +
        `</forwarded></result></message>`,
    );
  // Too late; of no query; and during one, by somebody else.
  expect(archive.take(forged(queryId, 'juliet@example.org'))).toBe(true);
  expect(archive.take(forged('guessed', 'juliet@example.org'))).toBe(true);
  const before = server.asked.length;
  const reading = read();
  while (server.asked.length === before) await new Promise((next) => setImmediate(next));
  const open = /queryid="([^"]*)"/.exec(server.asked.at(-1) ?? '')?.[1] ?? '';
  expect(archive.take(forged(open, 'mallory@example.org'))).toBe(true);
  await reading;
  expect(log.filter((line) => line.startsWith('archive-result-refused'))).toHaveLength(3);
  expect(await inStore(store)).toEqual(['m 0']);
});

it('R13 what is unread in a database that was made anew comes again and is told of once', async () => {
  const launcher = workerStoreLauncher(join(testFolder(), 'accounts'));
  const at = { launcher, file: launcher.databaseFile('account') };
  const all = messages([2_000, 2_000, 2_000, 2_000, 2_000, 2_000]);
  const before = await computer(await openTestStore(at));
  before.server.entries = all.slice(0, 2);
  await before.read();
  before.server.entries = all.slice(0, 5);
  await before.read();
  expect(before.told).toEqual(['m 4']);
  await before.store.close();
  moveAside(at.file, testKey, new Date());

  const { store, server, read, told } = await computer(await openTestStore(at));
  server.entries = all.slice(0, 5);
  await read();
  expect(await inStore(store)).toEqual(bodies(all.slice(0, 5)));
  expect((await store.chat(romeo)).unread).toBe(3);
  expect(told).toEqual([]);
  server.entries = all;
  await read();
  expect((await store.chat(romeo)).unread).toBe(4);
  expect(told).toEqual(['m 5']);
});
