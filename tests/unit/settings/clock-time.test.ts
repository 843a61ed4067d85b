import { describe, expect, it } from 'vitest';
import { onSomeDay, parseClockTime } from '../../../src-renderer/features/settings/clock-time';
import { createFormats } from '../../../src-renderer/stores/formats';
import { locales } from '../../../src-shared/i18n';

describe('a time of day that is typed', () => {
  it.each([
    ['7', 7 * 60],
    ['7:30', 450],
    ['22.15', 1335],
    ['2215', 1335],
    ['730', 450],
    ['10 pm', 1320],
    ['10:05 PM', 1325],
    ['10:05 p.m.', 1325],
    ['10p', 1320],
    ['12 am', 0],
    ['12 pm', 720],
    ['下午3:00', 900],
    ['３：１５ 下午', 915],
    ['上午 12:10', 10],
    ['٩:٣١ م', 1291],
  ])('%s', (text, minutes) => {
    expect(parseClockTime(text)).toBe(minutes);
  });

  it.each(['', '24', '7:60', '13 pm', '0 am', 'pm', '7:3', 'noon', '1:00:00'])('%s is none', (text) => {
    expect(parseClockTime(text)).toBeNull();
  });

  it('what is shown is read again, in each language, on both clocks', () => {
    for (const locale of locales)
      for (const hourCycle of ['h12', 'h23'] as const)
        for (const minutes of [0, 5, 450, 719, 720, 725, 1320, 1439]) {
          const shown = createFormats(locale, hourCycle).time(onSomeDay(minutes));
          expect(parseClockTime(shown), `${locale} ${hourCycle} ${shown}`).toBe(minutes);
        }
  });
});
