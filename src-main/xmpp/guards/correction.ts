import type { MessageKind } from '../../../src-shared/model/conversation';

/**
 * T4: which message a correction may change (XEP-0308 §4, CVE-2022-39835): one of its own author, that is of the same bare
 * JID and direction, and of its own type. Only chat messages are corrected; a `normal` or `headline` one that claims to be a
 * correction is a message of its own.
 */
export const correctionScope = (
  author: { readonly peer: string; readonly direction: 'in' | 'out' },
  kind: MessageKind,
): { readonly peer: string; readonly direction: 'in' | 'out' } | null => (kind === 'chat' ? author : null);
