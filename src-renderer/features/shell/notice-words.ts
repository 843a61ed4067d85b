import type { I18n } from '../../stores/i18n';
import type { Notice } from '../../stores/ui';

/** What is told, in the language that the window has now. */
export const noticeWords = (notice: Notice, { t, say }: Pick<I18n, 't' | 'say'>): string => {
  if ('key' in notice) return t(notice.key, notice.params);
  return 'error' in notice ? say(notice.error) : notice.words();
};
