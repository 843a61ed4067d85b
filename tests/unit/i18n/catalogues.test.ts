import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/support/paths';
import {
  createTranslator,
  drafts,
  isDraft,
  isTextKey,
  locales,
  matchLocale,
  type Text,
} from '../../../src-shared/i18n';
import { ar } from '../../../src-shared/i18n/ar';
import { de } from '../../../src-shared/i18n/de';
import { en } from '../../../src-shared/i18n/en';
import { zhCN } from '../../../src-shared/i18n/zh-CN';

type Areas = Readonly<Record<string, Readonly<Record<string, Text>>>>;
const catalogues: Readonly<Record<(typeof locales)[number], Areas>> = {
  en,
  'zh-CN': zhCN,
  de,
  ar,
};
const textsOf = (areas: Areas): readonly (readonly [key: string, text: Text])[] =>
  Object.entries(areas).flatMap(([area, texts]) =>
    Object.entries(texts).map(([key, text]) => [`${area}.${key}`, text] as const),
  );
const english = new Map(textsOf(en));
const formsOf = (text: Text): readonly string[] => (typeof text === 'string' ? [text] : Object.values(text));
const placesOf = (text: string): readonly string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe.each(locales)('the catalogue %s', (locale) => {
  const texts = textsOf(catalogues[locale]);

  it('has no key that the English one lacks, and lacks none unless it is a draft', () => {
    expect(texts.map(([key]) => key).filter((key) => !isTextKey(key))).toEqual([]);
    const has = new Set(texts.map(([key]) => key));
    const missing = [...english.keys()].filter((key) => !has.has(key));
    if (isDraft(locale)) {
      if (missing.length > 0) console.info(`${locale}: ${String(missing.length)} texts are still English`);
    } else expect(missing).toEqual([]);
  });

  it('fills the same places', () => {
    for (const [key, text] of texts) {
      const wanted = formsOf(english.get(key)!).map(placesOf);
      const known = new Set(wanted.flat());
      for (const form of formsOf(text)) {
        expect(
          placesOf(form).filter((place) => !known.has(place)),
          key,
        ).toEqual([]);
        // A plural form may have the number in words: "two messages".
        const needed = placesOf(formsOf(english.get(key)!).at(-1)!);
        const lacks = needed.filter((place) => place !== '{count}' && !form.includes(place));
        expect(lacks, key).toEqual([]);
      }
      if (typeof text === 'string') expect(placesOf(text), key).toEqual([...known].sort());
    }
  });

  it('has the plural forms that the language has, all of them and no other', () => {
    const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    for (const [key, text] of texts)
      if (typeof text !== 'string') expect(Object.keys(text).sort(), key).toEqual([...categories].sort());
  });
});

describe('languages', () => {
  it('Arabic has six forms of number', () => {
    const t = createTranslator('ar');
    const said = [0, 1, 2, 3, 11, 100].map((count) => t('tray.unread', { count }));
    expect(new Set(said).size).toBe(6);
  });

  it('a name or an address keeps its own direction inside a sentence', () => {
    const name = 'Nora (QA)';
    expect(createTranslator('ar')('conversation.composer', { name })).toContain(`\u2068${name}\u2069`);
    expect(createTranslator('en')('conversation.composer', { name })).toBe(`Message to ${name}`);
    expect(createTranslator('en')('conversation.composer', { name: 'فاطمة' })).toBe(
      'Message to \u2068فاطمة\u2069',
    );
  });

  it('in Chinese a full-width mark at the edge of a name has its space in it', () => {
    const t = createTranslator('zh-CN');
    expect(t('conversation.composer', { name: 'Nora' })).toBe('给 Nora 写消息');
    expect(t('conversation.composer', { name: 'Nora（大厅）' })).toBe('给 Nora（大厅）写消息');
    expect(t('conversation.composer', { name: '《大厅》' })).toBe('给《大厅》写消息');
    expect(t('common.pair', { name: '排序', value: '名称' })).toBe('排序：名称');
  });

  it('nobody gets a draft who has not chosen it', () => {
    for (const draft of drafts) expect(isDraft(matchLocale([draft, `${draft}-XX`]))).toBe(false);
  });
});

describe('the keys', () => {
  const sources = ['src-main', 'src-renderer', 'src-shared']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
        (path) => `${folder}/${path}`,
      ),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(ts|vue)$/.test(path) && !/^src-shared\/i18n\/.+\//.test(path))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
  /** Every word in quotes, and every key of an object: what may stand in the open part of a key. */
  const words = new Set(
    [...sources.matchAll(/['"`]([\w-]+)['"`]|\b([\w-]+)(?=\??:)/g)].map(([, quoted, key]) => quoted ?? key),
  );
  const literals = new Set([...sources.matchAll(/['"`]([a-zA-Z]+\.[\w-]+)['"`]/g)].map(([, key]) => key));
  /** `failure.${code}-title` */
  const patterns = [...sources.matchAll(/`([a-zA-Z]+\.[\w-]*\$\{[^`]*)`/g)].map(
    ([, pattern = '']) =>
      new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '([\\w-]+)')}$`),
  );
  /** Conditions that servers answer with, which need not stand in our code. */
  const fromOutside = /^conversation\.reason-/;

  it('each of them is used', () => {
    const isUsed = (key: string): boolean =>
      literals.has(key) ||
      fromOutside.test(key) ||
      patterns.some((pattern) => {
        const parts = pattern.exec(key)?.slice(1);
        return parts?.every((part) => words.has(part)) ?? false;
      });
    expect([...english.keys()].filter((key) => !isUsed(key))).toEqual([]);
  });
});
