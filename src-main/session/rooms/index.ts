import { done, failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import { bareJid, parseJid } from '../../../src-shared/model/jid';
import type { Picture } from '../../../src-shared/model/card';
import type { RoomEvent } from '../../../src-shared/model/conversation';
import type { Occupant, RoomPlan, RoomsState, RoomStatus } from '../../../src-shared/model/room';
import type { RoomRow } from '../../store/store';
import { attr, type Element } from '../../xmpp/element';
import { xmlText } from '../../xmpp/guards/xml-text';
import type { Link } from '../../xmpp/link';
import {
  parseRoomCodes,
  parseRoomPresence,
  subjectMessage,
  type JoinHistory,
  type Look,
} from '../../xmpp/xep/0045-muc';
import type { Archive } from '../archive';
import type { Avatars } from '../avatars';
import type { SessionContext } from '../context';
import { readRoomMessage } from '../incoming/read-room-message';
import type { HiddenRooms, RoomsInSession, RoomView } from '../incoming/reading';
import type { RoomGate } from '../outbox';
import { createBookmarks, type Bookmarks } from './bookmarks';
import { createBrowsing, type RoomBrowsing } from './browse';
import { findServices } from './find-service';
import type { OneRoom } from './one-room';
import { createInvitations, type Invitations, type InvitationParts } from './invitations';
import { createMaking, type RoomMaking } from './make-room';
import { moderateMessage } from './moderate-message';
import { createModeration, type Moderation } from './moderation';
import { createRoom } from './room';
import { setRoomPicture } from './room-picture';
import { createRoomNames, type RoomNames } from './room-names';

/** Rooms of the account (XEP-0045): joined when asked, again at every sign-in, and never silently left. */
export interface Rooms extends RoomsInSession, HiddenRooms, RoomGate, RoomNames {
  readonly invitations: Invitations;
  readonly making: RoomMaking;
  /** Takes back what somebody said, as a moderator (XEP-0425). */
  moderate(id: number, reason: string | null): Promise<Outcome<null>>;
  readonly browsing: RoomBrowsing;
  readonly moderation: Moderation;
  readonly bookmarks: Pick<Bookmarks, 'handleEvent'>;
  load(): Promise<void>;
  /** Puts on disk again what only this computer knows (R13). */
  save(): Promise<void>;
  state(): RoomsState;
  occupants(jid: string): readonly Occupant[];
  /** Resolves once the room has let us in, or says why not. A room that was never joined and refuses is forgotten. */
  join(jid: string, as: JoinAs): Promise<Outcome<RoomStatus>>;
  leave(jid: string): Promise<Outcome<null>>;
  /** Out of every list, on all devices; a room that we are in is left first. */
  forget(jid: string): Promise<Outcome<null>>;
  setSubject(jid: string, subject: string): Promise<Outcome<null>>;
  /** Another picture for it, or (null) none (XEP-0486). */
  setPicture(jid: string, picture: Picture | null): Promise<Outcome<null>>;
  isFresh(room: string): boolean;
  /** Something was said in it. */
  news(room: string): void;
  takeSubject(room: string, nick: string, subject: string): void;
  /** Something came: a room that sends is there. */
  heard(stanza: Element): void;
  /** A presence of a room; false: it is none of a room of ours. */
  takePresence(stanza: Element): boolean;
  wentOnline(link: Link): void;
  wentOffline(): void;
}

interface JoinAs {
  readonly nick: string | null;
  readonly password: string | null;
  readonly create: boolean;
  /** The password is to be with the bookmark, for other devices. */
  readonly keepPassword?: boolean | undefined;
}

export interface RoomsParts extends Omit<InvitationParts, 'room'> {
  readonly archive: Pick<Archive, 'rooms'>;
  /** How others see us; null while nobody is to (invisible). */
  look(): Look | null;
  /** How we are called where nothing else is said. */
  ownNick(): string;
  onReady(jid: string): void;
  readonly faces: Pick<Avatars, 'roomTold' | 'putRoom'>;
}

const HISTORY_MESSAGES = 50;
/** XEP-0045 §7.2.1: a nick is a resource. */
const MAX_NICK_BYTES = 1_023;

/** A room that nothing is known of but this. */
const rowOf = (known: Pick<RoomRow, 'jid' | 'nick' | 'name' | 'password'>, wanted: boolean): RoomRow => ({
  ...known,
  subject: null,
  wanted,
  exit: null,
});

export const createRooms = (context: SessionContext, parts: RoomsParts): Rooms => {
  const { account, store, hub, ports } = context;
  const rooms = new Map<string, OneRoom>();
  /** Rooms that the user is on the way into. */
  const entering = new Set<string>();
  let service: string | null = null;
  const later = (what: string, work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      ports.log.error(what, { reason: error instanceof Error ? error.name : 'unknown' });
    });
  };

  /** What was said since the last word that is here; at the first time a little of what was before. */
  const historyOf = async (jid: string): Promise<JoinHistory> => {
    const last = await store.heardUpTo(jid);
    // The second that is known comes again: nothing of it may be missing.
    return last === null ? { is: 'last', count: HISTORY_MESSAGES } : { is: 'since', at: last - 1_000 };
  };
  const note = async (peer: string, event: RoomEvent, nick: string, body: string): Promise<void> => {
    const message = await store.addRoomEvent(peer, event, nick, body, ports.clock.now());
    hub.emit({ topic: 'messages', type: 'message', account, message });
  };
  const noteAlone = async (peer: string, nick: string, next: string): Promise<void> => {
    const { last } = await store.chat(peer);
    if (last) await note(peer, 'renamed', nick, next);
  };
  const add = (row: RoomRow): OneRoom => {
    const { jid } = row;
    const room = createRoom(context, row, {
      look: parts.look,
      keep: (next) => {
        if (rooms.get(jid) === room) later('room-not-kept', store.putRoom(next));
      },
      tell: (shown) => {
        if (rooms.get(jid) !== room) return;
        hub.emit({ topic: 'rooms', type: 'room', account, room: shown });
        if (shown.status.is === 'joined') later('invitation', invitations.remove(jid));
      },
      tellOccupants: (changed, gone) => {
        hub.emit({ topic: 'occupants', type: 'occupants', account, peer: jid, changed, gone });
      },
      bookmarked: () => bookmarks.has(jid),
      asking: () => moderation.asking(jid),
      event: (event, nick, body) => {
        // Other devices would make it anew.
        if (event === 'destroyed') bookmarks.changed(jid);
        later('room-event', note(jid, event, nick, body));
        // T10: whoever we talk to alone goes on under another nick.
        if (event === 'renamed') later('room-event', noteAlone(`${jid}/${nick}`, nick, body));
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
    rooms.set(jid, room);
    return room;
  };
  const moderation = createModeration(context, (jid) => rooms.get(jid));
  const invitations = createInvitations(context, { ...parts, room: (jid) => rooms.get(jid) });
  const view = (jid: string): RoomView | null => {
    const room = rooms.get(jid);
    if (!room) return null;
    const { nick, occupantId: ownOccupantId, ready } = room;
    const { stanzaIds, occupantIds, open } = room.info;
    const { occupant } = room.occupants;
    return { jid, nick, stanzaIds, occupantIds, ownOccupantId, open, ready, occupant };
  };
  const roomFrom = (stanza: Element): OneRoom | undefined =>
    rooms.get(bareJid(attr(stanza, 'from') ?? '') ?? '');
  const forget = async (jid: string): Promise<void> => {
    rooms.delete(jid);
    await store.removeRoom(jid);
    hub.emit({ topic: 'rooms', type: 'room-gone', account, jid });
  };
  parts.archive.rooms.use({
    isRoom: (jid) => rooms.has(jid),
    canAsk: (jid) => {
      const room = rooms.get(jid);
      return room !== undefined && room.ready && room.info.archive;
    },
    read: (jid, message, place) => {
      const room = view(jid);
      const own = { bare: context.bare, now: ports.clock.now() };
      return room ? readRoomMessage(message, room, own, { by: 'archive', place }) : { is: 'nothing' };
    },
  });

  const enter = async (
    to: string,
    { nick, password, create, plan }: JoinAs & { readonly plan?: RoomPlan },
  ): Promise<Outcome<RoomStatus>> => {
    const address = parseJid(to);
    if (!address || address.local === null) return failed('bad-jid');
    if (!context.link()) return failed('not-online');
    if (!parts.look()) return failed('invisible');
    const jid = address.bare;
    const known = rooms.get(jid);
    const as = xmlText(nick ?? address.resource ?? known?.nick ?? parts.ownNick()).trim();
    if (as === '' || Buffer.byteLength(as) > MAX_NICK_BYTES) return failed('bad-nick');
    const secret = password ?? invitations.passwordOf(jid);
    const row = rowOf({ jid, nick: as, name: null, password: secret }, true);
    const room = known ?? add(row);
    await room.join({ nick: as, password: secret, create, plan });
    const { status } = room.shown();
    return ok(status);
  };
  /** The user wants it; `enter` is for what other devices want. */
  const join: typeof enter = async (to, as) => {
    const jid = bareJid(to) ?? '';
    const isNew = !rooms.has(jid);
    entering.add(jid);
    try {
      const entered = await enter(to, as);
      if (!entered.ok) return entered;
      // Nothing was ever said there: the dialog has the words.
      if (isNew && entered.value.is === 'refused') await forget(jid);
      else if (entered.value.is !== 'refused') bookmarks.changed(jid, as.keepPassword);
      return entered;
    } finally {
      entering.delete(jid);
    }
  };
  const leave = async (jid: string): Promise<void> => {
    rooms.get(jid)?.leave();
    await dropIfEmpty(jid);
  };
  /** What nobody has in a list, and where nothing was said, is no room of ours. */
  const dropIfEmpty = async (jid: string): Promise<void> => {
    if (!rooms.has(jid) || rooms.get(jid)?.wanted || bookmarks.has(jid)) return;
    const chat = await store.chat(jid);
    if (chat.last === null && chat.draft === '') await forget(jid);
  };
  const bookmarks = createBookmarks(context, {
    room: (jid) => rooms.get(jid),
    rooms: () => rooms.values(),
    isEntering: (jid) => entering.has(jid),
    enter: ({ jid, name, nick, password }) => {
      const row = rowOf({ jid, nick: nick ?? parts.ownNick(), name, password }, true);
      if (!rooms.has(jid)) {
        const room = add(row);
        later('room-not-kept', store.putRoom(row));
        room.retell();
      }
      later('room-join', enter(jid, { nick, password, create: false }));
    },
    list: ({ jid, name, nick, password }) => {
      const row = rowOf({ jid, nick: nick ?? parts.ownNick(), name, password }, false);
      const room = add(row);
      later('room-not-kept', store.putRoom(row));
      room.retell();
    },
    leave: (jid) => {
      later('room-left', leave(jid));
    },
    dropped: (jid) => {
      later('room-left', dropIfEmpty(jid));
    },
    later,
  });
  const findOwn = async (): Promise<string | null> => {
    const link = context.link();
    if (service !== null || !link) return service;
    const [found] = await findServices(link, context.domain);
    if (!found) return null;
    service = found.jid;
    hub.emit({ topic: 'rooms', type: 'service', account, service });
    return service;
  };
  const making = createMaking(context, {
    invitations,
    service: findOwn,
    room: (jid) => rooms.get(jid),
    join: (jid, plan) => join(jid, { nick: null, password: null, create: true, plan }),
  });

  return {
    ...createRoomNames(rooms),
    invitations,
    making,
    moderate: (id, reason) => moderateMessage(context, (jid) => rooms.get(jid), id, reason),
    browsing: createBrowsing(context),
    bookmarks,
    moderation,
    has: (jid) => rooms.get(jid)?.inside ?? false,
    known: (jid) => rooms.has(jid),
    view,
    isReady: (jid) => rooms.get(jid)?.ready ?? false,
    doubt: (jid) => rooms.get(jid)?.doubt(),
    lost: (jid) => rooms.get(jid)?.lost(),
    async load() {
      for (const row of await store.rooms()) add(row);
      await Promise.all([invitations.load(), bookmarks.load()]);
    },
    async save() {
      for (const room of rooms.values()) await store.putRoom(room.row());
      await Promise.all([invitations.save(), bookmarks.save()]);
    },
    state: () => ({
      rooms: [...rooms.values()].map((room) => room.shown()),
      service,
      invitations: invitations.list(),
    }),
    occupants: (jid) => rooms.get(jid)?.occupants.all() ?? [],

    join,
    async leave(jid) {
      if (!rooms.has(jid)) return failed('no-room');
      await leave(jid);
      bookmarks.changed(jid);
      return done;
    },
    async forget(jid) {
      if (!rooms.has(jid)) return failed('no-room');
      if (rooms.get(jid)?.wanted) rooms.get(jid)?.leave();
      bookmarks.remove(jid);
      rooms.get(jid)?.retell();
      await dropIfEmpty(jid);
      return done;
    },
    setSubject(jid, subject) {
      const link = context.link();
      const room = rooms.get(jid);
      if (!link) return Promise.resolve(failed('not-online'));
      if (!room?.ready) return Promise.resolve(failed('no-room'));
      link.send(subjectMessage(jid, ports.random.id(), xmlText(subject)));
      return Promise.resolve(done);
    },

    setPicture: (jid, picture) => setRoomPicture(context, rooms.get(jid), picture, parts.faces.putRoom),
    news: parts.archive.rooms.news,
    isFresh: (jid) => rooms.get(jid)?.fresh ?? false,
    takeSubject(jid, nick, subject) {
      rooms.get(jid)?.subject(nick, subject);
    },
    heard(stanza) {
      const room = roomFrom(stanza);
      room?.heard();
      if (room && attr(stanza, 'from') === room.jid && parseRoomCodes(stanza).has(104)) room.changed();
    },
    takePresence(stanza) {
      const room = roomFrom(stanza);
      if (!room) return false;
      const presence = parseRoomPresence(stanza);
      if (presence) room.take(presence);
      return true;
    },
    hide() {
      for (const room of rooms.values()) room.hide();
    },
    lookChanged() {
      const look = parts.look();
      if (!look) return;
      for (const room of rooms.values()) room.look(look);
    },
    wentOnline(link) {
      const resumed = link.resumed !== null;
      // Whoever starts unseen is seen in no room either, before he says so.
      if (parts.look() || resumed) for (const room of rooms.values()) room.wentOnline(resumed);
      bookmarks.wentOnline(link);
      if (service === null) later('room-service', findOwn());
    },
    wentOffline() {
      parts.archive.rooms.wentOffline();
      for (const room of rooms.values()) room.wentOffline();
    },
  };
};
