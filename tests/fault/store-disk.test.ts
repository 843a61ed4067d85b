import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { moveAside } from '../../src-main/store/files';
import { workerStoreLauncher } from '../support/store-launcher';
import { incoming, openTestStore, testFolder, testKey } from '../support/store-kit';

const peer = 'romeo@example.org';
const place = () => {
  const launcher = workerStoreLauncher(testFolder());
  return { launcher, file: launcher.databaseFile('account') };
};
const bodies = async (store: Awaited<ReturnType<typeof openTestStore>>) =>
  (await store.page(peer, null, 200)).messages.map(({ body }) => body);

describe('R12 a full disk', () => {
  it('R12 refuses in words, loses nothing, and goes on without a restart when there is room', async () => {
    const at = place();
    const store = await openTestStore(at);
    await store.addOutgoing({ peer, body: 'kept', originId: 'o0', at: 1 });
    at.launcher.inject({ kind: 'pages', most: 1 });

    const large = { peer, body: 'x'.repeat(60_000), originId: 'o1', at: 2 };
    await expect(store.addOutgoing(large)).rejects.toMatchObject({ reason: 'full' });
    await expect(store.addMessage(incoming({ body: large.body }))).rejects.toMatchObject({ reason: 'full' });
    expect(await bodies(store)).toEqual(['kept']);
    expect(await store.outbox()).toMatchObject([{ originId: 'o0' }]);
    expect(await store.chat(peer)).toMatchObject({ unread: 0, last: { text: 'kept' } });

    at.launcher.inject({ kind: 'pages', most: null });
    // Another one, with another text: nothing of the refused ones may be in it.
    const other = { peer: 'nurse@example.org', body: 'y'.repeat(60_000), originId: 'o2', at: 3 };
    expect(await store.addOutgoing(other)).toMatchObject({ message: { peer: other.peer, body: other.body } });
    const { message } = await store.addMessage(incoming({ body: 'small' }));
    expect(message.body).toBe('small');
    expect(await store.addOutgoing(large)).toMatchObject({
      message: { delivery: 'waiting', body: large.body },
    });
    expect((await store.outbox()).map(({ originId, body }) => [originId, body[0]])).toEqual([
      ['o0', 'k'],
      ['o2', 'y'],
      ['o1', 'x'],
    ]);
    expect(at.launcher.launched).toBe(1);
  });
});

describe('R12 a read-only disk', () => {
  it('R12 refuses writes in words, still reads, and goes on when it can be written', async () => {
    const at = place();
    const store = await openTestStore(at);
    await store.addMessage(incoming({ body: 'kept' }));
    at.launcher.inject({ kind: 'read-only', on: true });
    await expect(store.setDraft(peer, 'draft')).rejects.toMatchObject({ reason: 'read-only' });
    await expect(store.putRoster('v1', [])).rejects.toMatchObject({ reason: 'read-only' });
    expect(await bodies(store)).toEqual(['kept']);
    at.launcher.inject({ kind: 'read-only', on: false });
    await store.setDraft(peer, 'draft');
    expect(await store.chat(peer)).toMatchObject({ draft: 'draft' });
    expect(at.launcher.launched).toBe(1);
  });

  it('R12 a place where no file can be is refused at opening', async () => {
    await expect(openTestStore({ file: '/dev/null/account.db' })).rejects.toMatchObject({ reason: 'io' });
  });
});

describe('R14 a power cut', () => {
  it('R14 in a migration leaves the old database', async () => {
    const at = place();
    const store = await openTestStore(at);
    await store.addMessage(incoming({ body: 'before' }));
    await store.close();
    const script = fileURLToPath(new URL('migration-kill.ts', import.meta.url));
    const run = spawnSync(process.execPath, ['--import', 'tsx', script, at.file, testKey], {
      encoding: 'utf8',
    });
    expect(run.signal).toBe('SIGKILL');
    expect(await bodies(await openTestStore(at))).toEqual(['before']);
  });

  it('R13 R14 between putting a damaged file aside and salvaging it costs nothing', async () => {
    const at = place();
    const store = await openTestStore(at);
    const { message } = await store.addOutgoing({ peer, body: 'waits', originId: 'o1', at: 1 });
    await store.close();
    moveAside(at.file, testKey, new Date());

    const again = await openTestStore(at);
    expect(again.recovered).toBe(true);
    expect(await again.outbox()).toMatchObject([{ id: message.id, originId: 'o1' }]);
    await again.close();
    expect(readFileSync(`${at.file}.key.json`, 'utf8')).not.toContain('salvage');
    expect(await (await openTestStore(at)).outbox()).toMatchObject([{ id: message.id, originId: 'o1' }]);
  });
});

describe('two copies on one database', () => {
  it('R18 wait for each other and lose nothing', async () => {
    const folder = testFolder();
    const file = join(folder, 'account.db');
    const one = await openTestStore({ file });
    const two = await openTestStore({ file });
    const send = (store: typeof one, n: number) =>
      store.addOutgoing({ peer, body: `${n}`, originId: `o${n}`, at: n });
    await Promise.all(Array.from({ length: 40 }, (_, n) => send(n % 2 ? one : two, n)));
    expect(await one.outbox()).toHaveLength(40);
    expect(await two.outbox()).toHaveLength(40);
  });
});
