import { computed, type ComputedRef } from 'vue';
import { isTextKey, translatorOf, type Locale, type TextKey, type Translate } from '../../src-shared/i18n';
import type { CallError } from '../../src-shared/ipc/errors';
import type { HourCycle } from '../../src-shared/model/hour-cycle';
import { createFormats, type Formats } from './formats';
import { useApp } from './app';

const formats = new Map<string, Formats>();
const formatsOf = (locale: Locale, hourCycle: HourCycle): Formats => {
  const key = `${locale} ${hourCycle}`;
  const made = formats.get(key) ?? createFormats(locale, hourCycle);
  formats.set(key, made);
  return made;
};

/** The store says why it cannot be used; each reason has its own words. */
const keyOf = ({ code, params }: CallError): TextKey => {
  const detailed = `error.store-${params?.['reason'] ?? ''}`;
  return code === 'store-unavailable' && isTextKey(detailed) ? detailed : `error.${code}`;
};

export interface I18n {
  readonly t: Translate;
  readonly locale: ComputedRef<Locale>;
  readonly format: ComputedRef<Formats>;
  /** Between two sentences: a full stop of Chinese has its space in it. */
  readonly gap: ComputedRef<string>;
  /** The sentence for an error that crossed the bridge. */
  readonly say: (error: CallError) => string;
}
/** One for each store of settings: a list draws hundreds of rows that all say something. */
const made = new WeakMap<ReturnType<typeof useApp>, I18n>();

/** Words in the window's language; templates that use `t` change with it at once. */
export const useI18n = (): I18n => {
  const app = useApp();
  const known = made.get(app);
  if (known) return known;
  const t: Translate = (key, params) => translatorOf(app.locale)(key, params);
  const words: I18n = {
    t,
    locale: computed(() => app.locale),
    format: computed(() => formatsOf(app.locale, app.hourCycle)),
    gap: computed(() => (app.locale === 'zh-CN' ? '' : ' ')),
    say: (error) => t(keyOf(error), error.params),
  };
  made.set(app, words);
  return words;
};
