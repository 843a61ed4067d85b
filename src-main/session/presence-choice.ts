import { done, type Outcome } from '../../src-shared/ipc/errors';
import type { ConnectionPhase, Failure } from '../../src-shared/model/connection';
import type { OwnPresence, ShownPresence } from '../../src-shared/model/presence';
import type { Ports } from '../ports';
import type { Link } from '../xmpp/link';
import type { AccountRecord } from './account-records';
import { createAutoAway } from './auto-away';
import { chosen, createStatusEnd, looksTheSame, type PresenceChange } from './chosen-presence';
import type { OwnPresenceService } from './own-presence';
import type { SettingsService } from './settings';

/** What the user chose to be, what contacts see of it now, and that they are told. */
export interface PresenceChoice {
  shown(): ShownPresence;
  priority(): number;
  /** What stands in the place of what was chosen. */
  absence(): 'away' | 'xa' | null;
  /** The first presence of a stream. */
  announce(link: Link): Promise<Failure | null>;
  /** The stream goes on with a session in which this was announced; false: what is wanted now was refused. */
  goOn(link: Link, announced: ShownPresence): Promise<boolean>;
  change(change: PresenceChange): Promise<Outcome<null>>;
  /** The same once more: what goes with every presence has changed (XEP-0153). */
  again(): void;
  /** The stream is gone. */
  lost(): void;
  /** The connection is in another phase. */
  reached(phase: ConnectionPhase): void;
  /** From disk: a text whose time is over is gone. */
  load(): void;
  stop(): void;
}

export interface PresenceChoiceParts {
  readonly ports: Ports;
  readonly settings: SettingsService;
  readonly ownPresence: OwnPresenceService;
  record(): AccountRecord;
  keep(presence: OwnPresence): Promise<void>;
  later(what: string, work: Promise<unknown>): Promise<unknown>;
  /** The server has this presence. */
  taken(presence: ShownPresence): void;
  /** The stream while online. */
  link(): Link | null;
  phase(): ConnectionPhase;
  /** Goes online, and offline. */
  connect(): void;
  disconnect(): Promise<void>;
  tell(): void;
}

export const createPresenceChoice = (parts: PresenceChoiceParts): PresenceChoice => {
  const { ports, settings, ownPresence, record, later } = parts;
  /** What this stream was last given to tell of us. */
  let sent: ShownPresence | null = null;

  /** One after the other: "offline, no, online" ends online. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };

  const autoAway = createAutoAway(ports, settings.get, () => void later('auto-away', inTurn(settle)));
  const statusEnd = createStatusEnd(
    ports.clock,
    () => record().presence,
    () => void later('status-end', inTurn(dropStatus)),
  );
  const shown = (): ShownPresence => autoAway.over(record().presence);
  const priorityOf = (wanted: OwnPresence): number => wanted.priority ?? record().options.priority;
  const taken = (presence: ShownPresence) => (): void => {
    parts.taken(presence);
  };

  const show = async (link: Link, wanted: ShownPresence): Promise<Outcome<null>> => {
    const changed = await ownPresence.change(link, wanted, priorityOf(wanted), taken(wanted));
    if (changed.ok) sent = wanted;
    return changed;
  };
  /** Contacts see what they are to see, once there is a way to tell them. */
  const settle = async (): Promise<void> => {
    const wanted = shown();
    const link = parts.link();
    if (link && sent && !looksTheSame(wanted, sent)) {
      const changed = await show(link, wanted);
      if (!changed.ok) ports.log.warn('presence-not-changed', { code: changed.error.code });
    }
    parts.tell();
  };
  // What cannot be written holds all the same until the app ends.
  const keep = (presence: OwnPresence): Promise<void> => parts.keep(presence).finally(statusEnd.watch);
  /** A text whose time is over goes; the kind was chosen by itself and stays. */
  const dropStatus = async (): Promise<void> => {
    const { kind, until } = record().presence;
    if (until === undefined || until > ports.clock.now()) return;
    await later('record-not-kept', parts.keep({ kind, status: null }));
    await settle();
  };

  const change = async (choice: PresenceChange): Promise<Outcome<null>> => {
    const { savedPresences } = settings.get();
    const wanted = chosen(record().presence, choice, savedPresences, ports.clock.now());
    autoAway.dismiss();
    if (wanted.kind === 'offline') {
      await keep(wanted);
      await parts.disconnect();
      parts.tell();
      return done;
    }
    const link = parts.link();
    if (link) {
      const changed = await show(link, wanted);
      if (!changed.ok) return changed;
    }
    await keep(wanted);
    parts.tell();
    // Whoever chooses a presence wants to be there, whatever has ended the session.
    if (parts.phase() === 'off' || parts.phase() === 'stopped') parts.connect();
    return done;
  };

  return {
    shown,
    priority: () => priorityOf(shown()),
    absence: () => autoAway.absence(record().presence),
    async announce(link) {
      const wanted = shown();
      const refused = await ownPresence.announce(link, wanted, priorityOf(wanted), taken(wanted));
      if (!refused) sent = wanted;
      return refused;
    },
    async goOn(link, announced) {
      ownPresence.resumed(announced);
      sent = announced;
      const wanted = shown();
      return looksTheSame(wanted, announced) || (await show(link, wanted)).ok;
    },
    change: (choice) => inTurn(() => change(choice)),
    again() {
      const tell = async (): Promise<void> => {
        const link = parts.link();
        if (link && sent) await show(link, sent);
      };
      void later('presence', inTurn(tell));
    },
    lost() {
      sent = null;
    },
    reached(phase) {
      if (phase === 'off' || phase === 'stopped') {
        autoAway.stop();
        return;
      }
      autoAway.watch();
      statusEnd.watch();
      // What changed while the stream was being opened.
      if (phase === 'online') void later('presence', inTurn(settle));
    },
    load: statusEnd.watch,
    stop: statusEnd.stop,
  };
};
