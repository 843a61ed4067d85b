import type { DataForm } from './form';

/** What a room wants to know of somebody who wants to be a member, or to have a name there for himself (XEP-0045 §7.10). */
export interface RoomRegistration {
  /** Null: nothing, as he is registered. */
  readonly form: DataForm | null;
  readonly registered: boolean;
  /** The name that is his. */
  readonly nick: string | null;
  /** The room itself keeps no names: this one is kept at its service, for all rooms there. */
  readonly service: string | null;
}

/** What came of it: he is a member, or has the name; or somebody has to agree. */
export type RoomRegistered = 'registered' | 'waiting';
