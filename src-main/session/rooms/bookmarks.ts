import { bareJid } from '../../../src-shared/model/jid';
import type { Element } from '../../xmpp/element';
import { isOwnEvent } from '../../xmpp/guards/own-event';
import { mayPublishPrivately } from '../../xmpp/guards/private-publish';
import type { Link } from '../../xmpp/link';
import { STORAGE } from '../../xmpp/xep/0048-private-bookmarks';
import { parseEvent, type PubsubEvent } from '../../xmpp/xep/0060-pubsub';
import {
  BOOKMARKS,
  BOOKMARKS_COMPAT,
  parseBookmark,
  type Bookmark,
  type KeptBookmark,
} from '../../xmpp/xep/0402-bookmarks';
import type { SessionContext } from '../context';
import { createTurn } from '../turn';
import { nothingKept, readKept, writeKept, type Unsaved } from './kept-bookmarks';
import { createLatestChanges } from './latest-changes';
import type { OneRoom } from './one-room';
import { mergeBookmarks, MOST_BOOKMARKS, readBookmarks } from './read-bookmarks';
import { writeBookmark } from './write-bookmark';

/**
 * Rooms as all devices of the account have them (XEP-0402, XEP-0048): what is joined here is bookmarked, what others bookmark
 * or remove is followed here. The server has the last word, but for what was changed here and is not there yet.
 *
 *   joined, left, removed here ──▶ unsaved (on disk) ──▶ written ──▶ seen (on disk)
 *   read at sign-in, own events ──▶ seen ──▶ joined, left or listed here
 */
export interface Bookmarks {
  load(): Promise<void>;
  /** Puts on disk again what only this computer knows (R13). */
  save(): Promise<void>;
  has(room: string): boolean;
  passwordOf(room: string): string | null;
  /** We went into a room, or left it: others are to know; the password only where the user wants that. */
  changed(room: string, withPassword?: boolean): void;
  /** The user wants it in no list any more. */
  remove(room: string): void;
  /** A PEP event. False: it is about something else. */
  handleEvent(message: Element): boolean;
  wentOnline(link: Link): void;
}

export interface BookmarksParts {
  room(jid: string): OneRoom | undefined;
  rooms(): Iterable<OneRoom>;
  /** The user is on the way into it: that is newer than what was told of it. */
  isEntering(jid: string): boolean;
  /** Into a room as the bookmark says; what comes of it shows at the room. */
  enter(bookmark: Bookmark): void;
  /** The room is known, and not entered. */
  list(bookmark: Bookmark): void;
  /** Out of it, here alone. */
  leave(jid: string): void;
  /** It is in no list any more, and we are not in it: nothing of it is needed but what was said. */
  dropped(jid: string): void;
  later(what: string, work: Promise<unknown>): void;
}

export const createBookmarks = (context: SessionContext, parts: BookmarksParts): Bookmarks => {
  const { store, ports } = context;
  const known = new Map<string, KeptBookmark>();
  let { seen, seenOlder, unsaved } = nothingKept();
  /** To be written whatever is known, for nobody knows whether both forms are so. */
  const lagging = new Set<string>();
  /** The same, where the older form is: an older client has changed it. */
  const behind = new Set<string>();
  const latest = createLatestChanges(ports.clock);
  /** Changed since its writing began: its own turn comes. */
  const changedSince = new Set<string>();
  const inTurn = createTurn();
  /** What others have was read here; before that, writing would be over what nobody has seen. */
  let readOn: Link | null = null;

  const keep = (): Promise<void> => writeKept(store, { seen, seenOlder, unsaved });
  const note = (one: KeptBookmark): void => {
    known.set(one.jid, one);
    seen.set(one.jid, one.autojoin);
    parts.room(one.jid)?.retell();
  };
  const drop = (jid: string): void => {
    known.delete(jid);
    seen.delete(jid);
    parts.room(jid)?.retell();
  };

  /** What others are to find; the same object where they find it already. */
  const wantedOf = (room: OneRoom, withPassword: boolean): KeptBookmark => {
    const { jid, nick, name, password, wanted } = room.row();
    const before = known.get(jid);
    const hasPassword = withPassword || (before?.password ?? null) !== null;
    const next = {
      jid,
      name: before?.name ?? name,
      autojoin: wanted,
      nick: wanted ? nick : (before?.nick ?? nick),
      password: hasPassword ? (password ?? before?.password ?? null) : null,
      kept: before?.kept ?? null,
    };
    const same =
      before?.autojoin === next.autojoin && before.nick === next.nick && before.password === next.password;
    return same ? before : next;
  };
  const save = async (link: Link, jid: string, what: Unsaved): Promise<void> => {
    changedSince.delete(jid);
    const room = parts.room(jid);
    if (what !== 'remove' && !room) {
      unsaved.delete(jid);
      return;
    }
    const next = what === 'remove' || !room ? null : wantedOf(room, what === 'put-password');
    const following = behind.delete(jid) && !lagging.has(jid);
    const isThere =
      !following && !lagging.has(jid) && (next === null ? !known.has(jid) : known.get(jid) === next);
    const features = context.features();
    const written = isThere ? 'written' : await writeBookmark(link, features, jid, next, following);
    // Nobody knows whether it is there.
    if (written === 'lost') {
      lagging.add(jid);
      return;
    }
    lagging.delete(jid);
    if (written === 'refused' || written === 'in-part') ports.log.warn('bookmark-refused');
    // What older clients still have would be back at the next sign-in.
    const isLeft = next === null && written === 'in-part';
    if (isLeft) lagging.add(jid);
    else if (!changedSince.has(jid)) unsaved.delete(jid);
    if (written !== 'refused') {
      if (next) note(next);
      else drop(jid);
      if (!isThere && !following && mayPublishPrivately(features)) latest.note(jid, next?.autojoin, 'us');
    }
    if (written === 'written') {
      if (next) seenOlder.set(jid, next.autojoin);
      else seenOlder.delete(jid);
    }
    await keep();
  };
  const saveAll = async (): Promise<void> => {
    for (const [jid, what] of [...unsaved]) {
      const link = context.link();
      if (link) await save(link, jid, what);
    }
  };
  const set = (jid: string, what: Unsaved): void => {
    unsaved.set(jid, what);
    changedSince.add(jid);
    behind.delete(jid);
    parts.later(
      'bookmarks',
      keep().then(() =>
        inTurn(async () => {
          const link = context.link();
          if (link) await (readOn === link ? saveAll() : settle(link));
        }),
      ),
    );
  };

  /** Another device, or the server, has it so. */
  const follow = (one: KeptBookmark): void => {
    const room = parts.room(one.jid);
    note(one);
    if (one.autojoin) {
      // Whoever was put out of a room does not go back by himself.
      if (!room || (!room.wanted && room.row().exit === null)) parts.enter(one);
    } else if (room?.wanted) parts.leave(one.jid);
    else if (!room) parts.list(one);
  };
  const followGone = (jid: string): void => {
    drop(jid);
    if (parts.room(jid)?.wanted) parts.leave(jid);
    parts.dropped(jid);
  };

  const settle = async (link: Link): Promise<void> => {
    const found = await readBookmarks(link, context.bare, context.features());
    if (!found || context.link() !== link) return;
    readOn = link;
    const before = seen;
    const { list, lagging: older } = mergeBookmarks(found, before, seenOlder, latest);
    known.clear();
    seen = new Map();
    if (found.older) seenOlder = new Map([...found.older].map(([jid, { autojoin }]) => [jid, autojoin]));
    for (const one of list) {
      if (unsaved.has(one.jid)) note(one);
      else if (!one.autojoin && parts.room(one.jid)?.wanted && before.get(one.jid) !== true) {
        // Joined here before anybody was told.
        note(one);
        unsaved.set(one.jid, 'put');
      } else follow(one);
    }
    for (const room of [...parts.rooms()]) {
      const { jid } = room;
      if (known.has(jid) || unsaved.has(jid)) continue;
      if (before.has(jid) && !found.isNew) followGone(jid);
      else if (room.wanted) unsaved.set(jid, 'put');
    }
    const putBack = latest.ours().filter((jid) => {
      const now = found.newer.get(jid)?.autojoin;
      return found.older !== null && latest.has(jid, now) && found.older.get(jid)?.autojoin !== now;
    });
    for (const jid of older) behind.add(jid);
    for (const jid of putBack) lagging.add(jid);
    for (const jid of [...older, ...putBack])
      if (!unsaved.has(jid)) unsaved.set(jid, known.has(jid) ? 'put' : 'remove');
    await keep();
    await saveAll();
  };

  const followEvent = async (event: PubsubEvent, ours: ReadonlySet<string>): Promise<void> => {
    const isOurs = (jid: string): boolean => ours.has(jid) || unsaved.has(jid) || parts.isEntering(jid);
    for (const item of event.items) {
      const one = parseBookmark(item);
      const fits = one && (known.has(one.jid) || known.size < MOST_BOOKMARKS);
      if (!fits || isOurs(one.jid)) continue;
      latest.note(one.jid, one.autojoin, 'others');
      follow(one);
    }
    for (const id of event.emptied ? [...seen.keys()] : event.gone) {
      const jid = bareJid(id);
      if (jid === null || !seen.has(jid) || isOurs(jid)) continue;
      latest.note(jid, undefined, 'others');
      followGone(jid);
    }
    await keep();
  };

  return {
    async load() {
      ({ seen, seenOlder, unsaved } = await readKept(store));
    },
    save: keep,
    has: (room) => seen.has(room),
    passwordOf: (room) => known.get(room)?.password ?? null,
    changed(room, withPassword = false) {
      // What was never bookmarked need not be told to be left; what waits to be is perhaps on its way.
      if (!parts.room(room)?.wanted && !seen.has(room) && !unsaved.has(room)) return;
      if (parts.room(room)) set(room, withPassword ? 'put-password' : 'put');
      else set(room, 'remove');
    },
    remove(room) {
      const isKnown = seen.delete(room) || unsaved.has(room);
      if (isKnown) set(room, 'remove');
    },
    handleEvent(message) {
      const event = parseEvent(message);
      if (event?.node !== BOOKMARKS && event?.node !== STORAGE) return false;
      if (!isOwnEvent(message, context.bare)) {
        ports.log.warn('event-refused');
        return true;
      }
      if (event.node === STORAGE) {
        // Where the server keeps both the same, the newer form tells it too.
        const link = context.link();
        if (link && !context.features().has(BOOKMARKS_COMPAT))
          parts.later(
            'bookmarks',
            inTurn(() => settle(link)),
          );
        return true;
      }
      // What was changed here by now is newer, though it be written before the event's turn comes.
      const ours = new Set(unsaved.keys());
      parts.later(
        'bookmarks',
        inTurn(() => followEvent(event, ours)),
      );
      return true;
    },
    wentOnline(link) {
      parts.later(
        'bookmarks',
        inTurn(() => settle(link)),
      );
    },
  };
};
