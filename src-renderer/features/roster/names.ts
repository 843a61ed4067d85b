import type { Contact } from '../../../src-shared/model/contact';
import { localPart } from '../../stores/jid';
import { plainName } from '../../text/names';
import { fold } from '../../components/fold';
import type { Haystack } from '../../components/match';
import { personWords } from '../person/person-words';
import { createNameCompare, sortKeyOf, type SortedName } from '../../components/name-order';

export interface Named {
  readonly contact: Contact;
  readonly name: string;
  readonly words: Words;
}

/** A contact's name as it is shown, sorted and searched: each made once, for ten thousand of them are work. */
class Words implements SortedName {
  /** As the server has it. */
  readonly given: string | null;
  readonly name: string;
  readonly key: string | null;
  readonly #jid: string;
  #haystack: Haystack | null = null;

  constructor({ jid, name }: Contact) {
    this.given = name;
    this.name = plainName(name ?? '', localPart(jid));
    this.key = sortKeyOf(fold(this.name));
    this.#jid = jid;
  }

  /** Name and address, made ready for search. */
  get haystack(): Haystack {
    this.#haystack ??= personWords(this.#jid, this.name).whole;
    return this.#haystack;
  }
}

type Contacts = ReadonlyMap<string, Contact>;

/**
 * Keeps contacts in the order of their names. Presence changes by the thousand at sign-in and leaves that order
 * alone, so names are compared (dear: a collator) only when one is new or changed.
 */
export interface NameOrder {
  /** In the order of names; null while some are new or have another name: that takes `prepare`, or `list`. */
  ready(contacts: Contacts): readonly Named[] | null;
  /** Does a part of what `list` needs, a few milliseconds of it; true once nothing is left to do. */
  prepare(contacts: Contacts): boolean;
  /** In the order of names, whatever that takes. */
  list(contacts: Contacts): readonly Named[];
  /** Makes some more of them ready for a search; true once all are. */
  warm(): boolean;
}

/** Names that are made ready in one go. */
const slice = 1_000;

export const createNameOrder = (locale: string): NameOrder => {
  const byName = createNameCompare(locale);
  const compare = ([jidA, a]: readonly [string, Words], [jidB, b]: readonly [string, Words]): number =>
    byName(a, b) || (jidA < jidB ? -1 : 1);
  /** Made ready, of contacts that are there and of some that are no more. */
  const known = new Map<string, Words>();
  let order: readonly (readonly [string, Words])[] = [];
  let warmed = 0;
  /** As it was given last: what has not changed is the same object again. */
  let listed: readonly Named[] = [];

  /** At most so many; how many there were. */
  const learn = (contacts: Contacts, most: number): number => {
    let learnt = 0;
    for (const contact of contacts.values()) {
      if (learnt >= most) break;
      if (known.get(contact.jid)?.given === contact.name) continue;
      known.set(contact.jid, new Words(contact));
      learnt += 1;
    }
    return learnt;
  };
  const isSorted = (contacts: Contacts): boolean =>
    order.length === contacts.size && order.every(([jid, { given }]) => contacts.get(jid)?.name === given);
  const sort = (contacts: Contacts): void => {
    for (const jid of known.keys()) if (!contacts.has(jid)) known.delete(jid);
    order = [...known].sort(compare);
    warmed = 0;
  };
  const ready = (contacts: Contacts): readonly Named[] | null => {
    if (order.length !== contacts.size) return null;
    const named: Named[] = [];
    for (const [jid, words] of order) {
      const contact = contacts.get(jid);
      if (contact?.name !== words.given) return null;
      const before = listed[named.length];
      named.push(
        before && before.contact === contact && before.words === words
          ? before
          : { contact, name: words.name, words },
      );
    }
    listed = named;
    return named;
  };

  return {
    ready,
    prepare: (contacts) => {
      if (isSorted(contacts)) return true;
      if (learn(contacts, slice) === 0) sort(contacts);
      return false;
    },
    list: (contacts) => {
      const inOrder = ready(contacts);
      if (inOrder) return inOrder;
      learn(contacts, Infinity);
      sort(contacts);
      return ready(contacts) ?? [];
    },
    warm: () => {
      const end = Math.min(warmed + slice, order.length);
      for (; warmed < end; warmed += 1) void order[warmed]?.[1].haystack;
      return warmed === order.length;
    },
  };
};
