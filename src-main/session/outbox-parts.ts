import type { Stored } from '../store/store';
import type { Link } from '../xmpp/link';
import type { RoomGate } from './room-gate';

/** What the outbox needs of the rest of the session. */
export interface OutboxParts {
  /** What was committed, told to the windows. */
  changed(stored: Pick<Stored, 'message' | 'chat'>): void;
  /** One of ours will not go again by itself. */
  failed(): void;
  /** Messages are in the archive whose place there is not known. */
  news(): void;
  /** See People. */
  lacks(peer: string, feature: string): boolean;
  /** Looks up which of those that were written are in the archive; done when it resolves, or cannot be done (R3). */
  proveSent(link: Link): Promise<void>;
  readonly rooms: RoomGate;
}
