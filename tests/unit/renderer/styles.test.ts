import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/support/paths';

const TOKENS = 'src-renderer/styles/tokens.css';

/** The CSS of the window: style sheets and the style blocks of components, without comments. */
const sheets = readdirSync(join(root, 'src-renderer'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(css|vue)$/.test(path))
  .map((path) => {
    const text = readFileSync(join(root, 'src-renderer', path), 'utf8');
    const blocks = path.endsWith('.vue')
      ? [...text.matchAll(/<style[^>]*>([^]*?)<\/style>/g)].map(([, block]) => block).join('\n')
      : text;
    return {
      path: `src-renderer/${path.replaceAll('\\', '/')}`,
      text,
      css: blocks.replaceAll(/\/\*[^]*?\*\//g, ''),
    };
  });
const others = sheets.filter(({ path }) => path !== TOKENS);
const tokens = sheets.find(({ path }) => path === TOKENS)!.css;

/** Every declaration, with the file it stands in; the conditions of @media and @container are none. */
const declarations = others.flatMap(({ path, css }) =>
  [...css.matchAll(/(?<=[{;]\s*)([a-z-]+):\s*([^;{}]+)(?=[;}])/g)].map(([, property = '', value = '']) => ({
    path,
    property,
    value: value.replaceAll(/\s+/g, ' ').trim(),
  })),
);
const said = (found: typeof declarations): readonly string[] =>
  found.map(({ path, property, value }) => `${path}: ${property}: ${value}`);

describe('the tokens are the only source of colours, sizes and durations', () => {
  it('no component holds a length or a time of its own (em and % are relative)', () => {
    const literal = /(?<![\w.-])-?(?:\d*\.)?\d+(?:px|rem|ms|s)\b/;
    expect(said(declarations.filter(({ value }) => literal.test(value)))).toEqual([]);
  });

  it('no component holds a colour of its own; the system has the words in forced colours', () => {
    const literal =
      /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab|light-dark)\(|\b(?:white|gr[ae]y|red|blue)\b/i;
    expect(said(declarations.filter(({ value }) => literal.test(value)))).toEqual([]);
  });

  it('each name that is used is defined', () => {
    // A component sets some for its own parts, in its styles or from its script; Reka UI sets its own.
    const defined = new Set(sheets.flatMap(({ text }) => text.match(/--[a-z][\w-]*(?=['"]?\]?\s*:)/g) ?? []));
    const used = sheets.flatMap(({ css }) => css.match(/(?<=var\()--[\w-]+/g) ?? []);
    expect(used.filter((name) => !defined.has(name) && !name.startsWith('--reka-'))).toEqual([]);
  });

  it('each is defined once for each case', () => {
    for (const [, block = ''] of tokens.matchAll(/\{([^{}]*)\}/g)) {
      const names: readonly string[] = block.match(/(?<=[;{\s])--[\w-]+(?=:)/g) ?? [];
      expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    }
  });
});

describe('in the system’s own high contrast', () => {
  const [, forced = ''] = /forced-colors: active\) \{([^]*)\}/.exec(tokens) ?? [];
  const colour = (name: string): string => new RegExp(`--${name}: (\\w+);`).exec(forced)?.[1] ?? '';

  it('no words have the colour of what they stand on', () => {
    const pairs = [
      ['text', 'bg-main'],
      ['text-2', 'bg-raised'],
      ['text-inv', 'bg-tooltip'],
      ['on-accent', 'accent'],
      ['on-danger', 'danger'],
    ] as const;
    for (const [words, below] of pairs) {
      expect(colour(words), words).not.toBe('');
      expect(colour(words), words).not.toBe(colour(below));
    }
  });

  it('what has the edge of a shadow has another one there, where no shadow is drawn', () => {
    const shadowed = others.filter(({ css }) => /box-shadow:(?!\s*none)/.test(css));
    expect(shadowed.filter(({ css }) => !css.includes('forced-colors')).map(({ path }) => path)).toEqual([]);
  });
});

describe('right to left', () => {
  it('nothing is laid out by left and right', () => {
    const property =
      /^(?:(?:margin|padding|border|inset)-(?:left|right)|(?:left|right)|border-(?:top|bottom)-)/;
    const radius = /^border-(?:top|bottom)-(?:left|right)-radius$/;
    const sided = /^(?:text-align|float|clear|justify-content)$/;
    const physical = declarations.filter(
      (one) =>
        (property.test(one.property) && /left|right/.test(one.property)) ||
        radius.test(one.property) ||
        (sided.test(one.property) && /\b(?:left|right)\b/.test(one.value)),
    );
    expect(said(physical)).toEqual([]);
  });
});
