import type { Contact } from '../../../src-shared/model/contact';
import { localPart } from '../../stores/jid';
import { plainName } from '../../text/names';
import { fold } from '../../components/fold';
import { haystackOf, type Haystack } from '../../components/match';

export interface Named {
  readonly contact: Contact;
  readonly name: string;
  /** Name and address, made ready for search. */
  readonly haystack: Haystack;
}

interface Words {
  /** As the server has it. */
  readonly given: string | null;
  readonly name: string;
  readonly haystack: Haystack;
  /** Sorts by code units as a dictionary would; null where only a collator knows (Chinese, Cyrillic …). */
  readonly key: string | null;
}
const keyOf = (folded: string): string | null => {
  const key = folded.replace(/\d+/gu, (digits) => digits.padStart(8, '0'));
  return /^[ -~]*$/u.test(key) ? key : null;
};
const wordsFor = ({ jid, name: given }: Contact): Words => {
  const name = plainName(given ?? '', localPart(jid));
  const folded = fold(name);
  return { given, name, haystack: haystackOf(`${name} ${jid}`), key: keyOf(folded) };
};

/**
 * Keeps contacts in the order of their names. Presence changes by the thousand at sign-in and leaves that order
 * alone, so names are compared (dear: a collator) only when one is new or changed.
 */
export const createNameOrder = (
  locale: string,
): ((contacts: ReadonlyMap<string, Contact>) => readonly Named[]) => {
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  const eastFirst = locale.startsWith('zh');
  /** Latin names (most, in most places) are compared by their keys: a collator over 10,000 of them is a long task. */
  const compare = ([jidA, a]: readonly [string, Words], [jidB, b]: readonly [string, Words]): number => {
    if (a.key !== null && b.key !== null && a.key !== b.key) return a.key < b.key ? -1 : 1;
    if ((a.key === null) !== (b.key === null)) return (a.key === null) === eastFirst ? -1 : 1;
    return collator.compare(a.name, b.name) || (jidA < jidB ? -1 : 1);
  };
  let names = new Map<string, Words>();
  let order: readonly string[] = [];

  const changed = (contacts: ReadonlyMap<string, Contact>): boolean => {
    if (names.size !== contacts.size) return true;
    for (const { jid, name } of contacts.values()) if (names.get(jid)?.given !== name) return true;
    return false;
  };
  const rename = (contacts: ReadonlyMap<string, Contact>): void => {
    const next = new Map<string, Words>();
    for (const contact of contacts.values()) {
      const known = names.get(contact.jid);
      next.set(contact.jid, known && known.given === contact.name ? known : wordsFor(contact));
    }
    order = [...next].sort(compare).map(([jid]) => jid);
    names = next;
  };

  return (contacts) => {
    if (changed(contacts)) rename(contacts);
    const named: Named[] = [];
    for (const jid of order) {
      const contact = contacts.get(jid);
      const words = names.get(jid);
      if (contact && words) named.push({ contact, name: words.name, haystack: words.haystack });
    }
    return named;
  };
};
