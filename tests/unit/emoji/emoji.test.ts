import { describe, expect, it } from 'vitest';
import { loadEmoji } from '../../../src-renderer/features/emoji/load-emoji';
import {
  completeShortcode,
  findEmoji,
  recentWith,
  shortcodeAt,
  toned,
} from '../../../src-renderer/features/emoji/emoji-data';
import { rowsOf, step } from '../../../src-renderer/features/emoji/grid';

const texts = (found: readonly { readonly text: string }[]): readonly string[] =>
  found.map(({ text }) => text);

describe('emoji', () => {
  it('are found in English, in Chinese and by their shortcodes, whatever the window speaks', async () => {
    for (const locale of ['en', 'zh-CN', 'de', 'ar'] as const) {
      const all = await loadEmoji(locale);
      expect(texts(findEmoji(all, 'rocket'))[0]).toBe('🚀');
      expect(texts(findEmoji(all, '火箭'))).toContain('🚀');
      expect(texts(findEmoji(all, ':thumbsup:'))[0]?.startsWith('👍')).toBe(true);
      expect(texts(findEmoji(all, 'cat grin'))).toContain('😸');
      expect(findEmoji(all, 'qqqq')).toEqual([]);
      expect(findEmoji(all, ' ')).toHaveLength(all.length);
      expect(all.length).toBeGreaterThan(1500);
    }
  });

  it('are named in the language of the window, and take a skin tone where they have one', async () => {
    const rocket = (await loadEmoji('zh-CN')).find(({ text }) => text === '🚀');
    expect(rocket?.name).toBe('火箭');
    const german = await loadEmoji('de');
    expect(german.find(({ text }) => text === '🚀')?.name).toBe('Rakete');
    expect(texts(findEmoji(german, 'rakete'))[0]).toBe('🚀');
    const [wave] = findEmoji(await loadEmoji('en'), 'wave');
    expect(wave && [toned(wave, 0), toned(wave, 5)]).toEqual(['👋', '👋🏿']);
    expect(rocket && toned(rocket, 3)).toBe('🚀');
  });

  it('complete a shortcode that is being typed', async () => {
    const all = await loadEmoji('en');
    expect(completeShortcode(all, 'smile')[0]?.shortcodes).toContain('smile');
    expect(completeShortcode(all, 'heart_ey')[0]?.text).toBe('😍');
    expect(completeShortcode(all, 'zzzzzz')).toEqual([]);
    expect(completeShortcode(all, 'a')).toHaveLength(6);
  });

  it.each([
    ['hi :smi', 'smi'],
    [':+1', '+1'],
    ['你好，:smile', 'smile'],
    ['hi :s', null],
    ['https://a', null],
    ['at 10:30', null],
    [':smile ', null],
  ])('the shortcode at the end of %j is %j', (text, code) => {
    expect(shortcodeAt(text, text.length)).toBe(code);
  });

  it('the last used come first, each once', () => {
    expect(recentWith(['a', 'b'], 'b')).toEqual(['b', 'a']);
    expect(recentWith(Array.from({ length: 30 }, String), 'x')).toHaveLength(24);
  });

  it('arrows walk over rows that are not full', () => {
    const rows = rowsOf(
      [
        [1, 2, 3, 4],
        [5, 6],
      ],
      3,
    );
    expect(rows).toEqual([[1, 2, 3], [4], [5, 6]]);
    expect(step(rows, { row: 0, column: 2 }, 'ArrowDown', false)).toEqual({ row: 1, column: 0 });
    expect(step(rows, { row: 0, column: 2 }, 'ArrowRight', false)).toEqual({ row: 1, column: 0 });
    expect(step(rows, { row: 2, column: 0 }, 'ArrowLeft', false)).toEqual({ row: 1, column: 0 });
    expect(step(rows, { row: 2, column: 1 }, 'ArrowDown', false)).toEqual({ row: 2, column: 1 });
    expect(step(rows, { row: 2, column: 1 }, 'Home', false)).toEqual({ row: 2, column: 0 });
    expect(step(rows, { row: 0, column: 1 }, 'ArrowLeft', true)).toEqual({ row: 0, column: 2 });
    expect(step(rows, { row: 0, column: 1 }, 'ArrowRight', true)).toEqual({ row: 0, column: 0 });
    expect(step(rows, { row: 0, column: 0 }, 'x', false)).toBeNull();
  });
});
