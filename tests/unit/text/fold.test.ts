import { describe, expect, it } from 'vitest';
import { fold, foldLimits } from '../../../src-renderer/text/fold';

describe('folding long messages', () => {
  it('shows what is short, or a little too long, whole', () => {
    expect(fold('')).toBeNull();
    expect(fold('one\ntwo')).toBeNull();
    expect(fold('x'.repeat(foldLimits.characters + foldLimits.slackCharacters))).toBeNull();
    expect(fold('\n'.repeat(foldLimits.lines + foldLimits.slackLines))).toBeNull();
  });

  it('cuts many characters at a line, a space or a character', () => {
    const words = fold('word '.repeat(12_000));
    expect(words?.length).toBeLessThanOrEqual(foldLimits.characters);
    expect(words?.endsWith('word')).toBe(true);
    const lines = fold(`${'x'.repeat(99)}\n`.repeat(600));
    expect(lines?.endsWith('x')).toBe(true);
    expect(fold('长'.repeat(60_000))?.length).toBe(foldLimits.characters);
  });

  it('never cuts an emoji with joiners', () => {
    const family = '👩‍👩‍👧‍👦';
    const cut = fold(`ab${family.repeat(5500)}`) ?? '';
    expect((cut.length - 2) % family.length).toBe(0);
  });

  it('cuts many lines', () => {
    expect(fold('a\n'.repeat(500))?.split('\n')).toHaveLength(foldLimits.lines);
  });
});
