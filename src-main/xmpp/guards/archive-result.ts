import { bareJid } from '../../../src-shared/model/jid';
import { attr, type Element } from '../element';

/**
 * T3: an archive result counts only while its query is open (XEP-0313 §10, CVE-2019-16237): it comes from the archive that
 * was asked, the own account's or a room's, and names the random id of a query that is under way there.
 */
export const isExpectedResult = (
  stanza: Element,
  queryId: string | null,
  own: {
    readonly bare: string;
    /** Queries that are under way, each with the archive that was asked. */
    readonly open: { get(queryId: string): { readonly archive: string } | undefined };
  },
): queryId is string => {
  const asked = queryId === null ? undefined : own.open.get(queryId)?.archive;
  const from = attr(stanza, 'from');
  // Without an address it is the own account's (RFC 6120 §8.1.2.1).
  return asked !== undefined && asked === (from === undefined ? own.bare : bareJid(from));
};
