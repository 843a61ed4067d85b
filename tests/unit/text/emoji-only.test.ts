import { describe, expect, it } from 'vitest';
import { isEmojiOnly } from '../../../src-renderer/text/emoji-only';

describe('a few emoji by themselves', () => {
  it.each(['👍', '👍🏽', '❤️ 🎉', ' 👩‍👩‍👧‍👦\n', '🇨🇳🇩🇪🇫🇷', '1️⃣'])('are seen: %s', (body) => {
    expect(isEmojiOnly(body)).toBe(true);
  });

  it.each(['', '  ', 'ok 👍', '👍👍👍👍', '1', '#', '©', '…', '你好'])('are not: %s', (body) => {
    expect(isEmojiOnly(body)).toBe(false);
  });
});
