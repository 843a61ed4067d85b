import type { Standing } from '../../../src-shared/model/conversation';
import type { Room } from '../../../src-shared/model/room';
import { useBlocked } from '../../stores/blocked';
import { useChats } from '../../stores/chats';
import { useRooms } from '../../stores/rooms';

interface MaySpeak {
  readonly standingOf: (peer: string) => Standing;
  /** The room that this is or is in, where we are not in it and do not go back by ourselves. */
  readonly barredIn: (peer: string) => Room | null;
  /** The room that this is, where we may read and not speak. */
  readonly silentIn: (peer: string) => Room | null;
  /** Whatever stands in place of the composer, nothing is said: no answer is begun then, and nothing thought of a message. */
  readonly maySpeak: (peer: string) => boolean;
}

/** What a conversation needs before something can be said in it (T31, XEP-0045 §7.13). */
export const useMaySpeak = (): MaySpeak => {
  const rooms = useRooms();
  const chats = useChats();
  const blocklist = useBlocked();
  const standingOf = (peer: string): Standing => (blocklist.has(peer) ? 'blocked' : chats.standingOf(peer));
  const barredIn = (peer: string): Room | null => {
    const room = rooms.room(rooms.roomOf(peer) ?? '');
    return room && (room.status.is === 'out' || room.status.is === 'refused') ? room : null;
  };
  const silentIn = (peer: string): Room | null => {
    const room = rooms.room(peer);
    return room?.status.is === 'joined' && room.role === 'visitor' ? room : null;
  };
  const maySpeak = (peer: string): boolean =>
    standingOf(peer) === 'open' && barredIn(peer) === null && silentIn(peer) === null;
  return { standingOf, barredIn, silentIn, maySpeak };
};
