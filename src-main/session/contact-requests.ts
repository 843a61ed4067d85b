import type { ContactRequest } from '../../src-shared/model/contact';
import type { Element } from '../xmpp/element';
import { parseNick } from '../xmpp/xep/0172-nick';
import { parsePresence, subscriptionPresence } from '../xmpp/xep/6121-presence';
import type { SessionContext } from './context';
import type { RosterEffects } from './roster';

/** Who wants to see our presence (RFC 6121 §3.1.3), until that is answered or taken back. */
export interface ContactRequests {
  /** From disk, before the network answers. */
  load(): Promise<void>;
  all(): readonly ContactRequest[];
  find(bare: string): ContactRequest | null;
  /** A stanza that asks. */
  take(stanza: Element, bare: string): Promise<void>;
  /** One was answered, or taken back. */
  drop(bare: string): Promise<void>;
}

const MAX_NICK = 200;
const MAX_WORDS = 2_000;
/** Anybody may ask, under as many addresses as they like: this many strangers wait, the last that asked. */
const MOST = 100;

/**
 * @param isGranted whether somebody sees our presence already, or was let see it before they asked
 * @param isContact whether somebody is in the roster: who is there waits however many strangers ask
 */
export const createContactRequests = (
  context: SessionContext,
  effects: Pick<RosterEffects, 'asksToBeContact' | 'askedNoMore'>,
  isGranted: (bare: string) => boolean,
  isContact: (bare: string) => boolean,
): ContactRequests => {
  const { account, store, hub } = context;
  const waiting = new Map<string, ContactRequest>();
  const drop = async (jid: string): Promise<void> => {
    if (!waiting.has(jid)) return;
    await store.removeRequest(jid);
    waiting.delete(jid);
    effects.askedNoMore(jid);
    hub.emit({ topic: 'roster', type: 'request-gone', account, jid });
  };
  /** The server keeps what goes here, and tells of it again at the next sign-in. */
  const dropOldest = async (): Promise<void> => {
    const strangers = [...waiting.keys()].filter((jid) => !isContact(jid));
    for (const jid of strangers.slice(0, Math.max(0, strangers.length - MOST))) await drop(jid);
  };
  return {
    async load() {
      for (const request of await store.requests()) waiting.set(request.jid, request);
    },
    all: () => [...waiting.values()],
    find: (bare) => waiting.get(bare) ?? null,
    async take(stanza, bare) {
      // Already granted: beforehand, or the server lost our answer, or the other client asks again.
      if (isGranted(bare)) {
        context.link()?.send(subscriptionPresence('subscribed', bare));
        return;
      }
      const parsed = parsePresence(stanza);
      const request: ContactRequest = {
        jid: bare,
        nick: parseNick(stanza)?.slice(0, MAX_NICK) ?? null,
        message: ('status' in parsed ? parsed.status : null)?.slice(0, MAX_WORDS) ?? null,
        at: waiting.get(bare)?.at ?? context.ports.clock.now(),
      };
      const isNew = !waiting.has(bare);
      await store.putRequest(request);
      waiting.set(bare, request);
      if (isNew) effects.asksToBeContact(bare);
      hub.emit({ topic: 'roster', type: 'request', account, request });
      if (isNew) await dropOldest();
    },
    drop,
  };
};
