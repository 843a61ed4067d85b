import { describe, expect, it } from 'vitest';
import { mentionAt, nickOffers, nickText, wordAt } from '../../../src-renderer/features/room/nick-offers';

describe('nicks that are completed', () => {
  it('begin with an @ that is no part of an address', () => {
    expect(mentionAt('hi @Rom', 7)).toEqual({ from: 3, typed: 'Rom', at: true });
    expect(mentionAt('@', 1)).toEqual({ from: 0, typed: '', at: true });
    expect(mentionAt('你好@李', 4)).toEqual({ from: 2, typed: '李', at: true });
    for (const text of ['me@x', '@ x', 'no', '@a\nb', '@a  b'])
      expect(mentionAt(text, text.length)).toBeNull();
  });

  it('or, with Tab, with the word before the caret', () => {
    expect(wordAt('hi Rom', 6)).toEqual({ from: 3, typed: 'Rom', at: false });
    expect(wordAt('@Rom', 4)).toEqual({ from: 0, typed: 'Rom', at: true });
    expect(wordAt('hi ', 3)).toBeNull();
    expect(wordAt('', 0)).toBeNull();
  });

  it('are those that begin so before those with such a word, in their order', () => {
    const nicks = ['Nurse', 'Lady Montague', 'Romeo', 'Zoë', 'Rosaline', 'Old Romeo'];
    expect(nickOffers(nicks, 'ro')).toEqual(['Romeo', 'Rosaline', 'Old Romeo']);
    expect(nickOffers(nicks, 'mont')).toEqual(['Lady Montague']);
    expect(nickOffers(nicks, 'zoe')).toEqual(['Zoë']);
    expect(nickOffers(nicks, '', 2)).toEqual(['Nurse', 'Lady Montague']);
  });

  it('stand in the text as one would write them', () => {
    expect(nickText('Romeo', { from: 4, typed: 'Ro', at: true })).toBe('@Romeo ');
    expect(nickText('Romeo', { from: 0, typed: 'Ro', at: false })).toBe('Romeo, ');
    expect(nickText('Romeo', { from: 4, typed: 'Ro', at: false })).toBe('Romeo ');
  });
});
