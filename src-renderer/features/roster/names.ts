import type { Contact } from '../../../src-shared/model/contact';
import { localPart } from '../../stores/jid';
import { fold } from '../../components/fold';

export interface Named {
  readonly contact: Contact;
  readonly name: string;
  /** Name and address, folded for search. */
  readonly folded: string;
}

export const displayName = (contact: Contact): string => contact.name || localPart(contact.jid);

/**
 * Keeps contacts in the order of their names. Presence changes by the thousand at sign-in and leaves that order
 * alone, so names are compared (dear: a collator) only when one is new or changed.
 */
export const createNameOrder = (
  locale: string,
): ((contacts: ReadonlyMap<string, Contact>) => readonly Named[]) => {
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  let names = new Map<string, { readonly name: string; readonly folded: string }>();
  let order: readonly string[] = [];

  return (contacts) => {
    let same = names.size === contacts.size;
    const next = new Map<string, { readonly name: string; readonly folded: string }>();
    for (const contact of contacts.values()) {
      const name = displayName(contact);
      const known = names.get(contact.jid);
      if (known?.name === name) next.set(contact.jid, known);
      else {
        same = false;
        next.set(contact.jid, { name, folded: fold(`${name} ${contact.jid}`) });
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
      if (contact && words) named.push({ contact, ...words });
    }
    return named;
  };
};
