import { useMessages } from '../../stores/messages';
import { useRoster } from '../../stores/roster';
import { useSession } from '../../stores/session';
import { useUi } from '../../stores/ui';

/** Calling a contact's attention (XEP-0224). */
export const useBuzz = (): {
  /** A contact, no room. */
  readonly isOffered: (peer: string) => boolean;
  /** There is a connection, and somebody there as far as we can see. */
  readonly canBuzz: (peer: string) => boolean;
  readonly buzz: (peer: string) => Promise<void>;
} => {
  const messages = useMessages();
  const roster = useRoster();
  const session = useSession();
  const ui = useUi();
  return {
    isOffered: (peer) => roster.contact(peer) !== null,
    canBuzz: (peer) => {
      const contact = roster.contact(peer);
      if (!contact || !session.online) return false;
      const sees = contact.subscription === 'to' || contact.subscription === 'both';
      return !sees || contact.presence.kind !== 'offline';
    },
    buzz: async (peer) => {
      const answer = await messages.buzz(peer);
      if (!answer.ok) ui.sayError(answer.error);
    },
  };
};
