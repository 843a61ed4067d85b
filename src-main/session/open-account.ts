import type { AccountId } from '../../src-shared/model/account';
import type { Ports } from '../ports';
import { StoreError, type Store } from '../store/store';
import { invalidateToken } from '../xmpp/stream/invalidate-token';
import { openLink } from '../xmpp/stream/open-link';
import { registerAccount } from '../xmpp/stream/register';
import type { AccountRecord } from './account-records';
import { createAccountSession, type AccountSession, type SessionParts } from './account-session';
import type { AccountsParts } from './accounts';
import { createConsoleLog, type ConsoleLog } from './console-log';
import type { Credentials } from './credentials';
import { untilOpen, type Refusal } from './until-open';

/** An account whose database is being opened, or is open. */
export interface OpenAccount {
  readonly id: AccountId;
  readonly credentials: Credentials;
  readonly console: ConsoleLog;
  /** Null until the database is open. */
  readonly session: AccountSession | null;
  /** Why it is not, where the disk or the key is not there (R12, R15). */
  refusal(): Refusal | null;
  /** The session, once the present try to open the database is over. Rejects with StoreError. */
  latest(): Promise<AccountSession>;
  /** Runs something with the session as soon as it is there; what was to be run before is not. */
  begin(run: (session: AccountSession) => void): void;
  /** Tries to open it now. */
  again(): void;
  /** Signs off and closes the database. */
  close(): Promise<void>;
  /** Signs off and deletes history, password and key. */
  forget(): Promise<void>;
}

/** Where histories are kept: core.ts gives the encrypted store. */
export interface Histories {
  exists(file: string): boolean;
  /** Deletes the file and what lies beside it. */
  remove(file: string): void;
  /** Moves it out of the way, whole. */
  putAside(file: string, now: Date): void;
  /** Rejects with StoreError. */
  open(
    launcher: Ports['store'],
    options: {
      readonly file: string | null;
      readonly key: string | null;
      readonly clock: Ports['clock'];
      readonly log: Ports['log'];
    },
  ): Promise<Store>;
}

type History = Pick<SessionParts, 'store' | 'inMemory'>;

/**
 * The encrypted history; without a key (R15), or where a newer Flint wrote it, one in memory, so that talking goes on. It never
 * stands in for one that the disk refuses for now: what came would be taken for kept, and be gone with the app (R12).
 */
const openHistory = async (
  id: AccountId,
  credentials: Credentials,
  { ports, histories }: AccountsParts,
): Promise<History> => {
  const file = ports.store.databaseFile(id);
  const options = { clock: ports.clock, log: ports.log };
  const inMemory = async (why: SessionParts['inMemory']): Promise<History> => ({
    store: await histories.open(ports.store, { file: null, key: null, ...options }),
    inMemory: why,
  });
  const found = await credentials.storeKey(() => histories.exists(file));
  // Somebody may unlock it yet (R15): what is there is not to be hidden behind an empty one.
  if (found.is === 'later') throw new StoreError(found.state, 'the keyring does not give the key yet');
  if (found.is === 'none') return inMemory('memory');
  if (found.is === 'lost') return inMemory('key-lost');
  const { key } = found;
  try {
    return { store: await histories.open(ports.store, { file, key, ...options }), inMemory: 'memory' };
  } catch (error) {
    const reason = error instanceof StoreError ? error.reason : 'unknown';
    ports.log.error('history-not-opened', { reason });
    if (reason === 'newer') return inMemory('newer');
    if (reason === 'wrong-key') return inMemory('key-lost');
    throw error;
  }
};

/** Opens the account's history and makes its session; both go on while the window already shows "connecting". */
export const openAccount = (
  record: AccountRecord,
  parts: AccountsParts,
  credentials: Credentials,
  tell: (change: 'open' | 'refused') => void,
): OpenAccount => {
  const { ports, hub, link } = parts;
  const { id } = record;
  const console = createConsoleLog(id, hub, ports.clock.now);
  let session: AccountSession | null = null;
  let wanted: ((session: AccountSession) => void) | null = null;

  const load = async (history: History): Promise<AccountSession> => {
    const made = createAccountSession(record, {
      ...parts,
      credentials,
      console,
      ...history,
      openLink: (request, hooks, signal) => openLink(request, { ...ports, ...link }, hooks, signal),
      invalidateToken: (request) => invalidateToken(request, { ...ports, ...link }),
      registerAccount: (request, hooks, signal) =>
        registerAccount(request, { ...ports, ...link }, hooks, signal),
    });
    await made.load();
    made.history.load();
    return made;
  };
  const opening = untilOpen({
    clock: ports.clock,
    system: ports.system,
    async open() {
      const history = await openHistory(id, credentials, parts);
      try {
        return await load(history);
      } catch (error) {
        await history.store.close();
        throw error;
      }
    },
    // Before the first session somebody sits before the sign-in screen, and asks; and a keyring that was left locked asks too.
    byItself: (reason) => reason !== 'locked' && (parts.records.get(id)?.everOnline ?? false),
    onOpen(opened) {
      session = opened;
      // What it is to do first: nobody is shown as offline in between.
      wanted?.(opened);
      tell('open');
    },
    onChange: () => {
      tell('refused');
    },
  });

  /** Ends what is open, or is about to be. */
  const end = async (
    signOff: (opened: AccountSession) => Promise<unknown>,
  ): Promise<AccountSession | null> => {
    const opened = await opening.stop();
    opened?.mutes.stop();
    opened?.notices.end();
    if (opened) await Promise.all([signOff(opened), opened.disconnect(), opened.history.close()]);
    return opened;
  };

  return {
    id,
    credentials,
    console,
    get session() {
      return session;
    },
    refusal: opening.refusal,
    latest: opening.latest,
    begin(run) {
      wanted = run;
      if (session) run(session);
    },
    again: opening.again,
    async close() {
      const opened = await end(({ files }) => files.close());
      await opened?.store.close();
    },
    async forget() {
      // While it is online: on a stream of its own, beside the one that is closed.
      const opened = await end((one) => one.revokeToken());
      // Before the files: a disk that refuses those leaves nothing that signs in, or reads the history.
      await credentials.forget();
      try {
        await opened?.files.forget();
      } finally {
        // Of a history that is not open nobody knows which they are.
        await Promise.all([ports.transfer.copies.clear(id), ports.pictures.clear(id)]).catch(() => {
          ports.log.error('copies-not-removed');
        });
        await opened?.store.destroy();
      }
      // The history that could not be opened: the one in memory stood in for it.
      parts.histories.remove(ports.store.databaseFile(id));
    },
  };
};
