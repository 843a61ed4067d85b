import type { Element } from '../element';
import { parseSenderJid } from '../xep/0045-muc';

/**
 * T10: whose words an archive says they are, by the real address that it names beside them (XEP-0313 §6.1.2). Whoever speaks can
 * write an address there too, and ejabberd and Openfire pass that on. So it counts only out of the archive of a room that
 * shows addresses to everybody: such an archive adds its own, and where there are two nobody knows which that is.
 */
export const trustedSender = (
  message: Element,
  room: { readonly open: boolean },
  by: 'archive' | 'stream',
): string | null => (by === 'archive' && room.open ? parseSenderJid(message) : null);
