import { done, failed, type Outcome } from '../../src-shared/ipc/errors';
import type { Failure } from '../../src-shared/model/connection';
import type { ShownPresence } from '../../src-shared/model/presence';
import type { Element } from '../xmpp/element';
import type { IqOutcome, Link } from '../xmpp/link';
import { activeSet, INVISIBLE, invisibleList } from '../xmpp/xep/0016-privacy-lists';
import { goInvisible, goVisible, INVISIBLE_COMMAND } from '../xmpp/xep/0186-invisible';
import { photoUpdate } from '../xmpp/xep/0153-vcard-avatar';
import { ownCaps } from '../xmpp/xep/0115-capabilities';
import { availablePresence, unavailablePresence } from '../xmpp/xep/6121-presence';
import type { Blocking } from './blocking';
import { ownVer } from './capabilities';
import type { SessionContext } from './context';

/** What contacts see of us on one stream. */
export interface OwnPresenceService {
  /** Whether the server of this stream can make us invisible (XEP-0186, else XEP-0016). */
  readonly canBeInvisible: boolean;
  /** The first presence of a stream (RFC 6121 §4.2); an invisible one is never visible for a moment. */
  announce(link: Link, wanted: ShownPresence, priority: number, onTaken: () => void): Promise<Failure | null>;
  /** `onTaken` here and there: the server has the presence, and a session that is resumed has it too. */
  change(link: Link, wanted: ShownPresence, priority: number, onTaken: () => void): Promise<Outcome<null>>;
  /** One contact sees us leave, or (unless nobody sees us) come. */
  hideFrom(link: Link, contact: string): void;
  showTo(link: Link, contact: string, now: ShownPresence, priority: number): void;
  /** Whom the server holds back for us has changed: the list that makes us invisible repeats it. */
  rulesChanged(link: Link): Promise<void>;
  /** The stream goes on with a session in which this was announced before (XEP-0198). */
  resumed(now: ShownPresence): void;
  goodbye(link: Link): void;
}

/**
 * @param watchers bare JIDs of everybody who may see our presence
 * @param blocking asked for before the first presence of a stream
 * @param photo hash of the own picture; null: there is none, undefined: not known (yet)
 */
export const createOwnPresence = (
  context: SessionContext,
  watchers: () => readonly string[],
  blocking: Pick<Blocking, 'privacyLists' | 'rules' | 'activeList'>,
  photo: () => string | null | undefined = () => undefined,
): OwnPresenceService => {
  let hidden = false;
  /** The server's own command is simpler than a list, and leaves the list to those who are blocked. */
  const hasCommand = (): boolean => context.features().has(INVISIBLE_COMMAND);
  /** Whether it is that command which hides us. */
  let byCommand = false;
  /** Somebody may have seen us on this stream. */
  let announced = false;
  /** Privacy list that is active in this session. */
  let active: string | null = null;
  const available = (wanted: ShownPresence, priority: number, to?: string): Element => {
    const hash = photo();
    const update = hash === undefined ? null : photoUpdate(hash);
    const words = context.translate()('presence.phone');
    return availablePresence(wanted, priority, words, ownCaps(ownVer), to, update);
  };

  const canHide = (): boolean => hasCommand() || blocking.privacyLists;
  /** The command or (XEP-0126 §3.1) the list first, then presence, which the server keeps to itself. */
  const hide = async (link: Link): Promise<boolean> => {
    if (announced) context.rooms?.().hide();
    const isHidden = await hideNow(link);
    // Whoever is still seen is in the rooms too.
    if (!isHidden) context.rooms?.().lookChanged();
    return isHidden;
  };
  const hideNow = async (link: Link): Promise<boolean> => {
    byCommand = hasCommand() && (await link.iq('set', goInvisible())).ok;
    if (byCommand) {
      if (active !== blocking.activeList()) await activate(link, blocking.activeList());
      hidden = true;
      return true;
    }
    if (!blocking.privacyLists) return false;
    // Each of them sees us leave before the list holds everything back. Only they: to the server this session stays
    // available, so that no message goes to offline storage in between.
    if (announced) for (const watcher of watchers()) link.send(unavailablePresence(watcher));
    const made = await link.iq('set', invisibleList(blocking.rules()));
    hidden = made.ok && (await activate(link, INVISIBLE)).ok;
    return hidden;
  };
  const activate = async (link: Link, name: string | null): Promise<IqOutcome> => {
    const answer = await link.iq('set', activeSet(name));
    if (answer.ok) active = name;
    return answer;
  };

  return {
    get canBeInvisible() {
      return canHide();
    },

    async announce(link, wanted, priority, onTaken) {
      hidden = byCommand = announced = false;
      active = null;
      if (wanted.kind !== 'invisible' && blocking.activeList() !== null) {
        await activate(link, blocking.activeList());
      }
      if (wanted.kind === 'invisible' && !(await hide(link))) {
        return { code: 'cannot-be-invisible', step: 'presence', params: {} };
      }
      announced = wanted.kind !== 'invisible';
      link.send(available(wanted, priority), onTaken);
      return null;
    },

    async change(link, wanted, priority, onTaken) {
      if (wanted.kind === 'invisible') {
        if (!canHide()) return failed('not-offered');
        if (!hidden && !(await hide(link))) return failed('not-offered');
      } else if (hidden) {
        const answer = byCommand
          ? await link.iq('set', goVisible())
          : await activate(link, blocking.activeList());
        if (!answer.ok) return failed('server-refused', { condition: answer.error.condition });
        hidden = false;
      }
      announced = wanted.kind !== 'invisible';
      link.send(available(wanted, priority), onTaken);
      return done;
    },

    hideFrom(link, contact) {
      if (!hidden && watchers().includes(contact)) link.send(unavailablePresence(contact));
    },
    showTo(link, contact, now, priority) {
      if (!hidden && watchers().includes(contact)) link.send(available(now, priority, contact));
    },
    async rulesChanged(link) {
      if (hidden && !byCommand) await link.iq('set', invisibleList(blocking.rules()));
      else if (active !== blocking.activeList()) await activate(link, blocking.activeList());
    },

    resumed(now) {
      hidden = now.kind === 'invisible';
      byCommand = hidden && hasCommand();
      announced = !hidden;
      active = hidden && !byCommand ? INVISIBLE : blocking.activeList();
    },
    goodbye(link) {
      link.send(unavailablePresence());
    },
  };
};
