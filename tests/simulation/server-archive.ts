import { attr, child, children, childText, type Element } from '../../src-main/xmpp/element';
import type { Chance } from './chance';

const MAM = 'urn:xmpp:mam:2';
const RSM = 'http://jabber.org/protocol/rsm';
const DATA = 'jabber:x:data';

/** A message at the server. */
export interface Entry {
  /** Its id in the archive, and its place there. */
  readonly id: string;
  readonly place: number;
  /** The server's time, epoch milliseconds. */
  readonly at: number;
  readonly peer: string;
  readonly direction: 'in' | 'out';
  readonly body: string;
  /** The stanza without what the archive adds: attributes, then content. */
  readonly head: string;
  readonly content: string;
}

const bare = (jid: string): string => jid.split('/', 1)[0] ?? '';

/** XEP-0313 with XEP-0059, as far as a client asks for it. */
export class Archive {
  #entries: Entry[] = [];
  #numbered = 0;

  constructor(
    private readonly chance: Chance,
    private readonly wholeSeconds: boolean,
  ) {}

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Gives an entry its place, at which it is once it is put there. */
  number(entry: Omit<Entry, 'id' | 'place'>): Entry {
    this.#numbered += 1;
    return { ...entry, id: this.chance.hex(12), place: this.#numbered };
  }

  put(entry: Entry): void {
    const next = this.#entries.findIndex(({ place }) => place > entry.place);
    this.#entries.splice(next < 0 ? this.#entries.length : next, 0, entry);
  }

  add(entry: Omit<Entry, 'id' | 'place'>): Entry {
    const added = this.number(entry);
    this.put(added);
    return added;
  }

  /** Forgets the oldest entries, as long as they fit (R10). */
  expire(fits: (entry: Entry) => boolean): void {
    const first = this.#entries.findIndex((entry) => !fits(entry));
    this.#entries = first < 0 ? [] : this.#entries.slice(first);
  }

  stamp(at: number): string {
    const text = new Date(at).toISOString();
    return this.wholeSeconds ? text.replace(/\.\d+Z$/, 'Z') : text;
  }

  /** The results of a query and its `<fin/>`; null: item-not-found. */
  query(query: Element): { readonly results: readonly Entry[]; readonly fin: string } | null {
    const fields = new Map(
      children(child(query, 'x', DATA) ?? query, 'field', DATA).map((field) => [
        attr(field, 'var') ?? '',
        childText(field, 'value', DATA) ?? '',
      ]),
    );
    const set = child(query, 'set', RSM);
    const rsm = (name: string): string | null => (set ? childText(set, name, RSM) : null);
    const time = (name: string, otherwise: number): number => {
      const text = fields.get(name);
      return text === undefined ? otherwise : Date.parse(text);
    };
    const [start, end, peer] = [time('start', -Infinity), time('end', Infinity), fields.get('with')];
    let found = this.#entries;
    for (const [id, cut] of [
      [rsm('after') ?? fields.get('after-id') ?? '', 1],
      [rsm('before') || (fields.get('before-id') ?? ''), -1],
    ] as const) {
      if (id === '') continue;
      const place = this.#entries.findIndex((entry) => entry.id === id);
      if (place < 0) return null;
      const part = cut === 1 ? this.#entries.slice(place + 1) : this.#entries.slice(0, place);
      found = found.filter((entry) => part.includes(entry));
    }
    found = found.filter(
      ({ at, peer: other }) => at >= start && at <= end && (!peer || other === bare(peer)),
    );
    const max = Math.min(50, Number(rsm('max') ?? 50));
    const results =
      rsm('before') === null ? found.slice(0, max) : found.slice(Math.max(0, found.length - max));
    const [first, last] = [results[0], results.at(-1)];
    const edges = first && last ? `<first index='0'>${first.id}</first><last>${last.id}</last>` : '';
    const complete = results.length === found.length ? " complete='true'" : '';
    return {
      results,
      fin: `<fin xmlns='${MAM}'${complete}><set xmlns='${RSM}'>${edges}<count>${found.length}</count></set></fin>`,
    };
  }
}
