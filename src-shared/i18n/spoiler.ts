import type { Translate } from '.';

/** What stands for a text that is not to be seen at once (XEP-0382). */
export const spoilerWords = (t: Translate, hint: string): string =>
  hint === '' ? t('conversation.spoiler') : t('conversation.spoiler-hint', { hint });
