import { lookAlike, mixedScripts } from '../../../src-shared/model/precis/look-alike';

/** What is to be said of an address before it is trusted. */
export type AddressWarning =
  | { readonly is: 'mixed' }
  /** It could be taken for the one of somebody who is known, or for one's own. */
  | { readonly is: 'like' | 'like-own'; readonly jid: string };

/**
 * T16: what a stranger's address is made to look like (UTS #39); null for one that looks like itself.
 * @param known bare addresses of those whom the user knows
 */
export const addressWarning = (jid: string, own: string, known: Iterable<string>): AddressWarning | null => {
  if (lookAlike(jid, [own]) !== null) return { is: 'like-own', jid: own };
  const other = lookAlike(jid, known);
  if (other !== null) return { is: 'like', jid: other };
  return mixedScripts(jid) ? { is: 'mixed' } : null;
};
