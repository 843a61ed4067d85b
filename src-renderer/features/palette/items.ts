import type { Component } from 'vue';
import type { PresenceKind } from '../../../src-shared/model/presence';
import { haystackOf, scoreOf, type Haystack } from '../../components/match';

export const sections = ['chats', 'people', 'commands', 'settings', 'messages'] as const;
export type Section = (typeof sections)[number];

/** One line of the palette. */
export interface PaletteItem {
  readonly key: string;
  readonly text: string;
  /** Smaller, after it: an address, the sentence of a setting. */
  readonly detail?: string;
  readonly icon?: Component;
  readonly presence?: PresenceKind;
  /** A person: the picture in place of an icon. */
  readonly jid?: string;
  /** Its shortcut. */
  readonly keys?: string;
  /** Set where the marks are known already (messages). */
  readonly marks?: readonly (readonly [number, number])[];
  readonly at?: number;
  readonly run: () => void;
}
/** What can be found, with the text that it is found by. */
export interface Candidate {
  readonly haystack: Haystack;
  /** Found by it too, but less well. */
  readonly also?: Haystack;
  readonly item: () => PaletteItem;
}
export interface PaletteSection {
  readonly id: Section | 'recent';
  readonly items: readonly PaletteItem[];
}

/** So many of a kind; whoever wants more types on. */
export const perSection = 6;

const scoreOfCandidate = ({ haystack, also }: Candidate, words: readonly string[]): number => {
  const own = scoreOf(haystack, words);
  return own > 0 || !also ? own : scoreOf(also, words, { fuzzy: false }) / 2;
};

/** The best candidates, best first; equal ones stay in their order. */
export const bestOf = (
  candidates: readonly Candidate[],
  words: readonly string[],
  limit = perSection,
): { readonly best: number; readonly items: readonly PaletteItem[] } => {
  const found: { readonly score: number; readonly candidate: Candidate }[] = [];
  for (const candidate of candidates) {
    const score = scoreOfCandidate(candidate, words);
    if (score > 0) found.push({ score, candidate });
  }
  found.sort((a, b) => b.score - a.score);
  return {
    best: found[0]?.score ?? 0,
    items: found.slice(0, limit).map(({ candidate }) => candidate.item()),
  };
};

/** A candidate found by its words; `hidden` words find it too (its sentence, an address). */
export const candidateOf = (item: PaletteItem, hidden = item.detail): Candidate => ({
  haystack: haystackOf(item.text),
  ...(hidden ? { also: haystackOf(`${item.text} ${hidden}`) } : {}),
  item: () => item,
});

/** People are what is looked for most: a name beats a command that is a little nearer. */
const head: Readonly<Partial<Record<Section, number>>> = { chats: 1.5, people: 1.5 };

/** Sections in the order of their best find; messages, which are looked for elsewhere, come last. */
export const arrange = (
  found: Readonly<Record<Exclude<Section, 'messages'>, ReturnType<typeof bestOf>>>,
  messages: readonly PaletteItem[],
): readonly PaletteSection[] => {
  const ranked = sections
    .filter((id) => id !== 'messages')
    .map((id) => ({ id, ...found[id] }))
    .sort((a, b) => b.best + (head[b.id] ?? 0) - (a.best + (head[a.id] ?? 0)));
  return [...ranked, { id: 'messages' as const, items: messages }].filter(({ items }) => items.length > 0);
};
