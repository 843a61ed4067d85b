import { parseJid } from '../../src-shared/model/jid';
import type { Link } from '../xmpp/link';
import { ownCaps } from '../xmpp/xep/0115-capabilities';
import type { AccountRecord } from './account-records';
import type { SessionParts } from './account-session';
import { createArchive, type Archive } from './archive';
import { ownVer } from './capabilities';
import { createChats, type Chats } from './chats';
import type { SessionContext } from './context';
import { createFiles, type Files } from './files';
import { createHistory, type History } from './history';
import { readMessage } from './incoming/read-message';
import { ownOf } from './incoming/take-message';
import { createMutes, type Mutes } from './mutes';
import { createNotices, type Notices } from './notices';
import { createOfflineMessages, type OfflineMessages } from './offline-messages';
import { createPeople, type People } from './people';
import type { PresenceChoice } from './presence-choice';
import { createResume, type Resume } from './resume';
import { createRooms, type Rooms } from './rooms';
import { createServerClock, type ServerClock } from './server-clock';
import { createServerFeatures, type ServerFeatures } from './server-facts';

/** What lives on the connection of one account. */
export interface AccountServices {
  readonly serverClock: ServerClock;
  readonly features: ServerFeatures;
  readonly people: People;
  readonly archive: Archive;
  readonly rooms: Rooms;
  readonly chats: Chats;
  readonly mutes: Mutes;
  readonly notices: Notices;
  readonly history: History;
  readonly files: Files;
  readonly resume: Resume;
  readonly offline: OfflineMessages;
  /** A session is there, and all that it begins with. */
  wentOnline(link: Link): void;
  wentOffline(): void;
}

type Given = Pick<SessionParts, 'front' | 'attention' | 'sounds' | 'settings'>;

export interface ServicesParts extends Given {
  record(): AccountRecord;
  presence(): PresenceChoice;
  /** The account's state has changed. */
  tell(): void;
  /** What nobody waits for; a failure goes to the log. */
  later(what: string, work: Promise<unknown>): Promise<unknown>;
}

/** Who knows whom among the services of one account: each is given the others here, and nowhere else. */
export const createAccountServices = (context: SessionContext, parts: ServicesParts): AccountServices => {
  const { account: id, bare, domain, ports, store, hub } = context;
  const { settings, record, tell, later } = parts;

  const serverClock = createServerClock(context);
  const features = createServerFeatures({ bare, domain, store });
  const notices = createNotices(
    {
      account: id,
      hub,
      front: parts.front,
      attention: parts.attention,
      sounds: parts.sounds,
      settings: settings.get,
      translate: settings.translate,
      presence: () => record().presence.kind,
      kindOf: (room) => rooms.kindOf(room),
    },
    ports,
    {
      reply: (peer, text) => void later('reply', chats.send(peer, text)),
      markRead: (peer) => void later('mark-read', people.readState.read(peer)),
    },
  );
  const people = createPeople(context, {
    features,
    notices,
    front: parts.front,
    presence: () => ({ now: parts.presence().shown(), priority: parts.presence().priority() }),
    onDevices: tell,
    onOwnPicture: () => {
      parts.presence().again();
    },
  });
  const { roster } = people;
  const archive: Archive = createArchive(context, {
    requests: people.requests,
    readState: people.readState,
    notices,
    invited: (message, at) => rooms.invitations.kept(message, at),
    read: (message, place) => readMessage(message, ownOf(context), { by: 'archive', place }),
    nameOf: (peer) => roster.find(peer)?.name ?? rooms.nameOf(peer) ?? peer,
    tell,
  });
  const rooms: Rooms = createRooms(context, {
    ...{ archive, notices, roster, isBlocked: people.blocking.isBlocked, faces: people.faces.rooms },
    lacks: people.lacks,
    capabilities: people.capabilities,
    look: () => {
      const shown = parts.presence().shown();
      const phoneStatus = settings.translate()('presence.phone');
      return shown.kind === 'invisible' ? null : { shown, phoneStatus, caps: ownCaps(ownVer) };
    },
    ownNick: () => people.faces.state().ownName ?? parseJid(bare)?.local ?? bare,
    onReady: (jid) => {
      chats.roomReady(jid);
      people.readState.roomReady(jid);
    },
    onOut: () => {
      chats.roomOut();
    },
  });
  const chats = createChats(context, {
    people,
    notices,
    rooms,
    failed: () => {
      if (record().presence.kind !== 'dnd') parts.sounds.play('error');
    },
    news: archive.news,
    proveSent: archive.proveSent,
  });
  const mutes = createMutes(context, notices);
  const files = createFiles(context, {
    pins: () => record().pins,
    share: chats.share,
    offerChanged: tell,
    isRoom: (peer) => peer.includes('/') || rooms.has(peer),
    whom: rooms.whom,
    takesOffersAlone: people.takesOffersAlone,
    isMember: rooms.isMember,
    isLetIn: people.requests.isLetIn,
    mayOffer: (peer) => roster.sharesPresence(peer) && !people.blocking.isBlocked(peer),
    resources: (peer) => roster.find(peer)?.presence.resources ?? [],
    isSeen: notices.isSeen,
    came: chats.offered,
  });
  const resume = createResume(context, roster.presences);
  const offline = createOfflineMessages(context);
  return {
    serverClock,
    features,
    people,
    archive,
    rooms,
    chats,
    mutes,
    notices,
    history: createHistory(context, {
      nameOf: (peer) => roster.find(peer)?.name ?? rooms.nameOf(peer),
      removed: notices.read,
      ...{ forget: files.forgetOf, forgetAll: files.forgetPictures },
    }),
    files,
    resume,
    offline,
    wentOnline(link) {
      serverClock.wentOnline(link);
      chats.wentOnline();
      void later('mutes', mutes.settle());
      for (const one of [archive, offline, people, rooms, files]) one.wentOnline(link);
    },
    wentOffline() {
      // As long as the session can be resumed, what is known of contacts holds (XEP-0198 §5).
      if (!resume.lost(roster.wentOffline)) roster.wentOffline();
      for (const one of [chats, people, rooms, archive, files]) one.wentOffline();
    },
  };
};
