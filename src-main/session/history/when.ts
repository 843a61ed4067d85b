import type { WriterOptions } from './format';

/** Days and times as the language of the app writes them. */
export interface When {
  /** One for each day, for comparing. */
  readonly key: (at: number) => string;
  readonly day: (at: number) => string;
  readonly time: (at: number) => string;
  readonly moment: (at: number) => string;
}

export const createWhen = ({ t, timeZone }: WriterOptions): When => {
  const format = (options: Intl.DateTimeFormatOptions, language = t('export.language')) => {
    const written = new Intl.DateTimeFormat(language, { ...options, ...(timeZone ? { timeZone } : {}) });
    return (at: number) => written.format(at);
  };
  return {
    key: format({ dateStyle: 'short' }, 'en'),
    day: format({ dateStyle: 'full' }),
    time: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    moment: format({ dateStyle: 'long', timeStyle: 'short' }),
  };
};
