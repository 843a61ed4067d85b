import type { AccountState } from '../../src-shared/ipc/states';
import { done, failed, ok, type Outcome } from '../../src-shared/ipc/errors';
import type { AccountId, AccountOptions } from '../../src-shared/model/account';
import type { XmlEntry } from '../../src-shared/model/connection';
import type { Jid } from '../../src-shared/model/jid';
import { Secret, type Ports } from '../ports';
import type { LinkDeps } from '../xmpp/stream/deps';
import { checkOptions, isBadServer, isSameLine, mayUsePlain } from './account-options';
import type { AccountRecord, AccountRecords } from './account-records';
import type { AccountSession } from './account-session';
import { createCredentials, type Credentials } from './credentials';
import type { Hub } from './hub';
import type { Attention } from './attention';
import type { Front } from './notices';
import { openAccount, type Histories, type OpenAccount } from './open-account';
import type { SettingsService } from './settings';
import type { Sounds } from './sounds';
import { stateWithoutHistory } from './without-history';

/** The accounts of this computer; one is shown, and has a session. */
export interface Accounts {
  start(): Promise<void>;
  states(): readonly AccountState[];
  /** The session of the shown account, once it is open. */
  current(): AccountSession | null;
  session(account: AccountId): Promise<AccountSession | null>;
  console(account: AccountId): readonly XmlEntry[];
  signIn(jid: string, password: string | null, options: AccountOptions): Promise<Outcome<AccountId>>;
  register(jid: string, password: string, options: AccountOptions): Promise<Outcome<AccountId>>;
  /**
   * Other options. Connects anew where they are of the line, unless the user is offline by choice; what is remembered is kept or
   * forgotten at once, if the session is online.
   */
  configure(account: AccountId, options: AccountOptions): Promise<Outcome<null>>;
  signOut(account: AccountId): Promise<Outcome<null>>;
  /** Tries now what waits: for its database, or for the server. */
  retry(account: AccountId): Outcome<null>;
  /** Puts a history aside whose key is lost, and begins a new one. */
  newHistory(account: AccountId): Promise<Outcome<null>>;
  trust(account: AccountId, host: string, fingerprint: string): Promise<Outcome<null>>;
  allowPlain(account: AccountId): Promise<Outcome<null>>;
  quit(): Promise<void>;
}

export interface AccountsParts {
  readonly ports: Ports;
  readonly hub: Hub;
  readonly settings: SettingsService;
  readonly records: AccountRecords;
  readonly front: Front;
  readonly attention: Attention;
  readonly sounds: Sounds;
  readonly histories: Histories;
  /** Deadlines, authorities and resolver of tests. */
  readonly link: Partial<LinkDeps>;
}

export const createAccounts = (parts: AccountsParts): Accounts => {
  const { ports, hub, records } = parts;
  let shown: OpenAccount | null = null;

  const opening = (account: AccountId): OpenAccount | null => (shown?.id === account ? shown : null);
  const stateOf = (record: AccountRecord): AccountState =>
    shown?.session?.state() ?? stateWithoutHistory(record, shown?.refusal() ?? null);

  const tell = (record: AccountRecord): void => {
    hub.emit({ topic: 'account', type: 'account', state: stateOf(records.get(record.id) ?? record) });
  };
  const show = (record: AccountRecord, kept: Credentials | null = null): OpenAccount => {
    const { id } = record;
    let refused = false;
    const credentials = kept ?? createCredentials(id, ports);
    const open = openAccount(record, parts, credentials, (change) => {
      if (shown !== open) return;
      tell(record);
      // What the window could not be told, it asks for.
      if (change === 'open' && refused) hub.emit({ topic: 'account', type: 'history-anew', account: id });
      refused = change === 'refused';
    });
    shown = open;
    tell(record);
    return open;
  };

  const signIn = (session: AccountSession): void => {
    session.signIn();
  };
  /** The same account, over what its history is now. */
  const showAnew = async (
    record: AccountRecord,
    credentials: Credentials | null,
    online: boolean,
  ): Promise<void> => {
    const next = show(record, credentials);
    if (online) next.begin(signIn);
    await next.latest().catch(() => null);
    hub.emit({ topic: 'account', type: 'history-anew', account: record.id });
  };

  /** A disk that refuses keeps the app from nothing (R12): what changed holds until it ends. */
  const held = async (work: () => Promise<void> | void): Promise<void> => {
    try {
      await work();
    } catch (error) {
      ports.log.warn('record-not-kept', { reason: error instanceof Error ? error.name : 'unknown' });
    }
  };

  const isWorking = (account: AccountId): boolean => records.get(account)?.everOnline ?? true;
  /** One that never worked is gone: whoever was there before it was never signed out, and is there again. */
  const reinstate = async (): Promise<AccountRecord | null> => {
    const before = records.latest();
    if (before) await records.put({ ...before, active: true });
    return before;
  };

  /** Closes the shown account: one that never worked is forgotten, any other keeps its history. */
  const putAway = async (): Promise<AccountId | null> => {
    const before = shown;
    if (!before) return null;
    const record = records.get(before.id);
    shown = null;
    if (record && !record.everOnline) {
      await records.remove(before.id);
      await before.forget();
    } else await before.close();
    return before.id;
  };

  /** What changes which account is shown goes one after the other: two at once would leave one running unseen. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };

  const prepare = async (address: Jid, options: AccountOptions): Promise<AccountRecord> => {
    const known = records.byJid(address.bare);
    const presence = options.startInvisible
      ? { kind: 'invisible' as const, status: null }
      : known && known.presence.kind !== 'offline' && known.presence.kind !== 'invisible'
        ? known.presence
        : { kind: 'online' as const, status: null };
    const record: AccountRecord = {
      id: known?.id ?? (ports.random.id() as AccountId),
      jid: address.bare,
      options: { ...options, resource: options.resource ?? address.resource },
      active: true,
      presence,
      allowPlain: mayUsePlain(known, options),
      scramSeen: known?.scramSeen ?? false,
      everOnline: known?.everOnline ?? false,
      pins: known?.pins ?? {},
      userAgent: known?.userAgent ?? null,
      software: known?.software ?? null,
    };
    if (shown && shown.id !== record.id) {
      const removed = await putAway();
      if (removed) hub.emit({ topic: 'account', type: 'removed', account: removed });
    }
    await records.put(record);
    return record;
  };

  const change = async (account: AccountId, patch: Partial<AccountRecord>): Promise<Outcome<null>> => {
    const record = records.get(account);
    const session = await opening(account)?.latest();
    if (!record || !session) return failed('no-account');
    await records.put({ ...record, ...patch });
    session.retry();
    return done;
  };

  const connect = async (
    jid: string,
    password: string | null,
    options: AccountOptions,
    begin: (session: AccountSession) => void,
  ): Promise<Outcome<AccountId>> => {
    const address = checkOptions(jid, options);
    if (!address.ok) return address;
    const record = await prepare(address.value, options);
    const open = shown?.id === record.id ? shown : show(record);
    if (password !== null) open.credentials.typed(new Secret(password));
    open.begin(begin);
    open.again();
    return ok(record.id);
  };

  return {
    async start() {
      const left = records.active();
      // By a process that was killed: nobody has ever been in.
      if (left && !left.everOnline) {
        await held(() => records.remove(left.id));
        await held(() => reinstate().then(() => undefined));
        await createCredentials(left.id, ports).forget();
        await held(() => {
          parts.histories.remove(ports.store.databaseFile(left.id));
        });
      }
      const record = records.active();
      if (!record) return;
      const startInvisible = record.options.startInvisible && record.presence.kind !== 'offline';
      if (startInvisible)
        await held(() => records.put({ ...record, presence: { kind: 'invisible', status: null } }));
      const open = show(record);
      if (record.options.signInAtStart && record.presence.kind !== 'offline') open.begin(signIn);
      // One that the disk refuses is opened later: that is told, and not waited for.
      await open.latest().catch(() => null);
    },
    states: () => {
      const record = records.active();
      return record ? [stateOf(record)] : [];
    },
    current: () => shown?.session ?? null,
    session: async (account) => (await opening(account)?.latest()) ?? null,
    console: (account) => opening(account)?.console.entries() ?? [],
    signIn: (jid, password, options) => inTurn(() => connect(jid, password, options, signIn)),
    register: (jid, password, options) =>
      inTurn(() =>
        connect(jid, password, options, (session) => {
          session.register();
        }),
      ),
    configure: (account, options) =>
      inTurn(async () => {
        const record = records.get(account);
        const session = await opening(account)?.latest();
        if (!record || !session) return failed('no-account');
        if (isBadServer(options)) return failed('bad-url');
        try {
          await records.put({ ...record, options, allowPlain: mayUsePlain(record, options) });
        } finally {
          // What cannot be written holds all the same until the app ends.
          if (!isSameLine(record.options, options)) session.reconnect();
          else if (record.options.rememberPassword !== options.rememberPassword) await session.remember();
          tell(record);
        }
        return done;
      }),
    signOut: (account) =>
      inTurn(async () => {
        const open = opening(account);
        if (!open) return failed('no-account');
        shown = null;
        const worked = isWorking(account);
        try {
          await open.forget();
          await records.remove(account);
        } finally {
          // Where the disk refused, the account is there still: to sign out of it again.
          const left = records.get(account);
          if (left) await showAnew(left, null, false);
          else hub.emit({ topic: 'account', type: 'removed', account });
        }
        const before = worked ? null : await reinstate();
        if (before) await showAnew(before, null, before.presence.kind !== 'offline');
        return done;
      }),
    retry(account) {
      const open = opening(account);
      if (!open) return failed('no-account');
      if (open.session) open.session.retry();
      else open.again();
      return done;
    },
    newHistory: (account) =>
      inTurn(async () => {
        const open = opening(account);
        const record = records.get(account);
        if (!open || !record) return failed('no-account');
        const before = open.session?.state();
        if (before?.history !== 'key-lost') return failed('bad-request');
        const { phase } = before.connection;
        shown = null;
        try {
          await open.close();
          parts.histories.putAside(ports.store.databaseFile(account), new Date(ports.clock.now()));
        } finally {
          // Who is offline by choice stays so.
          await showAnew(record, open.credentials, phase !== 'off' && phase !== 'closing');
        }
        return done;
      }),
    async trust(account, host, fingerprint) {
      const session = await opening(account)?.latest();
      const question = session?.state().connection.certificate;
      // Only what the user was asked about can be trusted.
      if (question?.host !== host || question.fingerprint !== fingerprint) return failed('bad-request');
      return change(account, { pins: { ...records.get(account)?.pins, [host]: fingerprint } });
    },
    allowPlain: (account) => change(account, { allowPlain: true }),
    quit: () =>
      inTurn(async () => {
        const worked = !shown || isWorking(shown.id);
        await putAway();
        if (!worked) await reinstate();
      }),
  };
};
