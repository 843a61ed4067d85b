import { done, failed, type Outcome } from '../../src-shared/ipc/errors';
import type { Failure } from '../../src-shared/model/connection';
import type { OwnPresence } from '../../src-shared/model/presence';
import type { Link } from '../xmpp/link';
import { activateList, invisibleList, privacyGet } from '../xmpp/xep/0016-privacy-lists';
import { availablePresence, unavailablePresence } from '../xmpp/xep/6121-presence';
import type { SessionContext } from './context';

/** What contacts see of us on one stream. */
export interface OwnPresenceService {
  /** Whether the server of this stream can make us invisible (XEP-0016). */
  readonly canBeInvisible: boolean;
  /** The first presence of a stream (RFC 6121 §4.2); an invisible one is never visible for a moment. */
  announce(link: Link, wanted: OwnPresence, priority: number): Promise<Failure | null>;
  change(link: Link, wanted: OwnPresence, priority: number): Promise<Outcome<null>>;
  goodbye(link: Link): void;
}

/** @param watchers bare JIDs of everybody who may see our presence */
export const createOwnPresence = (
  context: SessionContext,
  watchers: () => readonly string[],
): OwnPresenceService => {
  let canBeInvisible = false;
  let hidden = false;
  const phoneStatus = (): string => context.translate()('presence.phone');

  /** XEP-0126 §3.1: the list first, then presence, which the server keeps to itself. */
  const hide = async (link: Link): Promise<boolean> => {
    const made = await link.iq('set', invisibleList());
    const active = made.ok && (await link.iq('set', activateList(true))).ok;
    if (active) hidden = true;
    return active;
  };

  return {
    get canBeInvisible() {
      return canBeInvisible;
    },

    async announce(link, wanted, priority) {
      hidden = false;
      canBeInvisible = (await link.iq('get', privacyGet())).ok;
      if (wanted.kind === 'invisible' && !(canBeInvisible && (await hide(link)))) {
        return { code: 'cannot-be-invisible', step: 'presence', params: {} };
      }
      link.send(availablePresence(wanted, priority, phoneStatus()));
      return null;
    },

    async change(link, wanted, priority) {
      if (wanted.kind === 'invisible') {
        if (!canBeInvisible) return failed('not-offered');
        if (!hidden) {
          // Each of them sees us leave before the list holds everything back. Only they: to the server this session stays
          // available, so that no message goes to offline storage in between.
          for (const watcher of watchers()) link.send(unavailablePresence(watcher));
          if (!(await hide(link))) return failed('not-offered');
        }
      } else if (hidden) {
        const answer = await link.iq('set', activateList(false));
        if (!answer.ok) return failed('server-refused', { condition: answer.error.condition });
        hidden = false;
      }
      link.send(availablePresence(wanted, priority, phoneStatus()));
      return done;
    },

    goodbye(link) {
      link.send(unavailablePresence());
    },
  };
};
