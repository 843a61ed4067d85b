import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/support/paths';
import { wordsOf } from '../../../src-renderer/components/fold';
import { haystackOf, scoreOf } from '../../../src-renderer/components/match';
import { areas } from '../../../src-renderer/features/shell/shortcut-list';
import { settingIndex } from '../../../src-renderer/features/settings/setting-index';
import { createTranslator } from '../../../src-shared/i18n';
import { roomKinds } from '../../../src-shared/model/room';
import { noticeKinds } from '../../../src-shared/model/notices';
import { soundEvents } from '../../../src-shared/model/sounds';

const folder = join(root, 'src-renderer', 'features', 'settings');
/** What stands for `${…}` in a title that is put together. */
const parts: Readonly<Record<string, readonly string[]>> = {
  kind: noticeKinds,
  event: soundEvents,
  area: areas,
  room: roomKinds,
};
const expand = (key: string): readonly string[] => {
  const [, name] = /\$\{(\w+)\}/u.exec(key) ?? [];
  return name === undefined ? [key] : (parts[name] ?? []).map((part) => key.replace(`\${${name}}`, part));
};
/** All rows and heads, as the pages name them. */
const rows = readdirSync(folder)
  .filter((name) => name.endsWith('.vue'))
  .flatMap((name) => {
    const words = readFileSync(join(folder, name), 'utf8');
    return [...words.matchAll(/<Setting(?:Row|Head)\b([^>]*?):title="t\(['`]([^'`]+)['`]/gu)];
  });

describe('the search over the settings', () => {
  it('knows every row of every page, and no row that is not there', () => {
    const known = settingIndex
      .map(({ title }) => title as string)
      .filter((title) => title !== 'settings.language');
    expect([...known].sort()).toEqual([...rows.flatMap(([, , key]) => expand(key ?? ''))].sort());
  });

  it('knows of each row that is not always shown what it is shown for', () => {
    const sometimes = rows.flatMap(([, before = '', key = '']) => (before.includes('v-if=') ? [key] : []));
    expect(sometimes).toContain('settings.flash');
    const always = settingIndex
      .filter(({ needs }) => needs === undefined)
      .map(({ title }) => title as string);
    expect(always.filter((title) => sometimes.includes(title))).toEqual([]);
  });

  it.each(['en', 'zh-CN'] as const)('finds each by its title and by its sentence, in %s', (locale) => {
    const t = createTranslator(locale);
    const find = (text: string, query: string): number =>
      scoreOf(haystackOf(text), wordsOf(query), { fuzzy: false });
    for (const { title, text } of settingIndex) {
      const both = `${t(title)} ${t(text)}`;
      expect([title, t(text).length > 4, t(text) !== t(title)]).toEqual([title, true, true]);
      // A sentence ends like one.
      expect([text, /[.。！？]$/u.test(t(text))]).toEqual([text, true]);
      expect([title, find(both, t(title)) > 0]).toEqual([title, true]);
      expect([text, find(both, t(text).split(/[\s，。]/u)[0] ?? '') > 0]).toEqual([text, true]);
    }
  });
});
