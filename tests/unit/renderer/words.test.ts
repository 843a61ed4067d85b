import { describe, expect, it } from 'vitest';
import { initialsOf, stoneOf } from '../../../src-renderer/components/avatar';
import { createFormats } from '../../../src-renderer/stores/formats';
import { localPart } from '../../../src-renderer/stores/jid';
import { errorCodes } from '../../../src-shared/ipc/errors';
import { en } from '../../../src-shared/i18n/en';
import { zhCN } from '../../../src-shared/i18n/zh-CN';

describe('initials', () => {
  it.each([
    ['Maya Okafor', 'MO'],
    ['Fatima Zahra Bennani', 'FB'],
    ['王子轩', '子轩'],
    ['李雯 Li Wen', '李雯'],
    ['juliet', 'J'],
    ['piotr.wisniewski', 'PW'],
    ['👩‍🚒', '👩‍🚒'],
    ['', ''],
  ])('of %s are %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it('stand on the same stone for the same address, whatever its case', () => {
    expect(stoneOf('Maya@Example.org')).toBe(stoneOf('maya@example.org'));
    const stones = new Set(
      Array.from({ length: 200 }, (_, index) => stoneOf(`p${String(index)}@example.org`)),
    );
    expect(stones.size).toBe(6);
  });
});

describe('an address', () => {
  it('is shown by its local part where nothing better is known', () => {
    expect([localPart('romeo@example.org'), localPart('example.org')]).toEqual(['romeo', 'example.org']);
  });
});

describe('times', () => {
  const now = new Date(2026, 10, 25, 10, 0).getTime();
  const format = createFormats('en');
  it('are the hour today, the weekday within a week, a date before', () => {
    expect(format.brief(new Date(2026, 10, 25, 9, 5).getTime(), now)).toBe('09:05');
    expect(format.brief(new Date(2026, 10, 24, 23, 59).getTime(), now)).toBe('Tue');
    expect(format.brief(new Date(2026, 9, 2).getTime(), now)).toBe('2 Oct');
    expect(format.brief(new Date(2024, 9, 2).getTime(), now)).toBe('2 Oct 2024');
    expect(format.date(new Date(2026, 10, 24).getTime())).toBe('24 Nov 2026');
  });

  it('have twelve hours where the system’s have, in the words of the language', () => {
    const at = new Date(2026, 10, 25, 21, 5).getTime();
    const shown = (locale: 'en' | 'zh-CN' | 'ar') => createFormats(locale, 'h12').time(at);
    expect(shown('en')).toMatch(/^9:05\spm$/u);
    expect(shown('zh-CN')).toMatch(/^(?:下午|晚上)9:05$/u);
    expect(createFormats('en', 'h12').full(at)).toMatch(/9:05\spm$/u);
    expect(createFormats('en').time(at)).toBe('21:05');
  });
});

describe('sizes', () => {
  const format = createFormats('en');
  it('that differ are told apart where both are named', () => {
    expect(format.sizes(12_000_000, 10_500_000)).toEqual(['12 MB', '10.5 MB']);
    expect(format.sizes(10_500_001, 10_500_000)).toEqual(['10,500,001 bytes', '10,500,000 bytes']);
    expect(format.sizes(7, 7)).toEqual(['7 bytes', '7 bytes']);
  });
});

describe('numbers', () => {
  it('are written as the language does, and no longer than a badge has room for', () => {
    const [en, zh, ar] = [createFormats('en'), createFormats('zh-CN'), createFormats('ar')];
    expect([en.percent(50), zh.percent(50)]).toEqual(['50%', '50%']);
    expect([7, 99, 100, 12_000].map(en.badge)).toEqual(['7', '99', '99+', '99+']);
    expect(ar.badge(5)).toBe(new Intl.NumberFormat('ar').format(5));
  });
});

describe('lists', () => {
  it('are put together as the language does, in Chinese with a space beside Latin words', () => {
    expect(createFormats('en').list(['Ada', 'Ben', 'Cy'])).toBe('Ada, Ben and Cy');
    const { list } = createFormats('zh-CN');
    expect(list(['Ada', 'Ben', 'Cy'])).toBe('Ada、Ben 和 Cy');
    expect(list(['王子轩', '李雯'])).toBe('王子轩和李雯');
    expect(list(['Ada', '李雯'])).toBe('Ada 和李雯');
  });

  it('leave each its own direction and stand in the order of the window where that runs from right to left', () => {
    const { list } = createFormats('ar');
    expect(list(['Ada', 'Ben'])).toBe('\u2068Ada\u2069 و\u2068Ben\u2069');
    expect(createFormats('en').list(['Ada', 'سارة'])).toBe('Ada and \u2068سارة\u2069');
  });
});

describe('catalogues', () => {
  const textsOf = (catalogue: object): ReadonlyMap<string, string> =>
    new Map(
      Object.entries(catalogue).flatMap(([area, texts]) =>
        Object.entries(texts as object).map(
          ([key, text]) => [`${area}.${key}`, JSON.stringify(text)] as [string, string],
        ),
      ),
    );
  const placesOf = (text: string): readonly string[] =>
    [...new Set([...text.matchAll(/\{\w+\}/gu)].map(([place]) => place))].sort();

  it('have words for every error code', () => {
    for (const code of errorCodes) expect(en.error).toHaveProperty([code]);
  });

  it('have the same keys and the same places in both languages', () => {
    const english = textsOf(en);
    const chinese = textsOf(zhCN);
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of english)
      expect([key, placesOf(chinese.get(key) ?? '')]).toEqual([key, placesOf(text)]);
  });
});
