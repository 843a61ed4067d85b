import { StoreError } from '../store/store';
import { attr, type Element } from '../xmpp/element';
import type { Link } from '../xmpp/link';
import type { Chats } from './chats';
import type { SessionContext } from './context';
import { answerIq } from './iq-responder';
import type { Roster } from './roster';

const isRosterPush = (iq: Element): boolean =>
  attr(iq, 'type') === 'set' && iq.getChildElements().some((query) => query.is('query', 'jabber:iq:roster'));

/**
 * Gives each stanza of a stream to the service that it is for; resolves once that is committed. Rejects only when the disk
 * does not take it (R12). Any other error is one of ours: the stanza is dropped, for the next stream would bring it again
 * and again.
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
  readonly roster: Roster;
  readonly chats: Chats;
}

const route = async (
  context: SessionContext,
  link: Link,
  services: Services,
  stanza: Element,
): Promise<void> => {
  switch (stanza.getName()) {
    case 'message':
      await services.chats.handleMessage(stanza);
      return;
    case 'presence':
      await services.roster.handlePresence(stanza);
      return;
    case 'iq':
      if (isRosterPush(stanza)) await services.roster.handlePush(stanza, link);
      else {
        const own = {
          bare: context.bare,
          domain: context.domain,
          version: context.ports.system.appVersion,
        };
        link.send(answerIq(stanza, own, services.roster.sharesPresence));
      }
      return;
  }
};
