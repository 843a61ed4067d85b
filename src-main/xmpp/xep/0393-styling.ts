/** Message styling, XEP-0393. */
import { child, type Element } from '../element';

const STYLING = 'urn:xmpp:styling:0';

/** XEP-0393 §4: what looks like styling in the body is none. */
export const isUnstyled = (message: Element): boolean => child(message, 'unstyled', STYLING) !== undefined;
