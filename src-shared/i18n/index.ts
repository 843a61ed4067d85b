import { ar } from './ar';
import { isolate } from './bidi';
import type { Catalogue, DraftCatalogue, Text, TextKey, Translate } from './catalogue';
import { de } from './de';
import { en } from './en';
import { directionOf, type Draft, type Locale } from './locales';
import { zhCN } from './zh-CN';

export { withoutIsolates } from './bidi';
export type {
  Catalogue,
  DraftCatalogue,
  PluralText,
  Text,
  TextKey,
  TextParams,
  Translate,
} from './catalogue';
export { directionOf, drafts, isDraft, locales, matchLocale, ownNames, type Locale } from './locales';

const catalogues: Record<Exclude<Locale, Draft>, Catalogue> & Record<Draft, DraftCatalogue> = {
  en,
  'zh-CN': zhCN,
  de,
  ar,
};

/** Whether a key made at run time (from a failure code, say) is in the catalogue. */
export const isTextKey = (key: string): key is TextKey => {
  const [area, name] = key.split('.', 2) as [string, string | undefined];
  return name !== undefined && Object.hasOwn(en, area) && Object.hasOwn(en[area as keyof typeof en], name);
};

const textOf = (catalogue: DraftCatalogue, key: TextKey): Text | undefined => {
  const [area, name] = key.split('.', 2) as [keyof Catalogue, string];
  return (catalogue[area] as Readonly<Record<string, Text>> | undefined)?.[name];
};

/** Full-width marks: they have their space in them. */
const wide = /[\u3000-\u303f\uff00-\uffef]/u;

/** How a language fills its texts; a text that a draft lacks is English, with English plurals and digits. */
const filler = (locale: Locale): ((text: Text, params: NonNullable<Parameters<Translate>[1]>) => string) => {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  const direction = directionOf(locale);
  return (text, params) => {
    const chosen =
      typeof text === 'string' ? text : (text[plural.select(Number(params['count']))] ?? text.other);
    return chosen.replace(/( ?)\{(\w+)\}( ?)/g, (place, before: string, param: string, after: string) => {
      const value = params[param];
      if (value === undefined) return place;
      if (typeof value === 'number') return before + number.format(value) + after;
      const [head, tail] = locale === 'zh-CN' ? [value.at(0) ?? '', value.at(-1) ?? ''] : ['', ''];
      return `${wide.test(head) ? '' : before}${isolate(value, direction)}${wide.test(tail) ? '' : after}`;
    });
  };
};

/** Returns the catalogue's text for a key, its `{places}` filled; numbers are written as the language writes them. */
export const createTranslator = (locale: Locale): Translate => {
  const fill = filler(locale);
  const english = locale === 'en' ? fill : filler('en');
  return (key, params = {}) => {
    const own = textOf(catalogues[locale], key);
    if (own !== undefined) return fill(own, params);
    const fallback = textOf(en, key);
    if (fallback === undefined) throw new Error(`no text ${key}`);
    return english(fallback, params);
  };
};

const translators = new Map<Locale, Translate>();
/** The one for a language: making it takes a millisecond, and all who say something in it may share it. */
export const translatorOf = (locale: Locale): Translate => {
  const made = translators.get(locale) ?? createTranslator(locale);
  translators.set(locale, made);
  return made;
};
