/** Changes of a card that leave alone what they are not about: shared by XEP-0054 and XEP-0292. */
import { maxProfileEntries } from '../../../src-shared/model/profile';
import type { CardEntry } from '../../../src-shared/model/card';
import { copyOf, type Element } from '../element';

/** A card as its properties in their order, to be put together again. */
export type Properties = readonly Element[];

/** Copies, which know their namespace from the copied card around them. */
export const propertiesOf = (card: Element | null): Properties =>
  card ? copyOf(card, undefined).getChildElements() : [];

/** Exactly one property in the place of the first with that name, or at the end; null takes that one away. */
export const withProperty = (all: Properties, name: string, made: Element | null): Properties => {
  const at = all.findIndex((one) => one.getName() === name);
  if (made === null) return all.filter((_, index) => index !== at);
  return at < 0 ? [...all, made] : all.with(at, made);
};

/**
 * Entries of one kind (telephones, mails). Those that stay the same keep their element with all that it says beside; a changed
 * one is written into the element that it was; those that nobody was shown stay.
 *
 * @param read the entry of an element; null for one that is not shown
 * @param write an element with this entry, made from the one that it replaces
 */
export const withEntries = (
  all: Properties,
  name: string,
  next: readonly CardEntry[],
  read: (element: Element) => CardEntry | null,
  write: (entry: CardEntry, before: Element | null) => Element,
): Properties => {
  const shown = all.filter((one) => one.getName() === name && read(one) !== null).slice(0, maxProfileEntries);
  const free = new Set(shown);
  const takeSame = (entry: CardEntry): Element | null => {
    for (const one of free) {
      const has = read(one);
      if (has?.value !== entry.value || has.kind !== entry.kind) continue;
      free.delete(one);
      return one;
    }
    return null;
  };
  const kept = next.map(takeSame);
  const made = next.map((entry, index) => {
    const same = kept[index];
    if (same) return same;
    const [before = null] = free;
    if (before) free.delete(before);
    return write(entry, before);
  });
  const first = all.findIndex((one) => shown.includes(one));
  const at = first < 0 ? all.length : first;
  const rest = (part: Properties): Properties => part.filter((one) => !shown.includes(one));
  return [...rest(all.slice(0, at)), ...made, ...rest(all.slice(at))];
};
