import { parseJid } from '../../src-shared/model/jid';
import { StoreError } from '../store/store';
import { attr, type Element } from '../xmpp/element';
import type { Link } from '../xmpp/link';
import { isEvent } from '../xmpp/xep/0060-pubsub';
import type { Archive } from './archive';
import type { Chats } from './chats';
import type { SessionContext } from './context';
import type { Files } from './files';
import { answerIq } from './iq-responder';
import type { OfflineMessages } from './offline-messages';
import type { People } from './people';
import type { Rooms } from './rooms';

const isPush = (iq: Element, namespace: string): boolean =>
  attr(iq, 'type') === 'set' && iq.getChildElements().some((payload) => payload.getNS() === namespace);

/**
 * Gives each stanza of a stream to the service that it is for; resolves once that is committed. Rejects only when the disk
 * does not take it (R12). Any other error is one of ours, in the store too (StoreBug): the stanza is dropped, for the next stream
 * would bring it again and again.
 */
export const routeStanzas =
  (context: SessionContext, link: Link, services: Services) =>
  async (stanza: Element): Promise<void> => {
    try {
      await route(context, link, services, stanza);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const reason = error instanceof Error ? error.name : 'unknown';
      context.ports.log.error('stanza-dropped', { stanza: stanza.getName(), reason });
    }
  };

interface Services {
  readonly people: People;
  readonly chats: Chats;
  readonly rooms: Rooms;
  readonly archive: Archive;
  readonly files: Files;
  readonly offline: Pick<OfflineMessages, 'inOrder'>;
  /** A stanza is kept: it counts from now on (XEP-0198). */
  kept(): void;
}

const route = async (
  context: SessionContext,
  link: Link,
  services: Services,
  stanza: Element,
): Promise<void> => {
  switch (stanza.getName()) {
    case 'message':
      await services.offline.inOrder(stanza, () => routeMessage(services, stanza));
      break;
    case 'presence':
      if (services.rooms.takePresence(stanza)) {
        // XEP-0486 §4: the room as a whole; none of those in it speaks for it.
        if (parseJid(attr(stanza, 'from') ?? '')?.resource === null)
          await services.people.faces.handlePresence(stanza);
        break;
      }
      await services.people.roster.handlePresence(stanza);
      await services.people.faces.handlePresence(stanza);
      break;
    case 'iq':
      await routeIq(context, link, services, stanza);
      break;
  }
  services.kept();
};

/** Nothing is awaited before the store is asked: messages that are handed over side by side keep their order. */
const routeMessage = async ({ archive, people, chats, rooms }: Services, stanza: Element): Promise<void> => {
  if (archive.take(stanza)) return;
  rooms.heard(stanza);
  const carbon = people.carbons.open(stanza);
  if (carbon === 'refused') return;
  if (await rooms.invitations.take(carbon?.message ?? stanza)) return;
  if (!carbon && (rooms.moderation.take(stanza) || rooms.subjects.take(stanza))) return;
  if (carbon) await chats.take(carbon.message, { by: 'carbon', delay: null });
  else if (isEvent(stanza)) {
    if (rooms.bookmarks.handleEvent(stanza)) return;
    await people.readState.handleEvent(stanza);
    await people.faces.handleEvent(stanza);
  } else await chats.take(stanza, { by: 'stream' });
};

const routeIq = async (
  context: SessionContext,
  link: Link,
  { people: { roster, blocking, seesUs }, rooms, files }: Services,
  iq: Element,
): Promise<void> => {
  if (isPush(iq, 'jabber:iq:roster')) return roster.handlePush(iq, link);
  if (await blocking.handlePush(iq, link)) return;
  if (await files.take(iq)) return;
  const at = context.ports.clock.now();
  const from = parseJid(attr(iq, 'from') ?? '')?.bare ?? null;
  // Whoever is in a room with us may ask whether we are there, but not where we are.
  const tellsTime = context.settings().tellTime && from !== null && seesUs(from);
  const own = {
    bare: context.bare,
    domain: context.domain,
    version: context.ports.system.appVersion,
    time: tellsTime ? { at, offset: -new Date(at).getTimezoneOffset() } : null,
  };
  // A room asks whether we are there, and removes whoever does not answer.
  link.send(answerIq(iq, own, seesUs, rooms.has));
};
