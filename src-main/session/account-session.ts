import type { Outcome } from '../../src-shared/ipc/errors';
import type { AccountState } from '../../src-shared/ipc/states';
import { noConnection, stepDoing, type Connection, type Failure } from '../../src-shared/model/connection';
import { parseJid } from '../../src-shared/model/jid';
import type { Ports } from '../ports';
import { StoreError, type Store } from '../store/store';
import type { Link } from '../xmpp/link';
import type { AccountRecord, AccountRecords } from './account-records';
import { createAccountServices, type AccountServices } from './account-services';
import { changePassword } from './change-password';
import type { PresenceChange } from './chosen-presence';
import type { Attention } from './attention';
import type { ConsoleLog } from './console-log';
import type { SessionContext } from './context';
import type { Credentials } from './credentials';
import type { Hub } from './hub';
import type { Front } from './notices';
import { createBeginStream } from './begin-stream';
import { createOpening, type Ways } from './opening';
import { createPresenceChoice, type PresenceChoice } from './presence-choice';
import { createRosterCommands, type RosterCommands } from './roster-commands';
import { askServer, unknownServer } from './server-facts';
import type { SettingsService } from './settings';
import type { Sounds } from './sounds';
import { createSupervisor, type Report } from './supervisor';

/** One account at work: its connection, and everything that lives on it. */
export interface AccountSession extends Pick<
  AccountServices,
  'people' | 'chats' | 'mutes' | 'notices' | 'archive' | 'rooms' | 'history' | 'files'
> {
  readonly contacts: RosterCommands;
  readonly store: Store;
  /** From disk, before the network answers. */
  load(): Promise<void>;
  state(): AccountState;
  link(): Link | null;
  signIn(): void;
  /** Makes the account on the server first (XEP-0077); a refusal is the failure of the connection. */
  register(): void;
  retry(): void;
  /** The options are others: what is connected, or on its way, begins anew. */
  reconnect(): void;
  /** Unavailable presence and `<close/>`; the account stays. */
  disconnect(): Promise<void>;
  /** Password and token are to be kept, or no more. */
  remember(): Promise<void>;
  /** Ends the FAST token, here and at the server, where that is in reach. */
  revokeToken(): Promise<void>;
  setPresence(change: PresenceChange): Promise<Outcome<null>>;
  changePassword(current: string, next: string): Promise<Outcome<null>>;
}

export interface SessionParts extends Ways {
  readonly ports: Ports;
  readonly hub: Hub;
  readonly settings: SettingsService;
  readonly records: AccountRecords;
  readonly credentials: Credentials;
  readonly console: ConsoleLog;
  readonly front: Front;
  readonly attention: Attention;
  readonly sounds: Sounds;
  readonly store: Store;
  /** Why the store is in memory, where it is. */
  readonly inMemory: 'memory' | 'newer' | 'key-lost';
}

/** What is written but not confirmed, or waits, gets so long to arrive before a stream is closed (R25). */
const DRAIN_MS = 2_000;

export const createAccountSession = (first: AccountRecord, parts: SessionParts): AccountSession => {
  const { ports, hub, settings, records, credentials, store } = parts;
  const { id } = first;
  const address = parseJid(first.jid);
  if (!address) throw new Error('an account without an address');
  const record = (): AccountRecord => records.get(id) ?? first;
  const keep = async (change: Partial<AccountRecord>): Promise<void> => {
    const known = records.get(id);
    // Signed out meanwhile: nothing brings it back.
    if (known) await records.put({ ...known, ...change });
  };

  let link: Link | null = null;
  let connection: Connection = noConnection;
  let facts = unknownServer;
  const context: SessionContext = {
    account: id,
    bare: address.bare,
    domain: address.domain,
    ports,
    store,
    hub,
    settings: settings.get,
    translate: settings.translate,
    language: settings.locale,
    features: () => services.features.get(),
    rooms: () => rooms,
    link: () => link,
    serverNow: () => services.serverClock.now(),
  };
  const later = (what: string, work: Promise<unknown>): Promise<unknown> =>
    work.catch((error: unknown) => {
      ports.log.error(what, { reason: error instanceof Error ? error.name : 'unknown' });
    });

  const services = createAccountServices(context, {
    ...parts,
    record,
    presence: () => presence,
    tell: () => {
      tell();
    },
    later,
  });
  const { people, archive, rooms, chats, mutes, notices, history, files, resume } = services;
  const { roster, ownPresence } = people;

  const state = (): AccountState => ({
    account: { id, jid: first.jid, options: record().options },
    connection: { ...connection, ...facts, canBeInvisible: link !== null && ownPresence.canBeInvisible },
    presence: record().presence,
    absence: presence.absence(),
    devices: roster.devices(link?.jid ?? null),
    history: !store.durable ? parts.inMemory : store.recovered ? 'rebuilt' : 'kept',
    archive: archive.state(),
    upload: files.offer(),
  });
  const tell = (): void => {
    hub.emit({ topic: 'account', type: 'account', state: state() });
  };

  const wentOffline = (failure: Failure | null): void => {
    if (!link) return;
    link = null;
    presence.lost();
    facts = unknownServer;
    services.wentOffline();
    if (!failure) return;
    // Who went away of their own knows it.
    if (record().presence.kind !== 'dnd') parts.sounds.play('error');
    void later('stream-ended', chats.streamEnded(failure));
  };

  const opening = createOpening({
    ...parts,
    address,
    record,
    keep: (change) => later('record-not-kept', keep(change)),
    resumption: resume.current,
    onXml: (direction, step, xml) => {
      parts.console.add(direction, step ?? stepDoing(connection), xml);
    },
  });

  const online = (): Link | null => (connection.phase === 'online' ? link : null);
  const presence: PresenceChoice = createPresenceChoice({
    ports,
    settings,
    ownPresence,
    record,
    later,
    keep: (chosen) => keep({ presence: chosen }),
    // What a lost line took with it was never announced: a session without it is no session to go on with.
    taken: (shown) => {
      resume.announce(shown);
      rooms.lookChanged();
    },
    link: online,
    phase: () => connection.phase,
    connect: () => {
      supervisor.start();
    },
    disconnect: () => leave(),
    tell,
  });

  const beginStream = createBeginStream(context, services, presence);
  const begin = async (opened: Link, report: Report): Promise<Failure | null> => {
    // A try that was called off has left no trace but what it heard.
    wentOffline(null);
    await chats.began(opened);
    link = opened;
    return beginStream(opened, report);
  };

  const remember = async (): Promise<void> => {
    const { rememberPassword } = record().options;
    await credentials.worked(rememberPassword);
    if (!rememberPassword) void later('token', opening.revokeToken());
  };

  const supervisor = createSupervisor({
    clock: ports.clock,
    random: ports.random,
    system: ports.system,
    log: ports.log,
    everOnline: () => record().everOnline,
    open: (signal, hooks) => opening.open(signal, hooks),
    async onOnline(opened, report) {
      try {
        const refused = await begin(opened, report);
        if (refused) return refused;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        return { code: 'not-kept', step: 'roster', params: {} };
      }
      const scramSeen = record().scramSeen || opened.mechanism.startsWith('SCRAM-');
      // A disk that is full is no reason to stay away (R12).
      await later('record-not-kept', keep({ everOnline: true, scramSeen }));
      await remember();
      // It was lost meanwhile, and everything has been told so: nothing goes on with it.
      if (link !== opened) return null;
      services.wentOnline(opened);
      void later(
        'server-facts',
        askServer(opened, address.domain).then((found) => {
          if (link !== opened) return;
          facts = found;
          tell();
          return found.software === null ? undefined : keep({ software: found.software });
        }),
      );
      return null;
    },
    onState(next) {
      if (next.phase !== 'online' && next.phase !== 'connecting') wentOffline(next.failure);
      // Nobody tries any more: what was known of contacts holds no longer.
      if (next.phase === 'stopped' || next.phase === 'off') roster.wentOffline();
      connection = next;
      tell();
      presence.reached(next.phase);
    },
  });

  const disconnect = async (): Promise<void> => {
    presence.stop();
    if (link && connection.phase === 'online') await chats.drain(DRAIN_MS);
    if (link && connection.phase === 'online') ownPresence.goodbye(link);
    await supervisor.stop();
    // A session that was closed cannot be resumed.
    await resume.clear();
  };
  /** It is on its way to begin anew. */
  let anew = false;
  /** Whoever leaves meanwhile is not brought back by that. */
  const leave = (): Promise<void> => {
    anew = false;
    return disconnect();
  };

  store.onRecovered(() => {
    tell();
    hub.emit({ topic: 'account', type: 'history-anew', account: id });
    archive.anew();
    void later('roster-saved-again', people.save());
    void later('rooms-saved-again', rooms.save());
  });

  return {
    people,
    contacts: createRosterCommands(context, roster, () => people.faces.state().ownName),
    ...{ chats, mutes, notices, archive, rooms, history, files, store },
    load: async () => {
      await Promise.all([people.load(), resume.load(), rooms.load(), files.load()]);
      presence.load();
      // A disk that is full keeps nobody out (R12).
      void later('mutes', mutes.settle());
    },
    state,
    link: online,
    signIn: () => {
      opening.register(false);
      opening.freshResource();
      supervisor.start();
    },
    register: () => {
      opening.register(true);
      supervisor.start();
    },
    retry: () => {
      if (connection.failure?.code === 'conflict') opening.freshResource();
      if (connection.phase === 'online') archive.again();
      else supervisor.retry();
    },
    reconnect: () => {
      if (connection.phase === 'off' || connection.phase === 'closing') return;
      opening.freshResource();
      anew = true;
      void later('reconnect', disconnect()).then(() => {
        if (anew) supervisor.start();
        anew = false;
      });
    },
    disconnect: leave,
    async remember() {
      if (link || !record().options.rememberPassword) await remember();
    },
    revokeToken: opening.revokeToken,
    setPresence: presence.change,
    changePassword: (current, next) => {
      const remember = record().options.rememberPassword;
      return changePassword(link, address, credentials, { current, next, remember });
    },
  };
};
