/** The part before the @, or the whole address where there is none (a server). */
export const localPart = (jid: string): string => {
  const at = jid.indexOf('@');
  return at > 0 ? jid.slice(0, at) : jid;
};

export type JidProblem = 'empty' | 'no-domain' | 'no-local' | 'spaces' | 'forbidden' | 'resource';

/**
 * What is wrong with an address typed for a person (RFC 7622 §3), as far as the window can tell while typing;
 * the whole check is the core's (`bad-jid`). Null: nothing.
 */
export const jidProblem = (typed: string): JidProblem | null => {
  const text = typed.trim();
  if (text === '') return 'empty';
  if (/\s/u.test(text)) return 'spaces';
  const at = text.indexOf('@');
  if (at < 0) return 'no-domain';
  if (at === 0) return 'no-local';
  const domain = text.slice(at + 1);
  if (domain.includes('/')) return 'resource';
  if (domain === '') return 'no-domain';
  if (
    domain.includes('@') ||
    /["&'/:<>]/u.test(text.slice(0, at)) ||
    /[^\p{L}\p{M}\p{N}.:[\]-]/u.test(domain)
  )
    return 'forbidden';
  return null;
};
