import type { en } from './en';

/** A text with `{name}` places, or one for each plural category (Intl.PluralRules over the parameter `count`). */
export type Text = string | PluralText;
export type PluralText = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** A catalogue with the same areas and keys as the English one. */
export type Catalogue = {
  readonly [Area in keyof typeof en]: { readonly [Key in keyof (typeof en)[Area]]: Text };
};

/** What there is of a catalogue so far: whole areas or single keys may be missing, none may be unknown. */
export type DraftCatalogue = {
  readonly [Area in keyof Catalogue]?: { readonly [Key in keyof Catalogue[Area]]?: Text };
};

export type TextKey = {
  [Area in keyof Catalogue]: `${Area}.${keyof Catalogue[Area] & string}`;
}[keyof Catalogue];

export type TextParams = Readonly<Record<string, string | number>>;
export type Translate = (key: TextKey, params?: TextParams) => string;
