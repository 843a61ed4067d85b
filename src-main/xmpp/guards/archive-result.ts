import { bareJid } from '../../../src-shared/model/jid';
import { attr, type Element } from '../element';

/**
 * T3: an archive result counts only while its query is open (XEP-0313 §10, CVE-2019-16237): it comes from the archive that
 * was asked, the own account's, and names the random id of a query that is under way.
 */
export const isExpectedResult = (
  stanza: Element,
  queryId: string | null,
  own: { readonly bare: string; readonly open: { has(queryId: string): boolean } },
): queryId is string => {
  const from = attr(stanza, 'from');
  const fromArchive = from === undefined || bareJid(from) === own.bare;
  return fromArchive && queryId !== null && own.open.has(queryId);
};
