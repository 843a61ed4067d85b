import type { Element } from '../../xmpp/element';
import { parseSpoiler } from '../../xmpp/xep/0382-spoilers';

/** That a text is not to be seen at once, with its hint. */
export const spoilerIn = (stanza: Element): { readonly spoiler?: string } => {
  const spoiler = parseSpoiler(stanza);
  return spoiler === null ? {} : { spoiler };
};
