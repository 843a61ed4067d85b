import { attr, type Element } from '../xmpp/element';
import type { Link } from '../xmpp/link';
import type { Chats } from './chats';
import type { SessionContext } from './context';
import { answerIq } from './iq-responder';
import type { Roster } from './roster';

const isRosterPush = (iq: Element): boolean =>
  attr(iq, 'type') === 'set' && iq.getChildElements().some((query) => query.is('query', 'jabber:iq:roster'));

/** Gives each stanza of a stream to the service that it is for; resolves once that is committed. */
export const routeStanzas =
  (context: SessionContext, link: Link, services: { readonly roster: Roster; readonly chats: Chats }) =>
  async (stanza: Element): Promise<void> => {
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
