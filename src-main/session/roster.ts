import type { RosterState } from '../../src-shared/ipc/states';
import type { Contact, ContactRequest } from '../../src-shared/model/contact';
import { bareJid } from '../../src-shared/model/jid';
import type { ResourcePresence } from '../../src-shared/model/presence';
import type { CachedPresence, RosterRow } from '../store/store';
import type { Element } from '../xmpp/element';
import { isOwnRosterPush } from '../xmpp/guards/roster-push';
import type { IqOutcome, Link } from '../xmpp/link';
import { iqError, iqResult } from '../xmpp/xep/6120-stanza-error';
import {
  offersPreApproval,
  offersRosterVersions,
  parseItem,
  parseRoster,
  rosterGet,
  rosterOf,
  type RosterItem,
} from '../xmpp/xep/6121-roster';
import { parseSharedGroups, sharedGroupsGet } from '../xmpp/xep/openfire-shared-groups';
import type { Capabilities } from './capabilities';
import { createContactRequests } from './contact-requests';
import type { SessionContext } from './context';
import type { Presences } from './presences';
import { createPresenceReader } from './roster-presence';
import { isSame, sees, shares, toRow } from './roster-rows';
import { inSlices } from './slices';

/** The contact list (RFC 6121 §2 and §3): on disk, on the server and in the windows, always in this order of change. */
export interface Roster {
  /** From disk, before the network answers. */
  load(): Promise<void>;
  /** Puts everything on disk again: the database was made anew (R13). */
  save(): Promise<void>;
  state(): RosterState;
  find(bare: string): Contact | null;
  request(bare: string): ContactRequest | null;
  /** Whether the contact may see our presence. */
  sharesPresence(bare: string): boolean;
  /** Bare JIDs of everybody who may. */
  watchers(): readonly string[];
  /** Our own clients that are there, without the one with this full JID; the strongest first. */
  devices(own: string | null): readonly ResourcePresence[];
  /** Fetches what changed since the kept version. */
  fetch(link: Link): Promise<IqOutcome>;
  handlePush(push: Element, link: Link): Promise<void>;
  handlePresence(stanza: Element): Promise<void>;
  /** The session is over: nobody is known to be there. */
  wentOffline(): void;
  /** Who is there, to be kept beside the session (XEP-0198); and as it was kept. */
  presences(): readonly CachedPresence[];
  restore(presences: readonly CachedPresence[]): void;
  /** The server refused to change this contact: the administrator keeps it. */
  foundShared(bare: string): Promise<void>;
  /** Something that is said of this contact has changed elsewhere. */
  retell(bare: string): void;
  /** Their presence, or that of one device of theirs, is shown no more: it was blocked. */
  forgetPresence(bare: string, resource?: string | null): void;
  /** A request was answered, or taken back. */
  dropRequest(bare: string): Promise<void>;
  /**
   * Who is about to be added may see us as soon as they ask, and the server cannot keep that (RFC 6121 §3.4): we do. Answers the way
   * back, for whoever could not be added.
   */
  promise(bare: string): () => void;
  /** The same of who is in the roster; or they may not, or no longer. */
  setPromised(bare: string, is: boolean): Promise<void>;
}

/** What others have to say to what comes: filled in once they are made. */
export interface RosterEffects {
  isBlocked(address: string): boolean;
  /** Somebody is in the roster who was not. */
  becameContact(bare: string): Promise<void>;
  /** Somebody new wants to be a contact; that is answered, or taken back. */
  asksToBeContact(bare: string): void;
  askedNoMore(bare: string): void;
  /** A contact is there who was not (`isNews`: not only because we have come ourselves), or is no longer. */
  came(
    who: { readonly jid: string; readonly name: string | null; readonly status: string | null },
    isNews: boolean,
  ): void;
  went(bare: string): void;
  isWatched(bare: string): boolean;
  /** Somebody is in the roster no more. */
  removed(bare: string): Promise<void>;
  /** One of our own other clients came, changed or went. */
  devicesChanged(): void;
}

export const createRoster = (
  context: SessionContext,
  presences: Presences,
  capabilities: Capabilities,
  effects: RosterEffects,
): Roster => {
  const { account, store, hub } = context;
  const rows = new Map<string, RosterRow>();
  let version: string | null = null;
  let sharedGroups: readonly string[] = [];
  /** Promised before the server has told of the contact. */
  const promised = new Set<string>();
  /** The whole roster is on its way, or in work; whether all of it came. */
  let fetching: Promise<boolean> = Promise.resolve(true);
  /** Monotonic: since when this session is there. */
  let since = 0;

  const contactOf = (row: RosterRow): Contact => ({
    ...row,
    presence: presences.of(row.jid),
    ...(effects.isWatched(row.jid) ? { watched: true } : {}),
  });
  const tell = (row: RosterRow): void => {
    hub.emit({ topic: 'roster', type: 'contact', account, contact: contactOf(row) });
  };
  const retell = (bare: string): void => {
    const row = rows.get(bare);
    if (row) tell(row);
  };
  const removed = async (jid: string): Promise<void> => {
    await effects.removed(jid);
    rows.delete(jid);
    promised.delete(jid);
    hub.emit({ topic: 'roster', type: 'removed', account, jid });
  };
  const replaceAll = async (
    next: ReadonlyMap<string, RosterRow>,
    nextVersion: string | null,
  ): Promise<void> => {
    await store.putRoster(nextVersion, [...next.values()]);
    version = nextVersion;
    for (const jid of [...rows.keys()].filter((known) => !next.has(known))) await removed(jid);
    const changed: string[] = [];
    for (const [jid, row] of next) {
      if (!isSame(rows.get(jid), row)) changed.push(jid);
      rows.set(jid, row);
      presences.befriended(jid);
    }
    await inSlices(context.ports.clock, changed, retell);
  };
  const isPromised = (bare: string): boolean => promised.has(bare) || rows.get(bare)?.approved === true;
  const rowOf = (item: Parameters<typeof toRow>[0], bare: string, link: Link): RosterRow => {
    const row = toRow(item, bare, sharedGroups);
    const isOurs = isPromised(bare) && !offersPreApproval(link.features) && !shares(row);
    return isOurs ? { ...row, approved: true } : row;
  };
  /** The answer to a question for the whole roster, put in the place of what is known. */
  const take = async (answer: Element, link: Link): Promise<void> => {
    const roster = rosterOf(answer);
    if (!roster) return;
    const next = new Map<string, RosterRow>();
    await inSlices(context.ports.clock, roster.items, (element) => {
      const item = parseItem(element);
      const bare = item && bareJid(item.jid);
      if (!item || bare === null) return;
      const { subscription } = item;
      if (subscription !== 'remove') next.set(bare, rowOf({ ...item, subscription }, bare, link));
    });
    await replaceAll(next, roster.version);
  };

  const applyItem = async (item: RosterItem, nextVersion: string | null, link: Link): Promise<void> => {
    const bare = bareJid(item.jid);
    if (bare === null) return;
    const { subscription } = item;
    if (subscription === 'remove') {
      await store.putContact(nextVersion, bare, null);
      await removed(bare);
    } else {
      const row = rowOf({ ...item, subscription }, bare, link);
      const before = rows.get(bare);
      await store.putContact(nextVersion, bare, row);
      rows.set(bare, row);
      presences.befriended(bare);
      promised.delete(bare);
      // Not every server says that they are gone once we see them no more (RFC 6121 §3.3.3).
      if (sees(before) && !sees(row)) presences.unavailable(bare, null, null);
      tell(row);
      if (!before) await effects.becameContact(bare);
    }
    version = nextVersion;
  };

  capabilities.onKnown((bare, resource, client) => {
    const row = rows.get(bare);
    if (!presences.named(bare, resource, client)) return;
    if (row) tell(row);
    if (bare === context.bare) effects.devicesChanged();
  });

  const isGranted = (bare: string): boolean => shares(rows.get(bare)) || isPromised(bare);
  const requests = createContactRequests(context, effects, isGranted, (bare) => rows.has(bare));
  const handlePresence = createPresenceReader(context, {
    ...{ presences, capabilities, effects, requests, tell },
    rowOf: (bare) => rows.get(bare),
    since: () => since,
  });
  return {
    async load() {
      const kept = await store.roster();
      version = kept.version;
      for (const row of kept.rows) rows.set(row.jid, row);
      await requests.load();
    },
    save: () => store.putRoster(version, [...rows.values()]),
    state: () => ({ contacts: [...rows.values()].map(contactOf), requests: requests.all() }),
    find: (bare) => {
      const row = rows.get(bare);
      return row ? contactOf(row) : null;
    },
    request: requests.find,
    sharesPresence: (bare) => shares(rows.get(bare)),
    watchers: () => [...rows.values()].filter(shares).map(({ jid }) => jid),

    devices: (own) =>
      own === null
        ? []
        : presences
            .of(context.bare)
            .resources.filter(({ resource }) => `${context.bare}/${resource}` !== own),

    fetch(link) {
      since = context.ports.clock.monotonic();
      const versions = offersRosterVersions(link.features);
      const earlier = fetching;
      const fetched = Promise.all([
        link.iq('get', rosterGet(versions ? (version ?? '') : null)),
        link.iq('get', sharedGroupsGet()),
      ]).then(async ([answer, shared]) => {
        if (!answer.ok) return answer;
        await earlier;
        sharedGroups = shared.ok ? parseSharedGroups(shared.iq) : [];
        await take(answer.iq, link);
        return answer;
      });
      fetching = fetched.then(
        ({ ok }) => ok,
        () => false,
      );
      return fetched;
    },

    async handlePush(push, link) {
      const roster = parseRoster(push);
      if (!roster || !isOwnRosterPush(push, context.bare)) {
        context.ports.log.warn('roster-push-refused');
        link.send(iqError(push, 'service-unavailable', 'cancel'));
        return;
      }
      // What is older than the push is not to come over it; and where that never came, the push's version is not what we have.
      const nextVersion = (await fetching) ? roster.version : version;
      for (const item of roster.items.slice(0, 1)) await applyItem(item, nextVersion, link);
      link.send(iqResult(push));
    },

    handlePresence,

    wentOffline() {
      capabilities.wentOffline();
      for (const bare of presences.clear()) retell(bare);
    },

    presences: presences.all,
    restore(cached) {
      for (const { jid, resources } of cached) {
        for (const resource of resources) presences.available(jid, resource);
        retell(jid);
      }
    },

    retell,
    forgetPresence(bare, resource = null) {
      presences.unavailable(bare, resource, null);
      retell(bare);
    },
    async foundShared(bare) {
      const row = rows.get(bare);
      if (!row || row.shared) return;
      const next = { ...row, shared: true };
      await store.putContact(version, bare, next);
      rows.set(bare, next);
      tell(next);
    },
    dropRequest: requests.drop,
    promise(bare) {
      promised.add(bare);
      return () => void promised.delete(bare);
    },
    async setPromised(bare, is) {
      promised.delete(bare);
      const row = rows.get(bare);
      if (!row || row.approved === (is || undefined)) return;
      const { approved, ...rest } = row;
      const next = is ? { ...rest, approved: is } : rest;
      await store.putContact(version, bare, next);
      rows.set(bare, next);
      tell(next);
    },
  };
};
