/** What stands in the wrong order in a room. */

/** Where two that follow each other stand the other way round in the right order. */
export function jumps(right: readonly string[], found: readonly string[]): readonly string[] {
  const places = new Map(right.map((name, place) => [name, place]));
  const known = found.filter((name) => places.has(name));
  return known.flatMap((name, n) => {
    const before = known[n - 1];
    return before !== undefined && (places.get(before) ?? 0) > (places.get(name) ?? 0)
      ? [`${name} after ${before}`]
      : [];
  });
}

/**
 * What stands below something that was written when it had been heard already: of what two people say at once nobody can tell
 * which was first, of this everybody can.
 *
 * @param heard where each was heard
 * @param after how much had been heard when it was written
 */
export function causedJumps(
  heard: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  found: readonly string[],
): readonly string[] {
  let latest: { readonly name: string; readonly after: number } | null = null;
  const wrong: string[] = [];
  for (const name of found) {
    const place = heard.get(name);
    if (latest && place !== undefined && place < latest.after) wrong.push(`${name} after ${latest.name}`);
    const own = after.get(name) ?? 0;
    if (!latest || own > latest.after) latest = { name, after: own };
  }
  return wrong;
}
