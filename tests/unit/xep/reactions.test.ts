import { describe, expect, it } from 'vitest';
import {
  isReaction,
  MAX_REACTIONS,
  parseReactions,
  reactionsTo,
} from '../../../src-main/xmpp/xep/0444-reactions';

describe('reactions (XEP-0444)', () => {
  it('T13 are one emoji each, and no words', () => {
    for (const emoji of ['👍', '❤️', '👩🏽‍🚀', '🇮🇹', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '1️⃣', '☺'])
      expect(isReaction(emoji), emoji).toBe(true);
    for (const text of ['', 'ok', '7', '#', '👍👍', '👍 ', 'a👍', '\u200d', '🏽'.repeat(30)])
      expect(isReaction(text), text).toBe(false);
  });

  it('are a limited number, each once', () => {
    const many = Array.from({ length: 60 }, (_, n) => String.fromCodePoint(0x1f600 + n));
    const stanza = reactionsTo('a@b', 'id', 'target', [...many, ...many]);
    expect(parseReactions(stanza)).toEqual({ id: 'target', emojis: many.slice(0, MAX_REACTIONS) });
  });
});
