import { describe, expect, it } from 'vitest';
import { createDateText } from '../../../src-renderer/text/date-text';

describe('a date in figures', () => {
  it('is written as the language does, and read so again', () => {
    const written = { en: '23/04/1990', de: '23.04.1990', 'zh-CN': '1990/04/23', ar: '23/04/1990' } as const;
    for (const [locale, text] of Object.entries(written)) {
      const { format, parse } = createDateText(locale as keyof typeof written);
      expect(format('1990-04-23'), locale).toBe(text);
      expect(parse(text), locale).toBe('1990-04-23');
    }
  });

  it('is read without noughts, with other marks and with Arabic figures', () => {
    expect(createDateText('de').parse('3. 4. 1990')).toBe('1990-04-03');
    expect(createDateText('zh-CN').parse('1990年4月3日')).toBe('1990-04-03');
    expect(createDateText('ar').parse('٣/٤/١٩٩٠')).toBe('1990-04-03');
    expect(createDateText('en').parse('1990-04-03')).toBe('1990-04-03');
    expect(createDateText('zh-CN').parse('１９９０年４月３日')).toBe('1990-04-03');
    expect(createDateText('de').parse('1990年4月3日')).toBe('1990-04-03');
  });

  it('is none where there is no such day: it stays as it was written', () => {
    const { format, parse } = createDateText('en');
    for (const text of ['', '31/02/1990', '04/23/1990', '1/2/90', '1990', 'in July', '23/04/199'])
      expect(parse(text)).toBe(text);
    for (const text of ['', 'in July', '1990-02-31', '--04-23']) expect(format(text)).toBe(text);
  });
});
