/** What is known of whoever says something in a room. */
export interface Speaker {
  /** It is ours. */
  readonly own: boolean;
  /** XEP-0421. */
  readonly occupantId: string | null;
  /** The real address, where the room tells it. */
  readonly jid: string | null;
  /** A name for his present stay, from his coming in until he leaves, whatever he calls himself meanwhile; null: not said now. */
  readonly stay: string | null;
}

/**
 * T4, T5: who said it, as far as the room itself tells: he alone corrects it (XEP-0308 §4) or takes it back (XEP-0424 §5). A nick
 * is nobody's: whoever has it now may be another one than whoever had it then, so without an id of the person it is one and the
 * same stay. `key` '': nobody knows.
 */
export const roomAuthor = ({
  own,
  occupantId,
  jid,
  stay,
}: Speaker): { readonly key: string; readonly passing: boolean } => {
  if (own) return { key: 'own', passing: false };
  if (occupantId !== null) return { key: `occupant:${occupantId}`, passing: false };
  if (jid !== null) return { key: `jid:${jid}`, passing: false };
  return { key: stay === null ? '' : `stay:${stay}`, passing: true };
};

/** The keys by which roomAuthor may know whoever is there now. */
export const authorKeys = (there: Pick<Speaker, 'occupantId' | 'jid' | 'stay'>): readonly string[] => {
  const { occupantId, jid, stay } = there;
  const nobody = { own: false, occupantId: null, jid: null, stay: null };
  return [{ occupantId }, { jid }, { stay }]
    .map((by) => roomAuthor({ ...nobody, ...by }).key)
    .filter((key) => key !== '');
};

/** T31: whether something was said by who is there now, and not only under his nick. @param key see roomAuthor */
export const isAuthor = (key: string | null, there: Pick<Speaker, 'occupantId' | 'jid' | 'stay'>): boolean =>
  key !== null && authorKeys(there).includes(key);
