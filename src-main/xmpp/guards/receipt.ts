/**
 * T11: which messages a receipt (XEP-0184) or a displayed marker (XEP-0333) is about: ours that went to whom it comes from,
 * and those of no other conversation. Null: it is one of our own, and about nothing that we wrote.
 */
export const receiptScope = (author: {
  readonly peer: string;
  readonly direction: 'in' | 'out';
}): { readonly peer: string; readonly direction: 'out' } | null =>
  author.direction === 'in' ? { peer: author.peer, direction: 'out' } : null;
