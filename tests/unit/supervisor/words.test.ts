import { describe, expect, it } from 'vitest';
import { createTranslator, isTextKey, locales } from '../../../src-shared/i18n';
import { failureCodes, stepIds } from '../../../src-shared/model/connection';

describe.each(locales)('words of a connection in %s', (locale) => {
  const t = createTranslator(locale);

  it.each(failureCodes)('say of %s what happened, what it means and what to do', (code) => {
    for (const part of ['title', 'meaning', 'remedy']) {
      const key = `failure.${code}-${part}`;
      if (!isTextKey(key)) throw new Error(`no text ${key}`);
      expect(t(key)).toMatch(locale === 'zh-CN' ? /[。？]$/ : /[.?؟]$/);
    }
  });

  it.each(stepIds)('name the step %s', (id) => {
    const key = `step.${id}`;
    if (!isTextKey(key)) throw new Error(`no text ${key}`);
    expect(t(key)).not.toBe('');
  });
});
