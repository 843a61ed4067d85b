import { done, type Outcome } from '../../src-shared/ipc/errors';
import type { Conversation, FirstStanding, MessageKind, Standing } from '../../src-shared/model/conversation';
import { parseJid } from '../../src-shared/model/jid';
import type { SessionContext } from './context';
import type { Notices } from './notices';
import type { Roster } from './roster';
import { isWithin } from '../xmpp/guards/own-domain';

/**
 * T31: who may write to us at once, and who has to ask. A stranger's conversation is a request until the user accepts it: by
 * saying so, by answering (the store opens it with the first message of ours), or by taking them into the roster.
 */
export interface Requests {
  /** What a conversation is when such a message begins it; one that is there already keeps its own standing. */
  standingOf(peer: string, kind: MessageKind): FirstStanding;
  /**
   * Whether the other side may learn that we are here (receipt, marker, chat state): it sees our presence anyway, or the
   * user accepted it as a stranger.
   */
  mayLearn(chat: Conversation): boolean;
  /** Whether what the other side tells is taken as from somebody whom the user lets in: its files are then fetched unasked. */
  isLetIn(chat: Conversation): boolean;
  accept(peer: string): Promise<Outcome<null>>;
  ignore(peer: string): Promise<Outcome<null>>;
  /** Somebody was put into the roster, here or by another device. */
  becameContact(peer: string): Promise<void>;
  /** Somebody was taken out of it: what stands open between us stays so, and tells them nothing more. */
  ceasedToBeContact(peer: string): Promise<void>;
  /** Everybody who became one while we were away has asked long enough. */
  settle(): Promise<void>;
}

/** The own server, and its services: no person writes from there. */
const isServer = (peer: string, domain: string): boolean => {
  const address = parseJid(peer);
  return address?.local === null && isWithin(address.domain, domain);
};

/** Said in a room that we are in, or to us by somebody there: no stranger (T31). */
export const isOfRoom = ({ peer, nick }: { readonly peer: string; readonly nick?: string }): boolean =>
  nick !== undefined || peer.includes('/');

/** Somebody says it to us, and waits for an answer. */
const isPersonal = (kind: MessageKind): boolean => kind === 'chat' || kind === 'buzz';

/** RFC 6121 §5.2.2: what a message is shown as; one of the own server's is a notice whatever it says of itself. */
export const shownKind = (type: MessageKind, peer: string, domain: string): MessageKind =>
  isPersonal(type) && isServer(peer, domain) ? 'headline' : type;

export const createRequests = (
  context: SessionContext,
  roster: Pick<Roster, 'find' | 'sharesPresence'>,
  isBlocked: (peer: string) => boolean,
  notices: Pick<Notices, 'read'>,
  /** We are shown to nobody (XEP-0186, XEP-0126). */
  isHidden: () => boolean,
): Requests => {
  const { account, store, hub } = context;
  const isContact = (peer: string): boolean =>
    peer === context.bare || isServer(peer, context.domain) || roster.find(peer) !== null;
  /** What a room says itself, and not somebody in it. */
  const isRoom = (peer: string): boolean => context.rooms?.().known(peer) === true;
  const isColleague = (peer: string): boolean =>
    context.settings().ownDomainKnown && parseJid(peer)?.domain === context.domain;
  const isKnown = (peer: string): boolean => isContact(peer) || isColleague(peer);
  /** Whoever wants contacts alone is not reached by calling it a notice. */
  const mayWrite = (peer: string, kind: MessageKind): boolean =>
    context.settings().contactsOnly ? isContact(peer) || isRoom(peer) : !isPersonal(kind) || isKnown(peer);
  const set = async (peer: string, standing: Standing): Promise<void> => {
    const chat = await store.setStanding(peer, standing);
    hub.emit({ topic: 'chats', type: 'chat', account, chat });
    notices.read(peer);
  };

  return {
    standingOf(peer, kind) {
      if (isBlocked(peer)) return 'blocked';
      if (!mayWrite(peer, kind)) return 'request';
      return isPersonal(kind) || isKnown(peer) || isRoom(peer) ? 'open' : 'notice';
    },
    mayLearn: ({ peer, standing, uninvited }) =>
      standing === 'open' &&
      !peer.includes('/') &&
      !isHidden() &&
      (roster.sharesPresence(peer) || (!isKnown(peer) && !uninvited)),
    isLetIn: ({ peer, standing, uninvited }) =>
      standing === 'open' && (!uninvited || isKnown(peer) || isRoom(peer) || isOfRoom({ peer })),
    async accept(peer) {
      await set(peer, 'open');
      return done;
    },
    async ignore(peer) {
      await set(peer, 'ignored');
      return done;
    },
    async becameContact(peer) {
      const { standing } = await store.chat(peer);
      if (standing === 'request' || standing === 'ignored') await set(peer, 'open');
    },
    ceasedToBeContact: (peer) => store.disinvite(peer),
    async settle() {
      for (const { peer, standing } of await store.chats())
        if ((standing === 'request' || standing === 'ignored') && roster.find(peer)) await set(peer, 'open');
    },
  };
};
