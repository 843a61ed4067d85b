import { done, failed, type Outcome } from '../../../src-shared/ipc/errors';
import type { Picture } from '../../../src-shared/model/card';
import { parseJid } from '../../../src-shared/model/jid';
import type { Occupant, RoomsState, RoomStatus } from '../../../src-shared/model/room';
import { attr, type Element } from '../../xmpp/element';
import { isWithin } from '../../xmpp/guards/own-domain';
import { isAuthor } from '../../xmpp/guards/room-author';
import type { Link } from '../../xmpp/link';
import { parseRoomCodes, parseRoomPresence, type Look } from '../../xmpp/xep/0045-muc';
import type { Bookmark } from '../../xmpp/xep/0402-bookmarks';
import type { Archive } from '../archive';
import type { Avatars } from '../avatars';
import type { Capabilities } from '../capabilities';
import type { SessionContext } from '../context';
import { readRoomMessage } from '../incoming/read-room-message';
import type { HiddenRooms, RoomsInSession } from '../incoming/reading';
import type { RoomGate } from '../room-gate';
import { createBookmarks, type Bookmarks } from './bookmarks';
import { createBrowsing, type RoomBrowsing } from './browse';
import { createCompanions, type Companions } from './companions';
import { createEntering, type JoinAs } from './entering';
import { findServices } from './find-service';
import { createInvitations, type Invitations, type InvitationParts } from './invitations';
import { createKnownRooms, rowOf } from './known-rooms';
import { createMaking, type RoomMaking } from './make-room';
import { moderateMessage } from './moderate-message';
import { createModeration, type Moderation } from './moderation';
import { createRegistering, type Registering } from './registration';
import { createReserved } from './reserved-rooms';
import { setRoomPicture } from './room-picture';
import { createRoomApps } from './room-apps';
import { createRoomNames, type RoomNames } from './room-names';
import { endOf } from './room-state';
import { createSubjects, type Subjects } from './subjects';

/** Rooms of the account (XEP-0045): joined when asked, again at every sign-in, and never silently left. */
export interface Rooms extends RoomsInSession, HiddenRooms, RoomGate, RoomNames, Pick<Companions, 'whom'> {
  /** Somebody in a room has said something to us alone. */
  heardFrom(peer: string): void;
  readonly invitations: Invitations;
  readonly making: RoomMaking;
  /** Takes back what somebody said, as a moderator (XEP-0425). */
  moderate(id: number, reason: string | null): Promise<Outcome<null>>;
  readonly browsing: RoomBrowsing;
  readonly moderation: Moderation;
  readonly registering: Registering;
  readonly subjects: Subjects;
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
  /** Another picture for it, or (null) none (XEP-0486). */
  setPicture(jid: string, picture: Picture | null): Promise<Outcome<null>>;
  isFresh(room: string): boolean;
  /**
   * Whoever said something under this nick is in this room now, which is for members alone, and is one. Only the own server's rooms
   * are believed (T31). @param author see roomAuthor
   */
  isMember(room: string, nick: string, author: string | null): boolean;
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

export interface RoomsParts extends Omit<InvitationParts, 'room'> {
  readonly archive: Pick<Archive, 'rooms'>;
  /** How others see us; null while nobody is to (invisible). */
  look(): Look | null;
  /** How we are called where nothing else is said. */
  ownNick(): string;
  onReady(jid: string): void;
  /** Out of one, for good. */
  onOut(): void;
  readonly faces: Pick<Avatars, 'roomTold' | 'putRoom'>;
  readonly capabilities: Pick<Capabilities, 'seen' | 'lacks'>;
}

/** XEP-0045 §10.2.1: Prosody tells that it is archived, or shows addresses, by that code alone. */
const hasChanged = (codes: ReadonlySet<number>): boolean =>
  [104, 170, 171, 172, 173, 174].some((code) => codes.has(code));

export const createRooms = (context: SessionContext, parts: RoomsParts): Rooms => {
  const { account, store, hub, ports } = context;
  let service: string | null = null;
  const later = (what: string, work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      ports.log.error(what, { reason: error instanceof Error ? error.name : 'unknown' });
    });
  };
  const rooms = createKnownRooms(context, {
    ...parts,
    bookmarked: (jid) => bookmarks.has(jid),
    asking: (jid) => moderation.asking(jid),
    onJoined: (jid) => {
      later('invitation', invitations.remove(jid));
    },
    // Other devices would make it anew.
    onDestroyed: (jid) => {
      bookmarks.changed(jid);
    },
    later,
    came: (jid, nick) => {
      companions.came(jid, nick);
    },
  });
  const companions = createCompanions(context, { room: rooms.get, tell: rooms.tellAnother });
  const apps = createRoomApps(parts.capabilities, rooms.get);
  const reserved = createReserved(context, { ...parts, rooms, bookmarks: () => bookmarks });
  const moderation = createModeration(context, rooms.get);
  const subjects = createSubjects(context, rooms.get);
  const invitations = createInvitations(context, { ...parts, room: rooms.get });
  const { enter, join, leave, dropIfEmpty, isEntering } = createEntering(context, {
    ...parts,
    rooms,
    invitations,
    bookmarks: () => bookmarks,
  });
  parts.archive.rooms.use({
    isRoom: (jid) => rooms.all.has(jid),
    canAsk: (jid) => {
      const room = rooms.get(jid);
      return room !== undefined && room.ready && room.info.archive;
    },
    read: (jid, message, place) => {
      const room = rooms.view(jid);
      const own = { bare: context.bare, language: context.language() };
      return room ? readRoomMessage(message, room, own, { by: 'archive', place }) : { is: 'nothing' };
    },
  });
  /** A room that another device has in its list. */
  const addListed = ({ jid, name, nick, password }: Bookmark, wanted: boolean): void => {
    const row = rowOf({ jid, nick: nick ?? parts.ownNick(), name, password }, wanted);
    const room = rooms.add(row);
    later('room-not-kept', store.putRoom(row));
    room.retell();
  };
  const bookmarks = createBookmarks(context, {
    room: (jid) => rooms.all.get(jid),
    rooms: () => rooms.all.values(),
    isEntering,
    enter: (bookmark) => {
      const { jid, nick, password } = bookmark;
      if (!rooms.all.has(jid)) addListed(bookmark, true);
      later('room-join', enter(jid, { nick, password, create: false }));
    },
    list: (bookmark) => {
      addListed(bookmark, false);
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
  const forget = async (jid: string): Promise<Outcome<null>> => {
    if (!rooms.all.has(jid)) return failed('no-room');
    if (rooms.get(jid)?.wanted) rooms.get(jid)?.leave();
    bookmarks.remove(jid);
    rooms.get(jid)?.retell();
    await dropIfEmpty(jid);
    return done;
  };
  const making = createMaking(context, {
    invitations,
    reserved,
    service: findOwn,
    room: rooms.get,
    join: (jid, plan) => join(jid, { nick: null, password: null, create: true, plan }),
    forget,
  });

  return {
    ...createRoomNames(rooms.all, apps),
    invitations,
    making,
    moderate: (id, reason) => moderateMessage(context, rooms.get, id, reason),
    browsing: createBrowsing(context),
    bookmarks,
    moderation,
    subjects,
    registering: createRegistering(context, { room: rooms.get, ownNick: parts.ownNick }),
    has: (jid) => rooms.all.get(jid)?.inside ?? false,
    known: (jid) => rooms.all.has(jid),
    view: rooms.view,
    endOf: (jid) => {
      const room = rooms.get(jid);
      return room ? endOf(room.shown().status) : null;
    },
    whom: companions.whom,
    isAnother: companions.isAnother,
    heardFrom: companions.heard,
    isReady: (jid) => rooms.get(jid)?.ready ?? false,
    doubt: (jid) => rooms.get(jid)?.doubt(),
    lost: (jid) => rooms.get(jid)?.lost(),
    async load() {
      for (const row of await store.rooms()) rooms.add(row);
      await Promise.all([invitations.load(), bookmarks.load(), companions.load()]);
    },
    async save() {
      for (const room of rooms.all.values()) await store.putRoom(room.row());
      await Promise.all([invitations.save(), bookmarks.save()]);
    },
    state: () => ({
      rooms: [...rooms.all.values()].map((room) => room.shown()),
      service,
      invitations: invitations.list(),
    }),
    occupants: (jid) => rooms.get(jid)?.occupants.all() ?? [],

    join,
    async leave(jid) {
      if (!rooms.all.has(jid)) return failed('no-room');
      await leave(jid);
      bookmarks.changed(jid);
      return done;
    },
    forget,
    setPicture: (jid, picture) => setRoomPicture(context, rooms.get(jid), picture, parts.faces.putRoom),
    news: parts.archive.rooms.news,
    isFresh: (jid) => rooms.get(jid)?.fresh ?? false,
    isMember(jid, nick, author) {
      const room = rooms.get(jid);
      const isBelieved = isWithin(parseJid(jid)?.domain ?? '', context.domain);
      if (!isBelieved || !room?.info.membersOnly) return false;
      const there = room.occupants.occupant(nick);
      const affiliation = room.occupants.find(nick)?.affiliation ?? 'none';
      return there !== null && isAuthor(author, there) && affiliation !== 'none' && affiliation !== 'outcast';
    },
    takeSubject(jid, nick, subject) {
      rooms.get(jid)?.subject(nick, subject);
      subjects.told(jid, nick);
    },
    heard(stanza) {
      const room = rooms.from(stanza);
      room?.heard();
      if (room && attr(stanza, 'from') === room.jid && hasChanged(parseRoomCodes(stanza))) room.changed();
    },
    takePresence(stanza) {
      const room = rooms.from(stanza);
      if (!room) return false;
      const presence = parseRoomPresence(stanza);
      if (!presence) return true;
      room.take(presence);
      if (presence.type === 'available' && presence.nick !== room.nick)
        later('room-apps', apps.seen(room, presence.nick, stanza));
      return true;
    },
    hide() {
      reserved.hide();
      for (const room of rooms.all.values()) room.hide();
    },
    lookChanged() {
      const look = parts.look();
      if (!look) return;
      for (const room of rooms.all.values()) room.look(look);
    },
    wentOnline(link) {
      const resumed = link.resumed !== null;
      reserved.wentOnline(link);
      // Whoever starts unseen is seen in no room either, before he says so.
      if (parts.look() || resumed) for (const room of rooms.all.values()) room.wentOnline(resumed);
      bookmarks.wentOnline(link);
      invitations.wentOnline();
      if (service === null) later('room-service', findOwn());
    },
    wentOffline() {
      parts.archive.rooms.wentOffline();
      reserved.wentOffline();
      for (const room of rooms.all.values()) room.wentOffline();
    },
  };
};
