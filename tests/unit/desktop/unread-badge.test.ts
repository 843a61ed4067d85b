import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/support/paths';
import { createUnreadBadge, overlayNames, type BadgeParts } from '../../../src-main/desktop/unread-badge';

const told = (platform: BadgeParts['platform'], counts: readonly number[]) => {
  const seen: unknown[] = [];
  const tell = createUnreadBadge({
    platform,
    setCount: (count) => seen.push(count),
    setOverlay: (picture, words) => seen.push([picture, words]),
  });
  for (const count of counts) tell(count, `${String(count)} unread`);
  return seen;
};

describe('how much is unread, outside of the window', () => {
  it.each(['linux', 'darwin'] as const)('is a number on %s', (platform) => {
    expect(told(platform, [3, 12, 0])).toEqual([3, 12, 0]);
  });

  it('is a picture with words on Windows, which has no number; nine and more are one', () => {
    expect(told('win32', [1, 9, 10, 250, 0])).toEqual([
      ['1', '1 unread'],
      ['9', '9 unread'],
      ['9+', '10 unread'],
      ['9+', '250 unread'],
      [null, ''],
    ]);
  });

  it('every picture is drawn, for every scale of Windows', () => {
    for (const name of overlayNames)
      for (const scale of ['', '@1.25x', '@1.5x', '@2x', '@3x'])
        expect([name, existsSync(join(root, 'assets', 'tray', 'count', `${name}${scale}.png`))]).toEqual([
          name,
          true,
        ]);
  });
});
