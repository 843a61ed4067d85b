import { fold } from '../../components/fold';

/** A list that is longer is no help while one types. */
const MOST = 8;

/** What is being typed of a nick. */
export interface NickPart {
  /** Where it begins, with its @. */
  readonly from: number;
  readonly typed: string;
  readonly at: boolean;
}

/** The @ that is being typed right before the caret, and what follows it; an address is none. */
export const mentionAt = (text: string, caret: number): NickPart | null => {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf('@');
  if (from === -1 || /\w/u.test(before[from - 1] ?? '')) return null;
  const typed = before.slice(from + 1);
  return typed.length <= 60 && !/\n|^\s|\s\s/u.test(typed) ? { from, typed, at: true } : null;
};

/** The word right before the caret, for Tab. */
export const wordAt = (text: string, caret: number): NickPart | null => {
  const found = /@?[^\s@]+$/u.exec(text.slice(0, caret))?.[0];
  if (found === undefined) return null;
  const at = found.startsWith('@');
  return { from: caret - found.length, typed: at ? found.slice(1) : found, at };
};

/** Nicks that begin so, then those of which a later word does; each in the order in which they are given. */
export const nickOffers = (nicks: readonly string[], typed: string, most = MOST): readonly string[] => {
  const wanted = fold(typed);
  const begins: string[] = [];
  const inside: string[] = [];
  for (const nick of nicks) {
    const folded = fold(nick);
    if (folded.startsWith(wanted)) begins.push(nick);
    else if (inside.length < most && folded.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted)))
      inside.push(nick);
    if (begins.length >= most) break;
  }
  return [...begins, ...inside].slice(0, most);
};

/** What stands in the text for a nick: with the @ that was typed; in front of all it is whom one speaks to. */
export const nickText = (nick: string, { from, at }: NickPart): string => {
  if (at) return `@${nick} `;
  return from === 0 ? `${nick}, ` : `${nick} `;
};
