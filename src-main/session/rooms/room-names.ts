import { parseJid } from '../../../src-shared/model/jid';
import { privateOf, type RoomKind } from '../../../src-shared/model/room';
import { kindOfRoom } from '../../../src-shared/model/room-rule';
import type { Audience } from '../room-gate';
import type { OneRoom } from './one-room';
import type { RoomApps } from './room-apps';

/** Which of the account's rooms an address is of, and what it is called. */
export interface RoomNames {
  /** The key of a conversation: a bare JID, or `room/nick` for an occupant of a room (T10); null: no address. */
  keyOf(peer: string): string | null;
  /** How we are called in the room that a conversation is; null: it is none. */
  nickIn(peer: string): string | null;
  /** Our address for the occupant of a room that a conversation is with; null: it is with none. */
  ownIn(peer: string): string | null;
  /** What a room, or an occupant of one, is called; null: it is none. */
  nameOf(peer: string): string | null;
  /** The room that a conversation is, or is in; null: it is none. */
  roomOf(peer: string): string | null;
  audience(jid: string): Audience;
  lacksIn(peer: string, feature: string): boolean;
  /** Nothing is known of a room that is none of the account's. */
  kindOf(room: string): RoomKind;
}

const kindIn = (rooms: ReadonlyMap<string, OneRoom>, jid: string): RoomKind => {
  const room = rooms.get(jid);
  return room ? kindOfRoom(room.row()) : 'channel';
};

export const createRoomNames = (
  rooms: ReadonlyMap<string, OneRoom>,
  apps: Pick<RoomApps, 'lacks'>,
): RoomNames => ({
  keyOf(peer) {
    const address = parseJid(peer);
    if (!address) return null;
    return address.resource !== null && rooms.has(address.bare)
      ? `${address.bare}/${address.resource}`
      : address.bare;
  },
  nickIn: (peer) => rooms.get(peer)?.nick ?? null,
  ownIn(peer) {
    const alone = privateOf(peer);
    const room = alone && rooms.get(alone.room);
    return room ? `${room.jid}/${room.nick}` : null;
  },
  nameOf(peer) {
    const address = parseJid(peer);
    const room = address && rooms.get(address.bare);
    if (!address || !room) return null;
    const name = room.shown().name ?? address.local ?? address.bare;
    return address.resource === null ? name : `${address.resource} (${name})`;
  },
  roomOf(peer) {
    const slash = peer.indexOf('/');
    const bare = slash === -1 ? peer : peer.slice(0, slash);
    return rooms.has(bare) ? bare : null;
  },
  audience: (jid) => ({
    nicks: new Set(
      rooms
        .get(jid)
        ?.occupants.all()
        .map(({ nick }) => nick),
    ),
    kind: kindIn(rooms, jid),
    lacks: (feature) => apps.lacks(jid, feature),
  }),
  lacksIn: apps.lacks,
  kindOf: (jid) => kindIn(rooms, jid),
});
