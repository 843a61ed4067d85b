/** Presence as people know it. `phone` is `away` or `dnd` with a status that says so, as Spark writes it. */
export const presenceKinds = [
  'online',
  'chat',
  'away',
  'phone',
  'xa',
  'dnd',
  'invisible',
  'offline',
] as const;
export type PresenceKind = (typeof presenceKinds)[number];

/** One connected client of a contact. */
export interface ResourcePresence {
  readonly resource: string;
  readonly kind: PresenceKind;
  readonly status: string | null;
  readonly priority: number;
  /** What the client calls itself (XEP-0115), once it is known. */
  readonly client: string | null;
  /** XEP-0319: epoch milliseconds since when nobody has touched that computer, where it says so. */
  readonly idleSince?: number;
}

/** What a row shows: the strongest resource (highest priority, then most available). */
export interface Presence {
  readonly kind: PresenceKind;
  readonly status: string | null;
  readonly resources: readonly ResourcePresence[];
}

/** Own presence as chosen by the user. */
export interface OwnPresence {
  readonly kind: PresenceKind;
  readonly status: string | null;
  /** That of a saved message; without it the account's own holds. */
  readonly priority?: number;
  /** Epoch milliseconds at which the text goes; without it the text stays. */
  readonly until?: number;
}

/** What contacts are to see of us: what was chosen, or that nobody is at the computer. */
export interface ShownPresence extends OwnPresence {
  /** XEP-0319: epoch milliseconds since when nobody has touched the computer. */
  readonly idleSince?: number;
}

/** How long a status text stays. */
export const clearAfters = ['never', 'half-hour', 'hour', 'four-hours', 'today'] as const;
export type ClearAfter = (typeof clearAfters)[number];

/** Presences that a saved message can have: those in which it is seen. */
export const savedKinds = ['online', 'chat', 'away', 'phone', 'xa', 'dnd'] as const;

/** A presence with words of one's own, kept to be chosen again. */
export interface SavedPresence {
  readonly kind: (typeof savedKinds)[number];
  readonly text: string;
  /** RFC 6121 §4.7.2.3; null: the account's. */
  readonly priority: number | null;
  /** How long it stays each time it is chosen. */
  readonly clearAfter: ClearAfter;
}

/** The saved message that a presence shows, if it is one. */
export const savedOf = (
  { kind, status }: OwnPresence,
  saved: readonly SavedPresence[],
): SavedPresence | null => saved.find((one) => one.kind === kind && one.text === status) ?? null;

export const offlinePresence: Presence = { kind: 'offline', status: null, resources: [] };
