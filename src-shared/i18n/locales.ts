export const locales = ['en', 'zh-CN'] as const;
export type Locale = (typeof locales)[number];

/** The best catalogue for a list of BCP 47 tags in order of preference; English when none fits. */
export const matchLocale = (preferred: readonly string[]): Locale => {
  for (const tag of preferred) {
    const lower = tag.toLowerCase();
    if (lower.startsWith('zh')) return 'zh-CN';
    if (lower.startsWith('en')) return 'en';
  }
  return 'en';
};
