/** Invisible command, XEP-0186: for the session that asks, until it asks for the opposite. */
import { xml, type Element } from '../element';

/** Also its name in the features of a server (§3). */
export const INVISIBLE_COMMAND = 'urn:xmpp:invisible:1';

/** §3.1: contacts see us leave; with `probe` the server still asks for their presence on our behalf. */
export const goInvisible = (): Element => xml('invisible', { xmlns: INVISIBLE_COMMAND, probe: 'true' });

/** §3.2: presence is the client's to send afterwards. */
export const goVisible = (): Element => xml('visible', { xmlns: INVISIBLE_COMMAND });
