import { isTextKey, type TextParams } from '../../../src-shared/i18n';
import type { Failure, StepId } from '../../../src-shared/model/connection';
import { useI18n } from '../../stores/i18n';

export interface FailureWords {
  readonly title: string;
  readonly meaning: string;
  /** What to do, one thing each. */
  readonly remedies: readonly string[];
}

/** Words of the areas `step` and `failure`, whose keys are made of codes. */
export const useConnectionWords = (): {
  readonly stepName: (id: StepId) => string;
  readonly failureWords: (failure: Failure) => FailureWords;
} => {
  const { t } = useI18n();
  const words = (key: string, params?: TextParams): string => (isTextKey(key) ? t(key, params) : '');
  return {
    stepName: (id) => words(`step.${id}`) || id,
    failureWords: ({ code, params }) => ({
      title: words(`failure.${code}-title`, params) || code,
      meaning: words(`failure.${code}-meaning`, params),
      remedies: words(`failure.${code}-remedy`, params)
        .split('\n')
        .filter((line) => line.trim() !== ''),
    }),
  };
};
