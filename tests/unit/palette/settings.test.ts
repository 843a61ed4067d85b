import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/support/paths';
import { settingIndex } from '../../../src-renderer/features/settings/setting-index';

const folder = join(root, 'src-renderer', 'features', 'settings');
/** The titles of all rows and heads, as the pages name them. */
const titles = readdirSync(folder)
  .filter((name) => name.endsWith('.vue'))
  .flatMap((name) => {
    const words = readFileSync(join(folder, name), 'utf8');
    return [...words.matchAll(/<Setting(?:Row|Head)\b[^>]*?:title="t\('([^']+)'/gu)].map(([, key]) => key);
  });

describe('the search over the settings', () => {
  it('knows every row of every page, and no row that is not there', () => {
    const known = settingIndex
      .map(({ title }) => title as string)
      .filter((title) => title !== 'settings.language');
    expect([...known].sort()).toEqual([...titles].sort());
  });
});
