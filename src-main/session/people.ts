import { parseJid } from '../../src-shared/model/jid';
import { done, failed, type Outcome } from '../../src-shared/ipc/errors';
import type { ShownPresence } from '../../src-shared/model/presence';
import type { IqOutcome, Link } from '../xmpp/link';
import { IBB } from '../xmpp/xep/0047-bytestreams';
import { OOB } from '../xmpp/xep/0066-oob';
import { SI, SI_FILE } from '../xmpp/xep/0096-file-offers';
import { JINGLE_FILES } from '../xmpp/xep/0234-jingle-files';
import { SHARING } from '../xmpp/xep/0447-file-sharing';
import { createBlocking, type Blocking } from './blocking';
import { createCapabilities, type Capabilities } from './capabilities';
import { createCards, type Cards } from './cards';
import { createCarbons, type Carbons } from './carbons';
import type { SessionContext } from './context';
import { createDirectory, type Directory } from './directory';
import { createFaces, type FacesService } from './faces';
import type { Front, Notices } from './notices';
import { createOwnPicture, type OwnPicture } from './own-picture';
import { createOwnPresence, type OwnPresenceService } from './own-presence';
import { createPresences } from './presences';
import { createProfile, type ProfileService } from './profile';
import { createReadState, type ReadState } from './read-state';
import { createRequests, type Requests } from './requests';
import { createRoster, type Roster } from './roster';
import type { ServerFeatures } from './server-facts';
import { createTurn } from './turn';
import { createWatches } from './watches';

/** Who is who to this account, and what its other devices do: the services that conversations rest on. */
export interface People {
  readonly roster: Roster;
  readonly requests: Requests;
  readonly blocking: Blocking;
  readonly readState: ReadState;
  readonly carbons: Carbons;
  readonly cards: Cards;
  readonly profile: ProfileService;
  readonly picture: OwnPicture;
  readonly directory: Directory;
  readonly faces: FacesService;
  readonly ownPresence: OwnPresenceService;
  /** Whether a contact sees our presence, as it is now: nobody does while we are invisible (XEP-0186). */
  seesUs(bare: string): boolean;
  /** From disk, before the network answers. */
  load(): Promise<void>;
  /** Puts on disk again what only this computer knows: the database was made anew (R13). */
  save(): Promise<void>;
  /** All that has to be known before the first presence of a stream, and the messages that it brings; asked at once. */
  begin(link: Link): Promise<IqOutcome>;
  /** The stream goes on with the session before (XEP-0198): what may have changed since is asked again. */
  resumed(link: Link): Promise<void>;
  /** Tells the user once when this contact is there the next time, or no longer. `not-contact` */
  watch(bare: string, on: boolean): Promise<Outcome<null>>;
  /** This contact is there, with nothing but clients that are known to do without this (XEP-0115). */
  lacks(bare: string, feature: string): boolean;
  /**
   * Files are offered to this contact from here (XEP-0096), though a server could keep them: every client of theirs that is there
   * takes files so, as Spark, and knows no later way (XEP-0234, XEP-0066, XEP-0447).
   */
  takesOffersAlone(bare: string): boolean;
  readonly capabilities: Pick<Capabilities, 'seen' | 'lacks'>;
  wentOnline(link: Link): void;
  wentOffline(): void;
}

export interface PeopleParts {
  readonly features: ServerFeatures;
  readonly notices: Notices;
  readonly front: Front;
  /** Own presence as contacts see it, and its priority. */
  presence(): { readonly now: ShownPresence; readonly priority: number };
  /** Another client of this account came, changed or went. */
  onDevices(): void;
  /** The own picture is another one, or there is one no more. */
  onOwnPicture(): void;
}

export const createPeople = (context: SessionContext, parts: PeopleParts): People => {
  const { notices, features } = parts;
  const watches = createWatches(context);
  const unwatch = (bare: string): void => {
    if (!watches.has(bare)) return;
    watches.set(bare, false).catch((error: unknown) => {
      context.ports.log.warn('watches-not-kept', { reason: error instanceof Error ? error.name : 'unknown' });
    });
    roster.retell(bare);
  };
  const capabilities = createCapabilities(context);
  const roster: Roster = createRoster(context, createPresences(), capabilities, {
    isBlocked: (address) => blocking.isBlocked(address),
    becameContact: (bare) => requests.becameContact(bare),
    asksToBeContact: notices.contactRequest,
    askedNoMore: notices.contactRequestGone,
    came: (who, isNews) => {
      const wished = watches.has(who.jid);
      if (!wished && !isNews) return;
      if (notices.cameOnline(who, wished) && wished) unwatch(who.jid);
    },
    isWatched: watches.has,
    removed: (bare) => {
      unwatch(bare);
      return requests.ceasedToBeContact(bare);
    },
    went: notices.wentOffline,
    devicesChanged: () => {
      parts.onDevices();
    },
  });
  const blocking: Blocking = createBlocking(context, notices, {
    standingOf: (peer) => {
      const standing = requests.standingOf(peer, 'chat');
      return standing === 'notice' ? 'open' : standing;
    },
    hideFrom: (link, peer) => {
      ownPresence.hideFrom(link, peer);
    },
    showTo: (link, peer) => {
      const { now, priority } = parts.presence();
      ownPresence.showTo(link, peer, now, priority);
    },
    rulesChanged: (link) => ownPresence.rulesChanged(link),
    forget: (blocked) => {
      const device = parseJid(blocked);
      if (device?.resource != null) {
        roster.forgetPresence(device.bare, device.resource);
        return;
      }
      // A domain stands for everybody there.
      const all = roster.state().contacts.filter(({ jid }) => jid === blocked || jid.endsWith(`@${blocked}`));
      for (const { jid } of all) roster.forgetPresence(jid);
    },
  });
  const isHidden = (): boolean => parts.presence().now.kind === 'invisible';
  const requests = createRequests(context, roster, blocking.isBlocked, notices, isHidden);
  const readState = createReadState(context, requests, notices);
  const carbons = createCarbons(context);
  const faces = createFaces(
    context,
    (bare) =>
      (roster.find(bare) !== null && !blocking.isBlocked(bare)) || context.rooms?.().known(bare) === true,
    () => {
      parts.onOwnPicture();
    },
  );
  const ownPresence = createOwnPresence(context, roster.watchers, blocking, faces.ownPhoto);
  const cards = createCards(context, (bare) => roster.find(bare) !== null);
  const inTurn = createTurn();
  const profile = createProfile(context, inTurn, faces.cardChanged);
  const picture = createOwnPicture(context, inTurn, faces.putOwn);
  const ask = async (link: Link): Promise<void> => {
    await Promise.all([features.fetch(link), blocking.fetch(link), readState.fetch(link)]);
  };

  return {
    seesUs: (bare) => !isHidden() && roster.sharesPresence(bare),
    roster,
    requests,
    blocking,
    readState,
    carbons,
    cards,
    profile,
    picture,
    capabilities,
    directory: createDirectory(context),
    faces,
    ownPresence,
    async load() {
      await Promise.all([
        roster.load(),
        watches.load(),
        features.load(),
        blocking.load(),
        readState.load(),
        faces.load(),
      ]);
    },
    async save() {
      await Promise.all([roster.save(), watches.save(), blocking.save(), faces.save()]);
    },
    async begin(link) {
      const [fetched] = await Promise.all([roster.fetch(link), ask(link), carbons.enable(link)]);
      if (fetched.ok) await requests.settle();
      return fetched;
    },
    resumed: ask,
    async watch(bare, on) {
      if (!roster.find(bare)) return failed('not-contact');
      await watches.set(bare, on);
      roster.retell(bare);
      return done;
    },
    takesOffersAlone(bare) {
      const { knows, lacks } = capabilities;
      const there = roster.find(bare)?.presence.resources ?? [];
      return (
        there.length > 0 &&
        there.every(
          ({ resource }) =>
            [SI, SI_FILE, IBB].every((one) => knows(bare, resource, one)) &&
            [JINGLE_FILES, OOB, SHARING].every((one) => lacks(bare, resource, one)),
        )
      );
    },
    lacks(bare, feature) {
      const there = roster.find(bare)?.presence.resources ?? [];
      return there.length > 0 && there.every(({ resource }) => capabilities.lacks(bare, resource, feature));
    },
    wentOnline(link) {
      // A new session counts as one that somebody looks at (XEP-0352 §4.2); of one that goes on nobody knows.
      link.setActive(parts.front.visible);
      readState.wentOnline();
      faces.wentOnline(link);
    },
    wentOffline: faces.wentOffline,
  };
};
