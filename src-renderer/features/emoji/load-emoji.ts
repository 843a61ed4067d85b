import type { Locale } from '../../../src-shared/i18n';
import { joinEmoji, type Emoji, type RawEmoji, type RawShortcodes } from './emoji-data';

const loaded = new Map<Locale, Promise<readonly Emoji[]>>();

/** Files of a package of one version, not a word from outside: their shape is known. */
const emojiIn = (data: unknown) => data as readonly RawEmoji[];
const codesIn = (data: unknown) => data as RawShortcodes;

/** A language that has no names for them has the English ones. */
const ownNames = (locale: Locale): Promise<{ readonly default: unknown }> => {
  if (locale === 'zh-CN') return import('emojibase-data/zh/compact.json');
  return locale === 'de'
    ? import('emojibase-data/de/compact.json')
    : import('emojibase-data/en/compact.json');
};

const load = async (locale: Locale): Promise<readonly Emoji[]> => {
  const [en, zh, own, codes] = await Promise.all([
    import('emojibase-data/en/compact.json'),
    import('emojibase-data/zh/compact.json'),
    ownNames(locale),
    import('emojibase-data/en/shortcodes/github.json'),
  ]);
  return joinEmoji(emojiIn(en.default), emojiIn(zh.default), emojiIn(own.default), codesIn(codes.default));
};

/** Every emoji there is, read from its own files when it is wanted first. */
export const loadEmoji = (locale: Locale): Promise<readonly Emoji[]> => {
  const known =
    loaded.get(locale) ??
    load(locale).catch(() => {
      // Asked for again the next time.
      loaded.delete(locale);
      return [];
    });
  loaded.set(locale, known);
  return known;
};
