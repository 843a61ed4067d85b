import { bareJid } from '../../../src-shared/model/jid';
import type { RoomEvent } from '../../../src-shared/model/conversation';
import { kindOfRoom } from '../../../src-shared/model/room-rule';
import type { RoomRow } from '../../store/store';
import { attr, type Element } from '../../xmpp/element';
import type { JoinHistory, Look } from '../../xmpp/xep/0045-muc';
import type { Archive } from '../archive';
import type { Avatars } from '../avatars';
import type { SessionContext } from '../context';
import type { RoomView } from '../incoming/reading';
import type { OneRoom } from './one-room';
import { createRoom } from './room';
import { endOf } from './room-state';

/** The account's rooms: those that it is in, wants to be in, or was in. */
export interface KnownRooms {
  readonly all: ReadonlyMap<string, OneRoom>;
  /** Those whose owner is still setting them up (XEP-0045 §10.1.3): in no list, and on no disk. */
  readonly reserved: ReadonlyMap<string, OneRoom>;
  get(jid: string): OneRoom | undefined;
  /** The room that sent it, as a whole or for somebody in it. */
  from(stanza: Element): OneRoom | undefined;
  /** What a reader of its messages has to know. */
  view(jid: string): RoomView | null;
  add(row: RoomRow): OneRoom;
  reserve(row: RoomRow): OneRoom;
  /** It is set up, and one of ours from now on; false: it was not reserved. */
  unlock(jid: string): boolean;
  /** Nothing of it is left. */
  release(jid: string): void;
  /** T10: whoever has a nick that we talk to alone may be somebody else. @param whom see roomAuthor */
  tellAnother(peer: string, nick: string, whom: string): void;
  /** Nobody needs it any more. */
  forget(jid: string): Promise<void>;
}

export interface KnownParts {
  /** How others see us; null: not at all. */
  look(): Look | null;
  readonly archive: Pick<Archive, 'rooms'>;
  readonly faces: Pick<Avatars, 'roomTold'>;
  bookmarked(jid: string): boolean;
  asking(jid: string): readonly string[];
  onJoined(jid: string): void;
  onDestroyed(jid: string): void;
  onReady(jid: string): void;
  onOut(): void;
  /** Somebody has come in under that nick. */
  came(jid: string, nick: string): void;
  later(what: string, work: Promise<unknown>): void;
}

const HISTORY_MESSAGES = 50;

/** A room that nothing is known of but this. */
export const rowOf = (
  known: Pick<RoomRow, 'jid' | 'nick' | 'name' | 'password'>,
  wanted: boolean,
): RoomRow => ({
  ...known,
  subject: null,
  wanted,
  exit: null,
  open: false,
  membersOnly: false,
});

export const createKnownRooms = (context: SessionContext, parts: KnownParts): KnownRooms => {
  const { account, store, hub } = context;
  const { later } = parts;
  const rooms = new Map<string, OneRoom>();
  const reserved = new Map<string, OneRoom>();
  const get = (jid: string): OneRoom | undefined => reserved.get(jid) ?? rooms.get(jid);

  /** What was said since the last word that is here; at the first time a little of what was before. */
  const historyOf = async (jid: string): Promise<JoinHistory> => {
    const last = await store.heardUpTo(jid);
    // The second that is known comes again: nothing of it may be missing.
    return last === null ? { is: 'last', count: HISTORY_MESSAGES } : { is: 'since', at: last - 1_000 };
  };
  const note = async (
    peer: string,
    event: RoomEvent,
    nick: string,
    body: string,
    author?: string,
  ): Promise<void> => {
    const message = await store.addRoomEvent(peer, event, nick, body, context.serverNow(), author);
    hub.emit({ topic: 'messages', type: 'message', account, message });
  };
  const noteAlone = async (peer: string, nick: string, next: string): Promise<void> => {
    const { last } = await store.chat(peer);
    if (last) await note(peer, 'renamed', nick, next);
  };

  const roomOf = (row: RoomRow): OneRoom => {
    const { jid } = row;
    const room = createRoom(context, row, {
      look: parts.look,
      keep: (next) => {
        if (rooms.get(jid) === room) later('room-not-kept', store.putRoom(next));
      },
      tell: (shown) => {
        if (rooms.get(jid) !== room) return;
        hub.emit({ topic: 'rooms', type: 'room', account, room: shown });
        if (shown.status.is === 'joined') parts.onJoined(jid);
        if (endOf(shown.status) !== null) parts.onOut();
      },
      tellOccupants: (changed, gone) => {
        hub.emit({ topic: 'occupants', type: 'occupants', account, peer: jid, changed, gone });
      },
      bookmarked: () => parts.bookmarked(jid),
      asking: () => parts.asking(jid),
      event: (event, nick, body) => {
        if (rooms.get(jid) !== room) return;
        if (event === 'destroyed') parts.onDestroyed(jid);
        later('room-event', note(jid, event, nick, body));
        // T10: whoever we talk to alone goes on under another nick.
        if (event === 'renamed') later('room-event', noteAlone(`${jid}/${nick}`, nick, body));
      },
      came: (nick) => {
        if (rooms.get(jid) === room) parts.came(jid, nick);
      },
      history: () => historyOf(jid),
      catchUp: (link) => parts.archive.rooms.catchUp(link, jid),
      pictured: (photo) => {
        later('room-picture', parts.faces.roomTold(jid, photo));
      },
      onReady: () => {
        parts.onReady(jid);
      },
    });
    return room;
  };

  return {
    all: rooms,
    reserved,
    get,
    from: (stanza) => get(bareJid(attr(stanza, 'from') ?? '') ?? ''),
    view(jid) {
      const room = rooms.get(jid);
      if (!room) return null;
      const { nick, occupantId: ownOccupantId, ready } = room;
      const { stanzaIds, occupantIds, open } = room.info;
      const group = kindOfRoom(room.info) === 'group';
      const { occupant } = room.occupants;
      const now = context.serverNow();
      return { jid, nick, stanzaIds, occupantIds, ownOccupantId, open, group, ready, now, occupant };
    },
    add(row) {
      const room = roomOf(row);
      rooms.set(row.jid, room);
      return room;
    },
    reserve(row) {
      const room = roomOf(row);
      reserved.set(row.jid, room);
      return room;
    },
    unlock(jid) {
      const room = reserved.get(jid);
      if (!room) return false;
      reserved.delete(jid);
      rooms.set(jid, room);
      later('room-not-kept', store.putRoom(room.row()));
      room.retell();
      return true;
    },
    release(jid) {
      reserved.get(jid)?.leave();
      reserved.delete(jid);
    },
    tellAnother(peer, nick, whom) {
      later('room-event', note(peer, 'another', nick, '', whom));
    },
    async forget(jid) {
      rooms.delete(jid);
      await store.removeRoom(jid);
      hub.emit({ topic: 'rooms', type: 'room-gone', account, jid });
    },
  };
};
