import type { AccountId } from '../../src-shared/model/account';
import { StoreError } from '../store/store';
import { invalidateToken } from '../xmpp/stream/invalidate-token';
import { openLink } from '../xmpp/stream/open-link';
import { registerAccount } from '../xmpp/stream/register';
import type { AccountRecord } from './account-records';
import { createAccountSession, type AccountSession, type SessionParts } from './account-session';
import type { AccountsParts } from './accounts';
import { createConsoleLog, type ConsoleLog } from './console-log';
import { createCredentials, type Credentials } from './credentials';

/** An account whose database is being opened, or is open. */
export interface OpenAccount {
  readonly id: AccountId;
  readonly credentials: Credentials;
  readonly console: ConsoleLog;
  readonly ready: Promise<AccountSession>;
  /** What `ready` gives, once it has. */
  readonly session: AccountSession | null;
  /** Signs off and closes the database. */
  close(): Promise<void>;
  /** Signs off and deletes history, password and key. */
  forget(): Promise<void>;
}

/**
 * The encrypted history; without a key, or where the disk gives none (R12, R15), one in memory, so that talking goes on.
 * Neither is ever put in the place of a file that is there.
 */
const openHistory = async (
  id: AccountId,
  credentials: Credentials,
  { ports, histories }: AccountsParts,
): Promise<Pick<SessionParts, 'store' | 'inMemory'>> => {
  const file = ports.store.databaseFile(id);
  const options = { clock: ports.clock, log: ports.log };
  let inMemory: SessionParts['inMemory'] = 'memory';
  const key = await credentials.storeKey(() => histories.exists(file));
  if (key !== null) {
    try {
      return { store: await histories.open(ports.store, { file, key, ...options }), inMemory };
    } catch (error) {
      const reason = error instanceof StoreError ? error.reason : 'unknown';
      if (reason === 'newer') inMemory = reason;
      ports.log.error('history-not-opened', { reason });
    }
  }
  return { store: await histories.open(ports.store, { file: null, key: null, ...options }), inMemory };
};

/** Opens the account's history and makes its session; both go on while the window already shows "connecting". */
export const openAccount = (record: AccountRecord, parts: AccountsParts): OpenAccount => {
  const { ports, hub, link } = parts;
  const { id } = record;
  const credentials = createCredentials(id, ports);
  const console = createConsoleLog(id, hub, ports.clock.now);
  let session: AccountSession | null = null;

  const open = async (): Promise<AccountSession> => {
    const history = await openHistory(id, credentials, parts);
    session = createAccountSession(record, {
      ...parts,
      credentials,
      console,
      ...history,
      openLink: (request, hooks, signal) => openLink(request, { ...ports, ...link }, hooks, signal),
      invalidateToken: (request) => invalidateToken(request, { ...ports, ...link }),
      registerAccount: (request, hooks, signal) =>
        registerAccount(request, { ...ports, ...link }, hooks, signal),
    });
    await session.load();
    session.history.load();
    return session;
  };
  const ready = open();

  return {
    id,
    credentials,
    console,
    ready,
    get session() {
      return session;
    },
    async close() {
      const opened = await ready.catch(() => null);
      opened?.mutes.stop();
      opened?.files.close();
      await Promise.all([opened?.disconnect(), opened?.history.close()]);
      await opened?.store.close();
    },
    async forget() {
      const opened = await ready.catch(() => null);
      opened?.mutes.stop();
      // While it is online: on a stream of its own, beside the one that is closed.
      await Promise.all([opened?.revokeToken(), opened?.disconnect(), opened?.history.close()]);
      await opened?.files.forget();
      await opened?.store.destroy();
      // The history that could not be opened: the one in memory stood in for it.
      parts.histories.remove(ports.store.databaseFile(id));
      await credentials.forget();
    },
  };
};
