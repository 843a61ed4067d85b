import { describe, expect, it } from 'vitest';
import { calledIn, mentionRanges, mentions } from '../../../src-shared/model/mentions';

describe('what names us', () => {
  it.each([
    ['Juliet, are you there?', true],
    ['@juliet', true],
    ['JULIET!', true],
    ['Juliets nurse', false],
    ['Xjuliet', false],
    ['你好Juliet请看', true],
    ['no', false],
  ])('%s', (body, named) => {
    expect(mentions(body, 'Juliet')).toBe(named);
    expect(mentionRanges(body, 'Juliet').length > 0).toBe(named);
  });

  it.each([
    ['hi @Juliet and juliet', 'Juliet', ['@Juliet', 'juliet']],
    ['ﬁne, 💃 Zoe\u0308 came', 'Zoë', ['Zoe\u0308']],
    ['李雯请看', '李雯', ['李雯']],
    ['Juliets Juliet', 'Juliet', ['Juliet']],
    ['', 'Juliet', []],
  ])('stands where it stands: %s', (body, nick, parts) => {
    expect(mentionRanges(body, nick).map(({ start, end }) => body.slice(start, end))).toEqual(parts);
  });
});

describe('what names us in a text of any length', () => {
  it('T15 is looked for at its beginning, and no further than the first', () => {
    const filler = 'x '.repeat(9_990);
    expect(mentions(`${filler}bob`, 'bob')).toBe(true);
    expect(mentions(`${filler}${filler}bob`, 'bob')).toBe(false);
    expect(mentionRanges(`${filler}${filler}bob`, 'bob')).toEqual([]);
    const many = 'bob '.repeat(250_000);
    expect(mentions(many, 'bob')).toBe(true);
    expect(mentionRanges(many, 'bob')).toHaveLength(5_000);
  });
});

describe('whom a text calls', () => {
  const nicks = new Set(['Romeo', 'Romeo Montague', 'Nurse', '李雯', 'the']);
  it.each([
    ['@Romeo, come', ['@Romeo']],
    ['@Romeo Montague and @Nurse', ['@Romeo Montague', '@Nurse']],
    ['Nurse: where?', ['Nurse']],
    ['Nurse, @Romeo', ['Nurse', '@Romeo']],
    ['the Nurse is here', []],
    ['@Romeos', []],
    ['me@Romeo', []],
    ['你好@李雯请看', ['@李雯']],
    ['@romeo', []],
    ['@', []],
  ])('%s', (body, called) => {
    expect(calledIn(body, nicks).map(({ start, end }) => body.slice(start, end))).toEqual(called);
  });

  it('is a limited number, and costs no time however long it is', () => {
    expect(calledIn('@Nurse '.repeat(100), nicks)).toHaveLength(20);
    expect(calledIn('@x'.repeat(50_000), nicks)).toEqual([]);
    expect(calledIn('@Nurse', new Set())).toEqual([]);
  });
});
