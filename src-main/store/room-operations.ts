/** Rooms of the account, and what happens in them. */
import { placeAtEnd } from './add-operations';
import type { Connections, Operations } from './operations';
import { insertMessage, mustRead, readCompanions } from './tables/messages';
import { putInvitation, readInvitations, removeInvitation } from './tables/invitations';
import { heardUpTo } from './tables/room-order';
import { putRoom, readRooms, removeRoom } from './tables/rooms';

type Name =
  | 'rooms'
  | 'putRoom'
  | 'removeRoom'
  | 'heardUpTo'
  | 'addRoomEvent'
  | 'companions'
  | 'invitations'
  | 'putInvitation'
  | 'removeInvitation';

export function roomOperations({ reader, writer }: Connections): Pick<Operations, Name> {
  return {
    rooms: () => readRooms(reader),
    putRoom: (row) => {
      putRoom(writer, row);
    },
    removeRoom: (jid) => {
      removeRoom(writer, jid);
    },
    companions: () => readCompanions(reader),
    heardUpTo: (peer) => heardUpTo(reader, peer),
    invitations: () => readInvitations(reader),
    putInvitation: (row) => {
      putInvitation(writer, row);
    },
    removeInvitation: (room) => {
      removeInvitation(writer, room);
    },
    addRoomEvent: (peer, event, nick, body, at, author) => {
      const id = insertMessage(writer, {
        ...{
          peer,
          body,
          at,
          sort: placeAtEnd(writer, peer, at),
          direction: 'in',
          kind: 'event',
          subject: event,
        },
        ...{ stanzaId: null, originId: null, messageId: null, markable: false, delivery: null, nick },
        ...(author === undefined ? {} : { author }),
      });
      return mustRead(writer, id);
    },
  };
}
