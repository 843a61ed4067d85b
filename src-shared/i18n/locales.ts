export const locales = ['en', 'zh-CN', 'de', 'ar'] as const;
export type Locale = (typeof locales)[number];

/** Each language is named in itself, so that anyone finds their own. */
export const ownNames: Readonly<Record<Locale, string>> = {
  en: 'English',
  'zh-CN': '简体中文',
  de: 'Deutsch',
  ar: 'العربية',
};

/**
 * Not read over by somebody who grew up with them. They may lack words, which then are English, and nobody gets them
 * who has not chosen them.
 */
export const drafts = ['de', 'ar'] as const satisfies readonly Locale[];
export type Draft = (typeof drafts)[number];
export const isDraft = (locale: Locale): locale is Draft => (drafts as readonly Locale[]).includes(locale);

/** Which way the text of a language (a BCP 47 tag) runs, as `dir` has it. */
export const directionOf = (tag: string): 'ltr' | 'rtl' => (/^ar\b/i.test(tag) ? 'rtl' : 'ltr');

/** The best finished catalogue for a list of BCP 47 tags in order of preference; English when none fits. */
export const matchLocale = (preferred: readonly string[]): Locale => {
  for (const tag of preferred) {
    const lower = tag.toLowerCase();
    if (lower.startsWith('zh')) return 'zh-CN';
    if (lower.startsWith('en')) return 'en';
  }
  return 'en';
};
