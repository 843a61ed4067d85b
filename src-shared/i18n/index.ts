import { en } from './en';
import type { Locale } from './locales';
import { zhCN } from './zh-CN';

export { locales, matchLocale, type Locale } from './locales';

/** A text with `{name}` places, or one for each plural category (Intl.PluralRules over the parameter `count`). */
export type Text = string | { readonly one?: string; readonly other: string };

/** A catalogue with the same areas and keys as the English one. */
export type Catalogue = {
  readonly [Area in keyof typeof en]: { readonly [Key in keyof (typeof en)[Area]]: Text };
};

export type TextKey = {
  [Area in keyof Catalogue]: `${Area}.${keyof Catalogue[Area] & string}`;
}[keyof Catalogue];

export type TextParams = Readonly<Record<string, string | number>>;
export type Translate = (key: TextKey, params?: TextParams) => string;

const catalogues: Record<Locale, Catalogue> = { en, 'zh-CN': zhCN };

/** Whether a key made at run time (from a failure code, say) is in the catalogue. */
export const isTextKey = (key: string): key is TextKey => {
  const [area, name] = key.split('.', 2) as [string, string | undefined];
  return name !== undefined && Object.hasOwn(en, area) && Object.hasOwn(en[area as keyof typeof en], name);
};

/** Returns the catalogue's text for a key, its `{places}` filled; numbers are written as the language writes them. */
export const createTranslator = (locale: Locale): Translate => {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return (key, params = {}) => {
    const [area, name] = key.split('.', 2) as [keyof Catalogue, string];
    const text = (catalogues[locale][area] as Readonly<Record<string, Text>>)[name];
    if (text === undefined) throw new Error(`no text ${key}`);
    const chosen =
      typeof text === 'string'
        ? text
        : plural.select(Number(params['count'])) === 'one'
          ? (text.one ?? text.other)
          : text.other;
    return chosen.replace(/\{(\w+)\}/g, (place, param: string) => {
      const value = params[param];
      return value === undefined ? place : typeof value === 'number' ? number.format(value) : value;
    });
  };
};
