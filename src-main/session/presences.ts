import {
  offlinePresence,
  type Presence,
  type PresenceKind,
  type ResourcePresence,
} from '../../src-shared/model/presence';
import type { CachedPresence } from '../store/store';
import { ownText } from './own-text';

/** From most to least available: decides between resources of the same priority. */
const rank: readonly PresenceKind[] = [
  'chat',
  'online',
  'phone',
  'away',
  'dnd',
  'xa',
  'invisible',
  'offline',
];

/** A contact can have this many resources; more come only from a server that means harm. */
const MAX_RESOURCES = 100;
/** Presence of those who are no contacts is kept for who becomes one in the next moment; anybody can send it, so of few. */
const MAX_STRANGERS = 100;
/** With so many resources each. */
const MAX_OF_STRANGER = 3;
const MAX_STATUS = 1_000;

const ownStatus = (status: string | null): string | null =>
  status === null ? null : ownText(status, MAX_STATUS);

const strongestFirst = (a: ResourcePresence, b: ResourcePresence): number =>
  b.priority - a.priority || rank.indexOf(a.kind) - rank.indexOf(b.kind);

/** Who is there, with which clients (RFC 6121 §4). Forgotten when the stream ends. */
export interface Presences {
  of(bare: string): Presence;
  available(bare: string, resource: ResourcePresence, isStranger?: boolean): void;
  /** They are a stranger no more. */
  befriended(bare: string): void;
  /** What a resource's client is called has become known; false: that resource is not there any more. */
  named(bare: string, resource: string, client: string): boolean;
  /** Without a resource: all of them. */
  unavailable(bare: string, resource: string | null, status: string | null): void;
  /** Forgets all; returns who was there. */
  clear(): readonly string[];
  /** Every contact who is there, for the next run of the app; the same array as long as nothing changes. */
  all(): readonly CachedPresence[];
}

export const createPresences = (): Presences => {
  const known = new Map<string, Map<string, ResourcePresence>>();
  const lastWords = new Map<string, string>();
  const strangers = new Set<string>();
  let listed: readonly CachedPresence[] | null = null;
  return {
    of(bare) {
      const resources = known.get(bare);
      if (!resources) return { ...offlinePresence, status: lastWords.get(bare) ?? null };
      const sorted = [...resources.values()].sort(strongestFirst);
      return { kind: sorted[0]?.kind ?? 'offline', status: sorted[0]?.status ?? null, resources: sorted };
    },
    available(bare, presence, isStranger = false) {
      if (isStranger && !known.has(bare) && strangers.size >= MAX_STRANGERS) return;
      listed = null;
      if (isStranger) strangers.add(ownText(bare));
      else strangers.delete(bare);
      const resources = known.get(bare) ?? new Map<string, ResourcePresence>();
      const most = isStranger ? MAX_OF_STRANGER : MAX_RESOURCES;
      if (resources.size >= most && !resources.has(presence.resource)) return;
      const resource = ownText(presence.resource);
      resources.set(resource, { ...presence, resource, status: ownStatus(presence.status) });
      known.set(ownText(bare), resources);
    },
    befriended(bare) {
      if (strangers.delete(bare)) listed = null;
    },
    named(bare, resource, client) {
      listed = null;
      const presence = known.get(bare)?.get(resource);
      if (presence) known.get(bare)?.set(resource, { ...presence, client });
      return presence !== undefined;
    },
    unavailable(bare, resource, status) {
      listed = null;
      const resources = known.get(bare);
      if (resource === null) resources?.clear();
      else resources?.delete(resource);
      if (resources && resources.size > 0) return;
      known.delete(bare);
      strangers.delete(bare);
      if (status) lastWords.set(ownText(bare), ownText(status, MAX_STATUS));
      else lastWords.delete(bare);
    },
    clear() {
      listed = null;
      const bares = [...known.keys()];
      known.clear();
      strangers.clear();
      lastWords.clear();
      return bares;
    },
    all() {
      listed ??= [...known]
        .filter(([jid]) => !strangers.has(jid))
        .map(([jid, resources]) => ({ jid, resources: [...resources.values()] }));
      return listed;
    },
  };
};
