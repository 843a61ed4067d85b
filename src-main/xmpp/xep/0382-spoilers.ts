/** Spoiler messages, XEP-0382. */
import { child, xml, type Element } from '../element';

export const SPOILER = 'urn:xmpp:spoiler:0';

/** A hint is a few words. */
const MAX_HINT = 200;

/** What is said of a text that is not to be seen at once, '' where nothing is; null: it may be seen. */
export const parseSpoiler = (message: Element): string | null => {
  const spoiler = child(message, 'spoiler', SPOILER);
  return spoiler ? [...spoiler.getText().replace(/\s+/gu, ' ').trim()].slice(0, MAX_HINT).join('') : null;
};

/** §3: the body goes along as it is, for clients that do not know of this. */
export const spoilerOf = (hint: string): Element => xml('spoiler', { xmlns: SPOILER }, hint || null);
