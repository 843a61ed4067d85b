import type { Affiliation, Role, Room } from '../../../src-shared/model/room';
import type { Ports, Timer } from '../../ports';
import type { RoomRow } from '../../store/store';
import { createOccupants, type Occupants } from './occupants';
import type { RoomParts } from './one-room';
import { unknownInfo, type RoomInfo } from './room-info';
import type { RoomState } from './room-state';

/** What one room is right now: the way in, the presences and the doubts read it, and write it. */
export interface RoomSelf {
  row: RoomRow;
  state: RoomState;
  info: RoomInfo;
  inside: boolean;
  /** It was not there before we came. */
  created: boolean;
  ready: boolean;
  fresh: boolean;
  /** The room has said its subject since we came. */
  told: boolean;
  /** On this way in the room was asked to let us in: what it says of us before is of an earlier one. */
  asked: boolean;
  /** Counts the ways in, so that what belongs to an earlier one is dropped. */
  turn: number;
  /** The next thing to do unless something happens before: a rest, or an answer that does not come. */
  timer: Timer | null;
  occupantId: string | null;
  own: { readonly role: Role; readonly affiliation: Affiliation };
  readonly occupants: Occupants;
  isInside(): boolean;
  shown(): Room;
  tell(): void;
  keep(change: Partial<RoomRow>): void;
  /** We are not in it: nobody is known to be. */
  forget(): void;
}

/** XEP-0045 §8.1: a room that does not say who may is asked. */
const maySetSubject = (role: Role, byAll: boolean | null): boolean =>
  role === 'moderator' || (role === 'participant' && byAll !== false);

const nobody = { role: 'none', affiliation: 'none' } as const;

export const createRoomSelf = (
  ports: Pick<Ports, 'clock' | 'random'>,
  { jid, ...first }: RoomRow,
  parts: RoomParts,
): RoomSelf => {
  const self: RoomSelf = {
    row: { jid, ...first },
    state: {
      status:
        first.exit ??
        (first.wanted
          ? { is: 'waiting' }
          : { is: 'out', why: 'left', actor: null, reason: null, instead: null }),
      ...{ tries: 0, byUser: false },
    },
    info: unknownInfo,
    inside: false,
    created: false,
    ready: false,
    fresh: false,
    told: false,
    asked: false,
    turn: 0,
    timer: null,
    occupantId: null,
    own: nobody,
    occupants: createOccupants(ports, (changed, gone) => {
      parts.tellOccupants(changed, gone);
      if (self.state.status.is === 'joined') self.tell();
    }),
    isInside: () => self.inside,
    shown: () => {
      const wearers = self.occupants.wearers();
      return {
        jid,
        name: self.row.name,
        subject: self.row.subject,
        description: self.info.description,
        canSetSubject: maySetSubject(self.own.role, self.info.changeSubject),
        nick: self.row.nick,
        status: self.state.status,
        occupants: self.occupants.size,
        ...self.own,
        open: self.row.open,
        membersOnly: self.row.membersOnly,
        ...(self.info.moderation === null ? {} : { moderation: true as const }),
        ...(self.info.card ? { card: true as const } : {}),
        ...(wearers.length > 0 ? { wearers } : {}),
        bookmarked: parts.bookmarked(),
        asking: parts.asking(),
      };
    },
    tell() {
      parts.tell(self.shown());
    },
    keep(change) {
      self.row = { ...self.row, ...change };
      parts.keep(self.row);
    },
    forget() {
      self.inside = self.ready = self.told = false;
      self.own = nobody;
      self.occupants.clear();
    },
  };
  return self;
};
