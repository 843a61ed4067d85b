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
}

export const offlinePresence: Presence = { kind: 'offline', status: null, resources: [] };
