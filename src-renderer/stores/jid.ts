/** The part before the @, or the whole address where there is none (a server). */
export const localPart = (jid: string): string => {
  const at = jid.indexOf('@');
  return at > 0 ? jid.slice(0, at) : jid;
};
