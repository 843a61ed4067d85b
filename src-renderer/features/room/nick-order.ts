import { haystackOf, type Haystack } from '../../components/match';
import { createNameCompare, sortKeyOf, type SortedName } from '../../components/name-order';

/** Somebody's nick, made ready to be found and put in order. */
export type KnownNick = SortedName & Haystack;
/** Who is in a room, as far as it is asked: a map or set by nick. */
type Nicks = Pick<ReadonlySet<string>, 'has' | 'keys'>;

/**
 * Keeps the nicks of a room in the order of names. In a storm of presence that order stays as it is, so nicks are made ready
 * and compared (dear: a collator) only when one is new (R22).
 */
export interface NickOrder {
  /** Follows who is there, at most a thousand new ones at a time; false: there are more, the next call goes on. */
  follow(there: Nicks): boolean;
  readonly nicks: readonly KnownNick[];
}

/** Nicks that are made ready and sorted in one go: a few milliseconds. */
const slice = 1_000;

export const createNickOrder = (locale: string): NickOrder => {
  const byName = createNameCompare(locale);
  const compare = (a: KnownNick, b: KnownNick): number => byName(a, b) || (a.name < b.name ? -1 : 1);
  const known = new Set<string>();
  let order: readonly KnownNick[] = [];
  return {
    follow(there) {
      const fresh: KnownNick[] = [];
      let all = true;
      for (const name of there.keys()) {
        if (known.has(name)) continue;
        all = fresh.length < slice;
        if (!all) break;
        const words = haystackOf(name);
        fresh.push({ name, ...words, key: sortKeyOf(words.folded) });
      }
      for (const nick of known) if (!there.has(nick)) known.delete(nick);
      const left = known.size === order.length ? order : order.filter(({ name }) => known.has(name));
      for (const { name } of fresh) known.add(name);
      // What is in order already costs next to nothing.
      order = fresh.length === 0 ? left : [...left, ...fresh].sort(compare);
      return all;
    },
    get nicks() {
      return order;
    },
  };
};
