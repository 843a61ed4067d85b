import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createTransfer } from '../../../src-main/desktop/transfer';
import type { SessionContext } from '../../../src-main/session/context';
import type { UploadsParts } from '../../../src-main/session/files/try-upload';
import { createUploads } from '../../../src-main/session/files/uploads';
import { createHub } from '../../../src-main/session/hub';
import { StoreError, type Store, type UploadRow } from '../../../src-main/store/store';
import { FakeClock } from '../../support/clock';
import { listLog } from '../../support/store-kit';

const account = '0'.repeat(32);
const romeo = 'romeo@example.org';
const more = { thumbnail: null, answers: null };

/** Uploads over a history that the test answers for, with copies on a real disk. */
const setUp = (history: Partial<Store> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'flint-uploads-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  let given = 0;
  const rows: UploadRow[] = [];
  const store = {
    ...{ durable: true, recovered: false },
    uploads: () => Promise.resolve(rows),
    addUpload: (row: UploadRow) => {
      rows.push({ ...row, id: rows.length + 1 });
      return Promise.resolve(rows.at(-1));
    },
    ...history,
  };
  const ports = {
    ...{ clock: new FakeClock(), log: listLog(), transfer: createTransfer(folder) },
    random: { id: () => `id${String((given += 1))}` },
  };
  const context = { account, store, hub: createHub(), ports, link: () => null };
  const uploads = createUploads(
    context as unknown as SessionContext,
    {
      service: { offer: () => ({ is: 'unknown' }) },
      takesOffersAlone: () => false,
      whom: () => undefined,
      key: () => Promise.resolve('a'.repeat(64)),
    } as unknown as UploadsParts,
  );
  const left = (): readonly string[] => readdirSync(join(folder, account));
  return { uploads, left, paste: () => uploads.addBytes(romeo, 'pasted.png', Buffer.from('picture'), more) };
};

it('a pasted picture that the history refuses leaves no copy', async () => {
  const { paste, left } = setUp({ addUpload: () => Promise.reject(new StoreError('full', '')) });
  await expect(paste()).rejects.toThrow(StoreError);
  expect(left()).toEqual([]);
});

it('one that may have been committed while the history was closed keeps it', async () => {
  const { paste, left } = setUp({ addUpload: () => Promise.reject(new StoreError('closed', '')) });
  await expect(paste()).rejects.toThrow(StoreError);
  expect(left()).toEqual(['id1']);
});

it.each([
  ['is in memory alone', { durable: false }],
  ['was rebuilt, and may have lost what it knew', { recovered: true }],
  ['cannot be read', { uploads: () => Promise.reject(new StoreError('io', '')) }],
])('no copy is swept away for a history that %s', async (_, history) => {
  const { paste, uploads, left } = setUp({
    ...history,
    addUpload: () => Promise.reject(new StoreError('closed', '')),
  });
  await expect(paste()).rejects.toThrow(StoreError);
  await uploads.load().catch(() => undefined);
  expect(left()).toEqual(['id1']);
});

it('of what waits in memory alone no copy is left, and of what waits on the disk each is', async () => {
  for (const [durable, copies] of [
    [false, []],
    [true, ['id1']],
  ] as const) {
    const { paste, uploads, left } = setUp({ durable });
    await paste();
    await uploads.stop();
    expect(left()).toEqual(copies);
  }
});
