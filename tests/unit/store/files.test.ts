import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseExists, openStore } from '../../../src-main/store/client';
import { moveAside } from '../../../src-main/store/files';
import type { Anchor, ServerMessage, StoredPage } from '../../../src-main/store/store';
import { workerStoreLauncher } from '../../support/store-launcher';
import { realClock } from '../../support/real-clock';
import { incoming, listLog, openTestStore, testFolder, testKey } from '../../support/store-kit';

const otherKey = 'f'.repeat(64);
const peer = 'romeo@example.org';
const sharedFile = {
  ...{ url: 'https://x.test/end.png', name: 'The end', type: 'image/png', size: 4_096 },
  ...{ width: null, height: null, sha256: null },
};
const place = () => {
  const launcher = workerStoreLauncher(join(testFolder(), 'accounts'));
  return { launcher, file: launcher.databaseFile('account'), folder: join(launcher.databaseFile('x'), '..') };
};
type Place = ReturnType<typeof place>;

const filled = async ({ launcher, file }: Place, body = 'But soft') => {
  const store = await openTestStore({ launcher, file });
  await store.addMessage(incoming({ body }));
  await store.addOutgoing({ peer, body: 'Ay me', originId: 'o1', at: 2_000_000 });
  await store.setDraft(peer, 'O Romeo');
  await store.close();
};
const refusal = ({ launcher, file }: Place, key: string) =>
  openStore(launcher, { file, key, clock: realClock, log: listLog() }).then(
    () => 'opened',
    (error: unknown) => (error as { reason: string }).reason,
  );
const aside = ({ folder }: Place) => readdirSync(folder).filter((name) => /\.damaged-[^-]*$/.test(name));

describe('the database file', () => {
  it('is for its owner alone, and so is everything beside it', async () => {
    const at = place();
    const store = await openTestStore(at);
    await store.addMessage(incoming());
    expect(statSync(at.folder).mode & 0o777).toBe(0o700);
    const names = readdirSync(at.folder);
    expect(names.sort()).toEqual(['account.db', 'account.db-shm', 'account.db-wal', 'account.db.key.json']);
    for (const name of names) expect(statSync(join(at.folder, name)).mode & 0o777).toBe(0o600);
  });

  it('T25 holds neither text nor address in the clear, nor the key', async () => {
    const at = place();
    const store = await openTestStore(at);
    await store.addMessage(incoming({ body: 'canary-body-4711' }));
    await store.setDraft(peer, 'canary-draft-4711');
    for (const name of readdirSync(at.folder)) {
      const content = readFileSync(join(at.folder, name), 'latin1');
      for (const secret of ['canary', peer, testKey, 'SQLite format']) expect(content).not.toContain(secret);
    }
  });

  it('keeps everything until the next start', async () => {
    const at = place();
    await filled(at);
    const store = await openTestStore(at);
    expect(store).toMatchObject({ durable: true, recovered: false });
    expect((await store.page(peer, null, 10)).messages.map(({ body }) => body)).toEqual([
      'But soft',
      'Ay me',
    ]);
    expect(await store.outbox()).toMatchObject([{ originId: 'o1', written: false }]);
    expect(await store.chat(peer)).toMatchObject({ unread: 1, draft: 'O Romeo' });
  });

  it('is deleted with all beside it', async () => {
    const at = place();
    await filled(at);
    const store = await openTestStore(at);
    writeFileSync(`${at.file}.damaged-20260101T000000Z`, 'x');
    await store.destroy();
    expect(readdirSync(at.folder)).toEqual([]);
    expect(databaseExists(at.file)).toBe(false);
  });

  it('is none when there is no key: all is in memory', async () => {
    const store = await openTestStore();
    expect(store.durable).toBe(false);
    await store.destroy();
  });
});

describe('R13 a wrong key', () => {
  it('R13 never moves or changes the file', async () => {
    const at = place();
    await filled(at);
    const before = readFileSync(at.file);
    expect(await refusal(at, otherKey)).toBe('wrong-key');
    expect(await refusal(at, 'not a key')).toBe('wrong-key');
    expect(readFileSync(at.file)).toEqual(before);
    expect(aside(at)).toEqual([]);
    expect((await (await openTestStore(at)).page(peer, null, 10)).messages).toHaveLength(2);
  });

  it('R13 is not called damage when the key check is lost', async () => {
    const at = place();
    await filled(at);
    for (const content of [null, '', '{"version":1}', 'null']) {
      if (content === null) rmSync(`${at.file}.key.json`);
      else writeFileSync(`${at.file}.key.json`, content);
      expect(await refusal(at, otherKey)).toBe('wrong-key');
    }
    expect(aside(at)).toEqual([]);
    // The right key opens it, and vouches for itself from now on.
    await (await openTestStore(at)).close();
    expect(JSON.parse(readFileSync(`${at.file}.key.json`, 'utf8'))).toMatchObject({ version: 1 });
  });

  it('R13 does not matter where there is no database yet', async () => {
    const at = place();
    await filled(at);
    rmSync(at.file);
    expect(await refusal(at, otherKey)).toBe('opened');
    expect(await refusal(at, testKey)).toBe('wrong-key');
  });
});

describe('R13 a damaged file', () => {
  it('R13 is put aside, a fresh one is made, and the user can be told', async () => {
    const at = place();
    await filled(at);
    const garbage = Buffer.alloc(40_000, 7);
    writeFileSync(at.file, garbage);
    const store = await openTestStore(at);
    expect(store.recovered).toBe(true);
    expect(await store.chats()).toEqual([]);
    const [name = ''] = aside(at);
    expect(name).toMatch(/^account\.db\.damaged-\d{8}T\d{6}Z$/);
    expect(readFileSync(join(at.folder, name))).toEqual(garbage);
    expect((await store.addMessage(incoming())).message.id).toBeGreaterThan(1_000_000_000);
    await store.close();
    expect((await openTestStore(at)).recovered).toBe(false);
  });

  it('R13 gives back the outbox and drafts, with the ids that they had', async () => {
    const at = place();
    const store = await openTestStore(at);
    for (let n = 0; n < 400; n++) await store.addMessage(incoming({ body: `${n} `.repeat(200), at: n }));
    const { message: waiting } = await store.addOutgoing({
      peer,
      body: 'Ay me',
      originId: 'o1',
      at: 2_000_000,
    });
    await store.markWritten(waiting.id, null);
    const covered = { spoiler: 'How it ends', file: sharedFile };
    const { message: spoiler } = await store.addOutgoing({
      ...{ peer, body: 'Both die', originId: 'o2', at: 2_000_001, nick: 'Juliet' },
      ...covered,
    });
    await store.addOutgoing({ peer, body: '', originId: 'o3', at: 2_000_002, buzz: true });
    // What came back from the server stands where it stood.
    await store.markSent(waiting.id);
    await store.sendBack(peer, 'o1');
    await store.setDraft(peer, 'I mean', spoiler.id, 'The end');
    await store.setDraft('nurse@example.org', 'Anon!', 1);
    await store.close();
    // Pages of old messages; what stands first in the file (schema and small tables) is whole.
    const content = readFileSync(at.file);
    for (let page = 60; page < 80; page++) content.fill(0x5a, page * 4096 + 8, (page + 1) * 4096);
    writeFileSync(at.file, content);

    const again = await openTestStore(at);
    let told = 0;
    again.onRecovered(() => told++);
    for (let anchor: Anchor = null, more = true; more;) {
      const page: StoredPage = await again.page(peer, anchor, 100);
      anchor = { side: 'before', id: page.messages[0]?.id ?? 0 };
      more = page.older;
    }
    expect(again.recovered).toBe(true);
    expect(told).toBe(1);
    expect(await again.outbox()).toMatchObject([
      { id: waiting.id, originId: 'o1', body: 'Ay me', written: true },
      { id: spoiler.id, originId: 'o2', body: 'Both die', ...covered },
      { originId: 'o3', buzz: true },
    ]);
    expect(await again.chats()).toMatchObject([
      {
        peer,
        last: { delivery: 'waiting' },
        draft: 'I mean',
        answering: { id: spoiler.id },
        draftSpoiler: 'The end',
      },
      { peer: 'nurse@example.org', draft: 'Anon!' },
    ]);
    expect(await again.markSent(waiting.id)).toMatchObject({ message: { delivery: 'sent' } });
    expect(aside(at)).toHaveLength(1);
    expect(existsSync(at.file)).toBe(true);
  });

  it('R13 gives back what waits to be said of messages, what is kept at hand and on its way, and nothing that was deleted', async () => {
    const at = place();
    const store = await openTestStore(at);
    const nurse = 'nurse@example.org';
    const heard = incoming({
      ...{ body: 'heard', stanzaId: 's1', messageId: 'a-long-and-random-id-1' },
      at: 1_000,
    });
    const deleted = {
      ...heard,
      body: 'deleted',
      stanzaId: 's2',
      messageId: 'a-long-and-random-id-2',
      at: 2_000,
    };
    const emptied = {
      ...heard,
      peer: nurse,
      body: 'emptied',
      stanzaId: 's3',
      messageId: 'a-long-and-random-id-3',
    };
    const news = { ...heard, body: 'news', stanzaId: 's4', messageId: 'a-long-and-random-id-4', at: 9_000 };
    const page = (messages: readonly ServerMessage[]) => ({
      ...{ messages, with: null, amendments: [], after: null, before: null, whole: true, lost: false },
      places: messages.map(({ stanzaId, at: time }) => ({ id: stanzaId ?? '', at: time })),
    });
    const { fresh } = await store.addPage(page([heard, emptied, deleted]));
    const row = (body: string): number => fresh.find((one) => one.body === body)?.id ?? 0;
    for (const one of [peer, nurse]) await store.markRead(one, null);
    const own = await store.addOutgoing({
      peer,
      body: 'written',
      originId: 'a-long-and-random-id-5',
      at: 3_000,
    });
    await store.markSent(own.message.id);
    const said = { id: own.message.id, originId: 'c1', at: 4_000 };
    await store.amendOutgoing({ ...said, kind: 'correct', body: 'better' });
    await store.amendOutgoing({ id: row('heard'), kind: 'react', body: '["👍"]', originId: 'r1', at: 5_000 });
    await store.pin(row('heard'), 6_000);
    await store.deleteRows(peer, [row('deleted')]);
    await store.deleteHistory(nurse, null, 10);
    await store.addUpload({
      ...{ peer, path: '/end.png', copied: false, name: 'end.png', size: 4_096, originId: 'u1', at: 7_000 },
      ...{ thumbnail: null, answers: row('heard'), fault: null },
    });
    await store.putInvitation({
      ...{ room: 'ball@rooms.example.org', by: peer, direct: true, reason: null, password: null, at: 8_000 },
    });
    await store.putSetting('archive-history-end', '1');
    const [outbox, uploads, invitations] = [
      await store.outbox(),
      await store.uploads(),
      await store.invitations(),
    ];
    expect(outbox.map(({ amends }) => amends?.kind)).toEqual(['correct', 'react']);
    await store.close();
    moveAside(at.file, testKey, new Date());

    const again = await openTestStore(at);
    expect(await again.outbox()).toEqual(outbox);
    expect(await again.uploads()).toEqual(uploads);
    expect(await again.invitations()).toEqual(invitations);
    expect((await again.pins(peer)).map(({ body }) => body)).toEqual(['heard']);
    // The archive is read anew: what was here by then is no news.
    expect(await again.setting('archive-history-end')).toBe('2000');
    await again.addPage(page([heard, emptied, deleted, news]));
    const { messages } = await again.page(peer, null, 10);
    expect(messages.map(({ body }) => body)).toEqual(['heard', 'better', 'news']);
    expect(await again.chat(nurse)).toMatchObject({ last: null });
    expect(await again.markSent(outbox[0]?.id ?? 0)).toMatchObject({ message: { body: 'better' } });
  });

  it('R13 leaves unread what was unread, in chats, requests and rooms, and read what was read', async () => {
    const at = place();
    const store = await openTestStore(at);
    const [nurse, tybalt, ball] = ['nurse@example.org', 'tybalt@example.org', 'ball@rooms.example.org'];
    const said = (from: string, n: number, more: Partial<ServerMessage> = {}): ServerMessage =>
      incoming({
        ...{
          peer: from,
          stanzaId: `${from}-${n}`,
          messageId: `a-long-and-random-id-${from}-${n}`,
          at: n * 1_000,
        },
        ...more,
      });
    const mine = [said(peer, 1), said(nurse, 2), said(peer, 3), said(nurse, 4)];
    const stranger = said(tybalt, 5, { standing: 'request' });
    const call = { nick: 'Mercutio', mention: true };
    const theirs = [said(ball, 1, { nick: 'Mercutio' }), said(ball, 2, call), said(ball, 3, call)];
    const page = (messages: readonly ServerMessage[], end: number, room: string | null = null) => ({
      ...{ with: room, amendments: [], after: null, before: null, whole: true, lost: false },
      messages: messages.map((one) => ({ ...one, seen: one.at <= end })),
      places: messages.map(({ stanzaId, at: time }) => ({ id: stanzaId ?? '', at: time })),
    });
    const ends = ['archive-history-end', `room-history-end:${ball}`];
    for (const end of ends) await store.putSetting(end, '0');
    await store.addPage(page([...mine, stranger], 0));
    await store.addPage(page(theirs, 0, ball));
    // The first is read here; of the nurse all is; in the room all but the last.
    await store.markRead(peer, { by: 'stanza-id', id: `${peer}-1` });
    await store.markRead(nurse, null);
    await store.markRead(ball, { by: 'stanza-id', id: `${ball}-2` });
    const asked = [peer, nurse, tybalt, ball];
    const before = await Promise.all(asked.map((one) => store.chat(one)));
    expect(before.map(({ unread, mentions = 0 }) => [unread, mentions])).toEqual([
      ...[
        [1, 0],
        [0, 0],
        [0, 0],
      ],
      [1, 1],
    ]);
    expect(before[2]?.standing).toBe('request');
    await store.close();
    moveAside(at.file, testKey, new Date());

    const again = await openTestStore(at);
    const [own = 0, room = 0] = (await Promise.all(ends.map((end) => again.setting(end)))).map(Number);
    expect([own, room]).toEqual([2_999, 2_999]);
    // What came meanwhile is news.
    await again.addPage(page([...mine, stranger, said(nurse, 6)], own));
    await again.addPage(page([...theirs, said(ball, 7, { nick: 'Mercutio' })], room, ball));
    const after = await Promise.all(asked.map((one) => again.chat(one)));
    expect(after.map(({ unread, mentions = 0 }) => [unread, mentions])).toEqual([
      ...[
        [1, 0],
        [1, 0],
        [0, 0],
      ],
      [2, 1],
    ]);
    expect(after[2]?.standing).toBe('request');
  });
});
