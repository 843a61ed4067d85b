import {
  offlinePresence,
  type Presence,
  type PresenceKind,
  type ResourcePresence,
} from '../../src-shared/model/presence';
import type { CachedPresence } from '../store/store';

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

const strongestFirst = (a: ResourcePresence, b: ResourcePresence): number =>
  b.priority - a.priority || rank.indexOf(a.kind) - rank.indexOf(b.kind);

/** Who is there, with which clients (RFC 6121 §4). Forgotten when the stream ends. */
export interface Presences {
  of(bare: string): Presence;
  available(bare: string, resource: ResourcePresence, isStranger?: boolean): void;
  /** What a resource's client is called has become known; false: that resource is not there any more. */
  named(bare: string, resource: string, client: string): boolean;
  /** Without a resource: all of them. */
  unavailable(bare: string, resource: string | null, status: string | null): void;
  /** Forgets all; returns who was there. */
  clear(): readonly string[];
  /** Everybody who is there, for the next run of the app; the same array as long as nothing changes. */
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
      if (isStranger) strangers.add(bare);
      else strangers.delete(bare);
      const resources = known.get(bare) ?? new Map<string, ResourcePresence>();
      if (resources.size >= MAX_RESOURCES && !resources.has(presence.resource)) return;
      known.set(bare, resources.set(presence.resource, presence));
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
      if (status) lastWords.set(bare, status);
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
      listed ??= [...known].map(([jid, resources]) => ({ jid, resources: [...resources.values()] }));
      return listed;
    },
  };
};
