import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { styled, stylings, type Styling } from '../../../src-renderer/features/conversation/styling';
import { keyWords } from '../../../src-renderer/features/shell/shortcut-list';
import { parseSpans } from '../../../src-renderer/text/spans';
import { createTranslator } from '../../../src-shared/i18n';

/** Text with the selection in brackets, before and after. */
const press = (marked: string, styling: Styling): string => {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  const text = marked.replace('[', '').replace(']', '');
  const edit = styled(text, start, end, styling);
  const now = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
  return `${now.slice(0, edit.start)}[${now.slice(edit.start, edit.end)}]${now.slice(edit.end)}`;
};

describe('styling what one writes', () => {
  it.each<[string, Styling, string]>([
    ['say [this] now', 'strong', 'say [*this*] now'],
    ['say [*this*] now', 'strong', 'say [this] now'],
    ['say *[this]* now', 'strong', 'say [this] now'],
    ['say[ this ]now', 'emphasis', 'say [_this_] now'],
    ['say []', 'strike', 'say ~[]~'],
    ['请看[重点]', 'strong', '请看 [*重点*]'],
    ['[one\n\ntwo]', 'strong', '[*one*\n\n*two*]'],
    ['[a] b', 'code', '[`a`] b'],
    ['run [a\nb] c', 'code', 'run \n```\n[a\nb]\n```\n c'],
    ['one\ntw[]o\nthree', 'quote', 'one\n> two[]\nthree'],
    ['[one\ntwo]', 'quote', '[> one\n> two]'],
    ['[> one\n> two]', 'quote', '[one\ntwo]'],
  ])('%j with %s is %j', (before, styling, after) => {
    expect(press(before, styling)).toBe(after);
  });

  it('what it makes of words is read as that styling', () => {
    const word = fc.stringMatching(/^[a-z重点 ]{1,12}$/u).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(word, word, (before, said) => {
        const { from, to, text } = styled(
          before + said,
          before.length,
          before.length + said.length,
          'strong',
        );
        const line = (before + said).slice(0, from) + text + (before + said).slice(to);
        expect(parseSpans(line).filter(({ type }) => type === 'span')).toHaveLength(1);
      }),
    );
  });

  it('has a key each', () => {
    expect(stylings.map((styling) => keyWords(createTranslator('en'), styling, 'linux'))).toEqual([
      'Ctrl B',
      'Ctrl I',
      'Ctrl Shift S',
      'Ctrl Shift C',
      'Ctrl Shift U',
    ]);
  });
});
