/**
 * A text of its own: what was cut out of a stanza keeps the whole stanza in memory, thousands of times over.
 *
 * @param most so many characters of it
 */
export const ownText = (text: string, most = text.length): string =>
  Buffer.from(text.slice(0, most)).toString();
