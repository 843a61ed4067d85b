/** Out of band data, XEP-0066: a message whose body is the address of a file. */
import { childText, child, xml, type Element } from '../element';

export const OOB = 'jabber:x:oob';

/** §3. */
export const oob = (url: string): Element => xml('x', { xmlns: OOB }, xml('url', {}, url));

/** The address, or null. */
export const parseOob = (message: Element): string | null => {
  const x = child(message, 'x', OOB);
  return (x && childText(x, 'url', OOB)) || null;
};
