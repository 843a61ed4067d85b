import type { HourCycle } from '../../src-shared/model/hour-cycle';

type Env = Readonly<Record<string, string | undefined>>;

/** The locale of times on Linux, as the C library finds it (POSIX §8.2), as a language tag; null where it is nobody's. */
export const timeLocale = (env: Env): string | null => {
  const [name = ''] = [env['LC_ALL'], env['LC_TIME'], env['LANG']].filter((one) => one);
  const [tag = ''] = name.split(/[.@]/u);
  return ['', 'C', 'POSIX'].includes(tag) ? null : tag.replaceAll('_', '-');
};

/** How a locale counts hours; twenty-four where nobody knows. */
export const hourCycleOf = (locale: string | null): HourCycle => {
  if (locale === null) return 'h23';
  try {
    const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
    return hourCycle === 'h11' || hourCycle === 'h12' ? 'h12' : 'h23';
  } catch {
    // No language tag.
    return 'h23';
  }
};
