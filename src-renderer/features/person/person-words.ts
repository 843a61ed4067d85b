import { haystackOf, type Haystack } from '../../components/match';

/** Somebody, or a room, as they are looked for: by the name, and by name and address. */
export class PersonWords {
  readonly name: string;
  readonly #jid: string;
  #own: Haystack | null = null;
  #whole: Haystack | null = null;

  constructor(jid: string, name: string) {
    this.name = name;
    this.#jid = jid;
  }

  get own(): Haystack {
    this.#own ??= haystackOf(this.name);
    return this.#own;
  }

  get whole(): Haystack {
    this.#whole ??= haystackOf(`${this.name} ${this.#jid}`);
    return this.#whole;
  }
}

const made = new Map<string, PersonWords>();

/**
 * Made ready once, for every list in which they are and as long as they are called so: names change seldom, and thousands are
 * looked through at every key.
 */
export const personWords = (jid: string, name: string): PersonWords => {
  const known = made.get(jid);
  if (known?.name === name) return known;
  const words = new PersonWords(jid, name);
  made.set(jid, words);
  return words;
};
