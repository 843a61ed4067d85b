/** Opens stores for tests: real clock, quiet log, folders that go away at the end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Log } from '../../src-main/ports';
import { openStore, type OpenOptions } from '../../src-main/store/client';
import type { ServerMessage, Store, Stored } from '../../src-main/store/store';
import { realClock } from './real-clock';
import { workerStoreLauncher, type TestStoreLauncher } from './store-launcher';

/** Events that were logged, by name. */
export function listLog(): Log & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const note = (event: string, fields?: object) => {
    lines.push(`${event} ${JSON.stringify(fields ?? {})}`);
  };
  return { lines, info: note, warn: note, error: note };
}

export const testKey = '0123456789abcdef'.repeat(4);

/** A folder of its own, removed when the test is over. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flint-store-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Where nothing was deleted before: whatever comes is kept. */
export interface TestStore extends Store {
  addMessage(message: ServerMessage): Promise<Stored>;
}

/** Opens a store that is closed when the test is over; in memory unless told otherwise. */
export async function openTestStore(
  options: Partial<OpenOptions> & { readonly launcher?: TestStoreLauncher } = {},
): Promise<TestStore> {
  const { launcher = workerStoreLauncher(''), ...rest } = options;
  const store = await openStore(launcher, {
    file: null,
    key: rest.file ? testKey : null,
    clock: realClock,
    log: listLog(),
    ...rest,
  });
  onTestFinished(() => store.close());
  return store as TestStore;
}

/** An incoming message with no ids, stamped by the server, of which a test says what it is about. */
export const incoming = (message: Partial<ServerMessage> = {}): ServerMessage => ({
  peer: 'romeo@example.org',
  direction: 'in',
  kind: 'chat',
  subject: null,
  body: 'But soft',
  at: 1_000_000,
  messageId: null,
  originId: null,
  stanzaId: null,
  source: 'offline',
  markable: false,
  seen: false,
  standing: 'open',
  ...message,
});
