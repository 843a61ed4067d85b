import { done, failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import type { RoomPlan } from '../../../src-shared/model/room';
import type { Link } from '../../xmpp/link';
import { configCancel, type Look } from '../../xmpp/xep/0045-muc';
import type { SessionContext } from '../context';
import type { Bookmarks } from './bookmarks';
import { rowOf, type KnownRooms } from './known-rooms';
import { isUnmade } from './make-room';

/**
 * A room that is set up before anybody else gets in (XEP-0045 §10.1.3). Until its form is taken nothing tells of it: neither a
 * list nor a bookmark nor the disk, so that whatever comes between leaves nothing behind.
 *
 *   hold ──made, and locked──▶ held ──form taken──▶ open: a room like others
 *     └─ there already: left      └─ given up, unseen ──▶ taken back at the server, and left
 *                                 └─ line lost ──▶ the server lets go of it; taken back where the session goes on
 */
export interface ReservedRooms {
  /** Takes back what is left of earlier ones: their dialogs went without a word, with their window perhaps. */
  clear(): Promise<void>;
  /** `room-exists`: somebody was there first. */
  hold(jid: string, plan: RoomPlan): Promise<Outcome<null>>;
  /** What it is to be, as far as that was said; null: it is none of these. */
  planOf(jid: string): RoomPlan | null;
  /** Its form was taken. */
  open(jid: string): void;
  giveUp(jid: string): Promise<Outcome<null>>;
  /** Nobody is to see us. */
  hide(): void;
  wentOnline(link: Link): void;
  wentOffline(): void;
}

export interface ReservedParts {
  readonly rooms: KnownRooms;
  bookmarks(): Pick<Bookmarks, 'changed'>;
  look(): Look | null;
  ownNick(): string;
}

export const createReserved = (
  context: SessionContext,
  { rooms, bookmarks, look, ownNick }: ReservedParts,
): ReservedRooms => {
  const plans = new Map<string, RoomPlan>();
  const release = (jid: string): void => {
    rooms.release(jid);
    plans.delete(jid);
  };
  const takeBack = async (link: Link, jid: string): Promise<void> => {
    const answer = link.iq('set', configCancel(), { to: jid });
    // Not every service closes it by that; all do once nobody is in it.
    release(jid);
    await answer;
  };

  return {
    async clear() {
      const link = context.link();
      if (link) await Promise.all([...rooms.reserved.keys()].map((jid) => takeBack(link, jid)));
    },
    async hold(jid, plan) {
      const link = context.link();
      if (!link) return failed('not-online');
      if (!look()) return failed('invisible');
      if (rooms.get(jid)?.wanted) return failed('room-exists', { room: jid });
      plans.set(jid, plan);
      const nick = ownNick();
      const room = rooms.reserve(rowOf({ jid, nick, name: plan.name, password: null }, true));
      await room.join({ nick, password: null, create: 'locked' });
      const { status } = room.shown();
      if (status.is === 'joined' && room.created) return ok(null);
      // It may have been made with the last of that line: the session that goes on takes it back.
      if (context.link() !== link) return failed('server-refused', { condition: 'timeout' });
      release(jid);
      if (status.is !== 'joined' && status.is !== 'refused')
        return failed('server-refused', { condition: 'timeout' });
      return status.is === 'refused' && isUnmade(status)
        ? failed('server-refused', { condition: status.condition })
        : failed('room-exists', { room: jid });
    },
    planOf: (jid) => plans.get(jid) ?? null,
    open(jid) {
      plans.delete(jid);
      if (rooms.unlock(jid)) bookmarks().changed(jid);
    },
    async giveUp(jid) {
      const link = context.link();
      if (!rooms.reserved.has(jid)) return failed('no-room');
      if (link) await takeBack(link, jid);
      else release(jid);
      return done;
    },
    hide() {
      const link = context.link();
      for (const jid of [...rooms.reserved.keys()]) if (link) void takeBack(link, jid);
    },
    wentOnline(link) {
      for (const jid of [...rooms.reserved.keys()])
        if (link.resumed === null) release(jid);
        else void takeBack(link, jid);
    },
    wentOffline() {
      for (const room of rooms.reserved.values()) room.wentOffline();
    },
  };
};
