import type { Element } from '../element';
import { parseModeration, type Moderation } from '../xep/0425-moderation';

/**
 * T5: who may take back what somebody else said in a room (XEP-0425 §5): the room itself, and none of its occupants, whatever their
 * role. So it counts only where the sender is the room as a whole.
 */
export const trustedModeration = (message: Element, nick: string | null): Moderation | null =>
  nick === null ? parseModeration(message) : null;
