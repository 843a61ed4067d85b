import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createPictureCache } from '../../../src-main/desktop/picture-cache';
import { createTransfer } from '../../../src-main/desktop/transfer';
import type { AccountRecord } from '../../../src-main/session/account-records';
import type { AccountsParts } from '../../../src-main/session/accounts';
import { createCredentials } from '../../../src-main/session/credentials';
import { createHub } from '../../../src-main/session/hub';
import { openAccount } from '../../../src-main/session/open-account';
import { StoreError } from '../../../src-main/store/store';
import type { AccountId } from '../../../src-shared/model/account';
import { FakeClock } from '../../support/clock';
import { memoryKeyring } from '../../support/core';
import { listLog } from '../../support/store-kit';

const folder = mkdtempSync(join(tmpdir(), 'flint-copies-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const [mine, other] = ['1', '2'].map((digit) => digit.repeat(32) as AccountId) as [AccountId, AccountId];
const nothing = () => () => undefined;

it('whoever signs out leaves no picture behind, pasted or fetched, also where the disk never gave the history', async () => {
  const { copies, ...transfer } = createTransfer(folder);
  const kept = async (account: AccountId): Promise<string> =>
    copies.keep(account, 'a', 'pasted.png', 'c'.repeat(64), Buffer.from('picture'));
  const [pasted, others] = [await kept(mine), await kept(other)];
  const pictures = createPictureCache(join(folder, 'pictures'), new FakeClock());
  const name = 'b'.repeat(64);
  for (const one of [mine, other]) await pictures.write(one, name, 'c'.repeat(64), Buffer.from('fetched'));
  const ports = {
    ...{
      clock: new FakeClock(),
      pictures,
      log: listLog(),
      secrets: memoryKeyring(),
      transfer: { ...transfer, copies },
    },
    system: { onWake: nothing, onNetwork: nothing, onLock: nothing },
    store: { databaseFile: (account: AccountId) => account },
    random: { bytes: (count: number) => new Uint8Array(count) },
  };
  const histories = {
    exists: () => true,
    open: () => Promise.reject(new StoreError('full', '')),
    remove: () => undefined,
  };
  const parts = { ports, histories, hub: createHub(), records: { get: () => null } };
  const record = { id: mine } as AccountRecord;
  const account = openAccount(
    record,
    parts as unknown as AccountsParts,
    createCredentials(mine, ports as never),
    () => undefined,
  );
  await account.forget();
  expect([existsSync(pasted), existsSync(others)]).toEqual([false, true]);
  expect([await pictures.has(mine, name), await pictures.has(other, name)]).toEqual([false, true]);
});
