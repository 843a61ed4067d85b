import { parseXmppLink } from '../../src-shared/model/xmpp-link';

/** The link that a start of Flint was given (T22); null: none, or one that is refused. */
export const xmppLinkIn = (argv: readonly string[]): string | null =>
  argv.find((one) => /^xmpp:/i.test(one) && parseXmppLink(one) !== null) ?? null;
