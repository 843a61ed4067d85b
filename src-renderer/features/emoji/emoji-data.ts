/** Skin tones: none, and the five of Fitzpatrick's scale (UTS #51 §2.4). */
export const tones = ['', '🏻', '🏼', '🏽', '🏾', '🏿'] as const;

export const emojiGroups = [
  'smileys',
  'people',
  'nature',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const;
export type EmojiGroup = (typeof emojiGroups)[number];
/** The numbers of the groups in the data; 2 are parts of emoji, which are none by themselves. */
const groupNumbers: Readonly<Record<EmojiGroup, number>> = {
  smileys: 0,
  people: 1,
  nature: 3,
  food: 4,
  travel: 5,
  activities: 6,
  objects: 7,
  symbols: 8,
  flags: 9,
};

export interface Emoji {
  readonly text: string;
  /** Its name in the language of the window. */
  readonly name: string;
  readonly group: EmojiGroup;
  /** With each of the five skin tones; empty when it has none. */
  readonly skins: readonly string[];
  readonly shortcodes: readonly string[];
  /** In English, in Chinese and in the language of the window, and its shortcodes. */
  readonly names: readonly string[];
  /** The same, and words for it. */
  readonly words: readonly string[];
}

/** An entry of emojibase-data, as far as it is used. */
export interface RawEmoji {
  readonly hexcode: string;
  readonly label: string;
  readonly unicode: string;
  readonly group?: number;
  readonly order?: number;
  readonly tags?: readonly string[];
  readonly skins?: readonly { readonly unicode: string }[];
}
export type RawShortcodes = Readonly<Record<string, string | readonly string[]>>;

/** Joins the data of the languages; `own` is that of the window. */
export const joinEmoji = (
  en: readonly RawEmoji[],
  zh: readonly RawEmoji[],
  own: readonly RawEmoji[],
  shortcodes: RawShortcodes,
): readonly Emoji[] => {
  const others = [zh, own].map((data) => new Map(data.map((one) => [one.hexcode, one])));
  const groupOf = new Map(emojiGroups.map((group) => [groupNumbers[group], group]));
  return [...en]
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .flatMap((one): Emoji[] => {
      const group = groupOf.get(one.group ?? -1);
      if (group === undefined) return [];
      const [chinese, ours] = others.map((data) => data.get(one.hexcode));
      const all = [one, chinese, ours].filter((entry) => entry !== undefined);
      const codes = [shortcodes[one.hexcode] ?? []].flat();
      const names = [...all.map(({ label }) => label), ...codes].map((name) => name.toLowerCase());
      // Emoji of two people have one for each pair, which one choice does not tell.
      const skins = one.skins?.length === 5 ? one.skins.map(({ unicode }) => unicode) : [];
      return [
        {
          text: one.unicode,
          name: ours?.label ?? one.label,
          group,
          skins,
          shortcodes: codes,
          names,
          words: [...names, ...all.flatMap(({ tags }) => tags ?? [])].map((word) => word.toLowerCase()),
        },
      ];
    });
};

const rankOf = ({ names, words }: Emoji, asked: string): number => {
  if (names.includes(asked)) return 0;
  if (words.includes(asked)) return 1;
  if (words.some((word) => word.startsWith(asked))) return 2;
  return words.some((word) => word.includes(asked)) ? 3 : 4;
};

/** Those that all words asked for mean, the nearest first. */
export const findEmoji = (all: readonly Emoji[], asked: string): readonly Emoji[] => {
  const terms = asked.toLowerCase().replaceAll(':', ' ').trim().split(/\s+/u).filter(Boolean);
  if (terms.length === 0) return all;
  return all
    .map((emoji) => ({ emoji, rank: Math.max(...terms.map((term) => rankOf(emoji, term))) }))
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .map(({ emoji }) => emoji);
};

/** With the skin tone chosen, where it has any. */
export const toned = (emoji: Emoji, tone: number): string => emoji.skins[tone - 1] ?? emoji.text;

/** The shortcode being typed right before the caret: what stands after its colon, two letters at least. */
export const shortcodeAt = (text: string, caret: number): string | null =>
  /(?:^|[\s(（，。])(:[a-z0-9_+-]{2,40})$/iu.exec(text.slice(0, caret))?.[1]?.slice(1).toLowerCase() ?? null;

/** Those with shortcodes that begin so, or failing that contain it; at most `limit`. */
export const completeShortcode = (all: readonly Emoji[], typed: string, limit = 6): readonly Emoji[] => {
  const near = (emoji: Emoji): number =>
    Math.min(
      ...emoji.shortcodes.map((code) =>
        code === typed ? 0 : code.startsWith(typed) ? 1 : code.includes(typed) ? 2 : 3,
      ),
      3,
    );
  return all
    .map((emoji) => ({ emoji, rank: near(emoji) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ emoji }) => emoji);
};

/** The last used first, each once. */
export const recentWith = (recent: readonly string[], text: string): readonly string[] =>
  [text, ...recent.filter((one) => one !== text)].slice(0, 24);
