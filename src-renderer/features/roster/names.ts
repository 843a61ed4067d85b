import type { Contact } from '../../../src-shared/model/contact';
import { localPart } from '../../stores/jid';
import { plainName } from '../../text/names';
import { fold } from '../../components/fold';

export interface Named {
  readonly contact: Contact;
  readonly name: string;
  /** Name and address, folded for search. */
  readonly folded: string;
}

interface Words {
  /** As the server has it. */
  readonly given: string | null;
  readonly name: string;
  readonly folded: string;
}
const wordsFor = ({ jid, name: given }: Contact): Words => {
  const name = plainName(given ?? '', localPart(jid));
  return { given, name, folded: fold(`${name} ${jid}`) };
};

/**
 * Keeps contacts in the order of their names. Presence changes by the thousand at sign-in and leaves that order
 * alone, so names are compared (dear: a collator) only when one is new or changed.
 */
export const createNameOrder = (
  locale: string,
): ((contacts: ReadonlyMap<string, Contact>) => readonly Named[]) => {
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  let names = new Map<string, Words>();
  let order: readonly string[] = [];

  return (contacts) => {
    let same = names.size === contacts.size;
    const next = new Map<string, Words>();
    for (const contact of contacts.values()) {
      const known = names.get(contact.jid);
      if (known && known.given === contact.name) next.set(contact.jid, known);
      else {
        same = false;
        next.set(contact.jid, wordsFor(contact));
      }
    }
    if (!same) {
      order = [...next]
        .sort(([a, { name }], [b, other]) => collator.compare(name, other.name) || (a < b ? -1 : 1))
        .map(([jid]) => jid);
      names = next;
    }
    const named: Named[] = [];
    for (const jid of order) {
      const contact = contacts.get(jid);
      const words = names.get(jid);
      if (contact && words) named.push({ contact, name: words.name, folded: words.folded });
    }
    return named;
  };
};
