/** Message processing hints, XEP-0334. */
import { xml, type Element } from '../element';

export const HINTS = 'urn:xmpp:hints';

/** §4.4: archives are to keep it, whatever they think of what is in it. */
export const storeHint = (): Element => xml('store', { xmlns: HINTS });

/** §4.2: and this they are not to keep, nor anybody for later. */
export const noStoreHint = (): Element => xml('no-store', { xmlns: HINTS });
