/**
 * T5: which message a retraction may take back (XEP-0424 §5): one of its own author, that is of the same bare JID and
 * direction. In a one-to-one conversation nobody moderates.
 */
export const retractionScope = (author: {
  readonly peer: string;
  readonly direction: 'in' | 'out';
}): { readonly peer: string; readonly direction: 'in' | 'out' } => ({
  peer: author.peer,
  direction: author.direction,
});
