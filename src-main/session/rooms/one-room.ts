import type { RoomEvent } from '../../../src-shared/model/conversation';
import type { Occupant, Room, RoomPlan } from '../../../src-shared/model/room';
import type { RoomRow } from '../../store/store';
import type { Link } from '../../xmpp/link';
import type { JoinHistory, Look, RoomPresence } from '../../xmpp/xep/0045-muc';
import type { Occupants } from './occupants';
import type { RoomInfo } from './room-info';

/** Whether a room may be made where there is none; `locked`: and nobody else gets in until its owner has set it up (§10.1.3). */
export type Creating = boolean | 'locked';

/** One room of the account, from the way in to the way out. */
export interface OneRoom {
  readonly jid: string;
  readonly occupants: Occupants;
  readonly info: RoomInfo;
  readonly nick: string;
  /** XEP-0421, our own in this room. */
  readonly occupantId: string | null;
  /** Whether the room counts us in on this session: what it sends counts (T10). */
  readonly inside: boolean;
  /** In it, and all that was missed is here: what was written goes out, and nothing twice (R3). */
  readonly ready: boolean;
  /** Never joined before: what it tells of the time before is history, and not unread. */
  readonly fresh: boolean;
  readonly wanted: boolean;
  /** It was not there before we came (XEP-0045 §10.1.1). */
  readonly created: boolean;
  shown(): Room;
  /** As it is kept on disk. */
  row(): RoomRow;
  /** Resolves once the room has let us in, or has not, or it takes too long. */
  join(as: {
    readonly nick: string;
    readonly password: string | null;
    readonly create: Creating;
    /** What it is to be, where it has to be made. */
    readonly plan?: RoomPlan | undefined;
  }): Promise<void>;
  /** Once it was made: whether it is as it was to be. */
  made(): Promise<boolean>;
  leave(): void;
  /** Tells anew what it is: others' part in it has changed. */
  retell(): void;
  take(presence: RoomPresence): void;
  /** The room's subject; it also ends what comes along at the beginning (XEP-0045 §7.2.15). */
  subject(nick: string, text: string): void;
  /** Something came from the room: it is there. */
  heard(): void;
  /** Its configuration is another one (XEP-0045 §10.2.1). */
  changed(): void;
  /** Nobody there, it seems: the room is asked whether we are (XEP-0410). */
  doubt(): void;
  /** It has said itself that we are not in it. */
  lost(): void;
  /** Others in the room are to see us so. */
  look(look: Look): void;
  /** Nobody is to see us: out of it, until others may see us again. */
  hide(): void;
  wentOnline(resumed: boolean): void;
  wentOffline(): void;
}

export interface RoomParts {
  /** How others see us; null: not at all. */
  look(): Look | null;
  /** A password, a nick, a subject … to be kept. */
  keep(row: RoomRow): void;
  tell(room: Room): void;
  /** It is in the account's list of rooms, on all devices. */
  bookmarked(): boolean;
  /** Nicks of those who ask to be heard. */
  asking(): readonly string[];
  tellOccupants(changed: readonly Occupant[], gone: readonly string[]): void;
  event(event: RoomEvent, nick: string, body: string): void;
  /** Somebody else has come in, or was there before us. */
  came(nick: string): void;
  /** What of its history comes along, where it has no archive. */
  history(): Promise<JoinHistory>;
  /** Reads what its archive has; resolves when that is here, or refused. */
  catchUp(link: Link): Promise<void>;
  /** Which picture it says that it has. */
  pictured(photo: { readonly hash: string } | 'none'): void;
  /** Everything that was missed is here. */
  onReady(): void;
}
