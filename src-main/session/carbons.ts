import type { Element } from '../xmpp/element';
import { isOwnCarbon } from '../xmpp/guards/carbon';
import type { Link } from '../xmpp/link';
import { enableCarbons, isCarbon, parseCarbon, type Carbon } from '../xmpp/xep/0280-carbons';
import type { SessionContext } from './context';

/** What our other devices receive and send (XEP-0280). */
export interface Carbons {
  /** Asks for copies, unless the bind has done so already (XEP-0386). A server that knows none refuses; that is no failure. */
  enable(link: Link): Promise<void>;
  /**
   * Opens a copy. Null: the message is none, and means what it says itself; `refused`: somebody made it look like one (T1), or
   * there is no message in it.
   */
  open(message: Element): Carbon | 'refused' | null;
}

export const createCarbons = (context: Pick<SessionContext, 'bare' | 'ports'>): Carbons => ({
  async enable(link) {
    if (link.inline.carbons) return;
    const answer = await link.iq('set', enableCarbons());
    if (!answer.ok) context.ports.log.info('no-carbons', { condition: answer.error.condition });
  },
  open(message) {
    if (!isCarbon(message)) return null;
    if (!isOwnCarbon(message, context.bare)) {
      context.ports.log.warn('carbon-refused');
      return 'refused';
    }
    return parseCarbon(message) ?? 'refused';
  },
});
