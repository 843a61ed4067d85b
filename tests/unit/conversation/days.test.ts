import { describe, expect, it } from 'vitest';
import { dayLabel } from '../../../src-renderer/features/conversation/days';
import { createTranslator, type Locale } from '../../../src-shared/i18n';

const now = new Date(2025, 10, 24, 9, 30).getTime();
const label = (locale: Locale, year: number, month: number, day: number, hour = 23) =>
  dayLabel(new Date(year, month - 1, day, hour).getTime(), now, locale, createTranslator(locale));

describe('day lines', () => {
  it('name today and yesterday', () => {
    expect(label('en', 2025, 11, 24, 0)).toBe('Today, 24 November');
    expect(label('en', 2025, 11, 23)).toBe('Yesterday, 23 November');
    expect(label('zh-CN', 2025, 11, 24)).toBe('今天，11月24日');
    expect(label('zh-CN', 2025, 11, 23)).toBe('昨天，11月23日');
  });

  it('write the weekday within the year, and the year outside it', () => {
    expect(label('en', 2025, 11, 21)).toBe('Friday 21 November');
    expect(label('en', 2024, 5, 3)).toBe('3 May 2024');
    expect(label('zh-CN', 2024, 5, 3)).toBe('2024年5月3日');
  });
});
