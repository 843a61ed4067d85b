/** Change of password, XEP-0077 §3.3. */
import { xml, type Element } from '../element';

const REGISTER = 'jabber:iq:register';

/** Answered with a result where the server has in-band registration for its users. */
export const registerGet = (): Element => xml('query', { xmlns: REGISTER });

export const passwordSet = (username: string, password: string): Element =>
  xml('query', { xmlns: REGISTER }, xml('username', {}, username), xml('password', {}, password));
