import { failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import { bareJid, parseJid } from '../../../src-shared/model/jid';
import type { RoomPlan, RoomStatus } from '../../../src-shared/model/room';
import { xmlText } from '../../xmpp/guards/xml-text';
import type { Look } from '../../xmpp/xep/0045-muc';
import type { SessionContext } from '../context';
import type { Bookmarks } from './bookmarks';
import type { Invitations } from './invitations';
import { rowOf, type KnownRooms } from './known-rooms';

export interface JoinAs {
  readonly nick: string | null;
  readonly password: string | null;
  readonly create: boolean;
  /** The password is to be with the bookmark, for other devices. */
  readonly keepPassword?: boolean | undefined;
  /** What it is to be, where it has to be made. */
  readonly plan?: RoomPlan | undefined;
}

/** Into rooms and out of them. */
export interface Entering {
  /** The user is on the way into it. */
  isEntering(jid: string): boolean;
  /** What other devices want. */
  enter(to: string, as: JoinAs): Promise<Outcome<RoomStatus>>;
  /** What the user wants: a room that was never joined and refuses is forgotten. */
  join(to: string, as: JoinAs): Promise<Outcome<RoomStatus>>;
  /** Here alone. */
  leave(jid: string): Promise<void>;
  /** What nobody has in a list, and where nothing was said, is no room of ours. */
  dropIfEmpty(jid: string): Promise<void>;
}

export interface EnteringParts {
  readonly rooms: KnownRooms;
  readonly invitations: Pick<Invitations, 'passwordOf'>;
  bookmarks(): Pick<Bookmarks, 'has' | 'changed' | 'passwordOf'>;
  look(): Look | null;
  /** How we are called where nothing else is said. */
  ownNick(): string;
}

/** XEP-0045 §7.2.1: a nick is a resource. */
const MAX_NICK_BYTES = 1_023;

export const createEntering = (
  context: SessionContext,
  { rooms, invitations, bookmarks, look, ownNick }: EnteringParts,
): Entering => {
  const entering = new Set<string>();

  const enter: Entering['enter'] = async (to, { nick, password, create, plan }) => {
    const address = parseJid(to);
    if (!address || address.local === null) return failed('bad-jid');
    if (!context.link()) return failed('not-online');
    if (!look()) return failed('invisible');
    const jid = address.bare;
    const known = rooms.get(jid);
    const as = xmlText(nick ?? address.resource ?? known?.nick ?? ownNick()).trim();
    if (as === '' || Buffer.byteLength(as) > MAX_NICK_BYTES) return failed('bad-nick');
    const secret =
      password ?? invitations.passwordOf(jid) ?? known?.row().password ?? bookmarks().passwordOf(jid);
    const room = known ?? rooms.add(rowOf({ jid, nick: as, name: null, password: secret }, true));
    await room.join({ nick: as, password: secret, create, plan });
    return ok(room.shown().status);
  };
  const dropIfEmpty = async (jid: string): Promise<void> => {
    const room = rooms.get(jid);
    if (!room || room.wanted || bookmarks().has(jid)) return;
    const chat = await context.store.chat(jid);
    if (chat.last === null && chat.draft === '') await rooms.forget(jid);
  };

  return {
    isEntering: (jid) => entering.has(jid),
    enter,
    async join(to, as) {
      const jid = bareJid(to) ?? '';
      const isNew = !rooms.all.has(jid);
      entering.add(jid);
      try {
        const entered = await enter(to, as);
        if (!entered.ok) return entered;
        // Nothing was ever said there: the dialog has the words.
        if (isNew && entered.value.is === 'refused') await rooms.forget(jid);
        else if (entered.value.is !== 'refused') bookmarks().changed(jid, as.keepPassword);
        return entered;
      } finally {
        entering.delete(jid);
      }
    },
    async leave(jid) {
      rooms.get(jid)?.leave();
      await dropIfEmpty(jid);
    },
    dropIfEmpty,
  };
};
