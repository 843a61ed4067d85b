import { privateOf } from '../../../src-shared/model/room';
import type { Element } from '../../xmpp/element';
import type { Capabilities } from '../capabilities';
import type { OneRoom } from './one-room';

/** What the apps of those in a room can do (XEP-0115). Who is in one with us sees that we are there: a question tells him no more (T31). */
export interface RoomApps {
  /** Somebody is there. */
  seen(room: OneRoom, nick: string, presence: Element): Promise<void>;
  /** Whether the app of one of those in a room, or of the one that a conversation is with, is known to do without this. */
  lacks(peer: string, feature: string): boolean;
}

/** In a bigger room nobody is asked. */
const MOST = 200;

export const createRoomApps = (
  capabilities: Pick<Capabilities, 'seen' | 'lacks'>,
  room: (jid: string) => OneRoom | undefined,
): RoomApps => ({
  async seen({ jid, occupants }, nick, presence) {
    if (occupants.size <= MOST) await capabilities.seen(jid, nick, presence);
  },
  lacks(peer, feature) {
    const alone = privateOf(peer);
    if (alone) return capabilities.lacks(alone.room, alone.nick, feature);
    const there = room(peer);
    if (!there || there.occupants.size > MOST) return false;
    return there.occupants
      .all()
      .some(({ nick }) => nick !== there.nick && capabilities.lacks(peer, nick, feature));
  },
});
