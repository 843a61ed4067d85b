import { describe, expect, it } from 'vitest';
import { hourCycleOf, timeLocale } from '../../../src-main/desktop/hour-cycle';

describe('the hours of the system', () => {
  it('are those of its times, which may be of another country than its language', () => {
    expect(timeLocale({ LANG: 'en_US.UTF-8' })).toBe('en-US');
    expect(timeLocale({ LANG: 'en_US.UTF-8', LC_TIME: 'de_DE@euro' })).toBe('de-DE');
    expect(timeLocale({ LC_ALL: 'zh_CN.GB18030', LC_TIME: 'en_US.UTF-8' })).toBe('zh-CN');
    expect(timeLocale({ LC_ALL: '', LC_TIME: '', LANG: 'nb_NO' })).toBe('nb-NO');
    for (const name of ['C', 'C.UTF-8', 'POSIX', '']) expect(timeLocale({ LANG: name })).toBe(null);
    expect(timeLocale({})).toBe(null);
  });

  it('are twelve or twenty-four, and twenty-four where nobody knows', () => {
    expect(['en-US', 'en-AU', 'ar-EG'].map(hourCycleOf)).toEqual(['h12', 'h12', 'h12']);
    expect(['en-GB', 'de-DE', 'zh-CN', 'ja-JP'].map(hourCycleOf)).toEqual(['h23', 'h23', 'h23', 'h23']);
    expect([null, 'no locale', 'x_Y'].map(hourCycleOf)).toEqual(['h23', 'h23', 'h23']);
  });
});
