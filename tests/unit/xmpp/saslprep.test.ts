import { describe, expect, it } from 'vitest';
import { prepared, saslprep } from '../../../src-main/xmpp/stream/sasl/saslprep';

describe('SASLprep', () => {
  it.each([
    ['I\u00ADX', 'IX'],
    ['user', 'user'],
    ['USER', 'USER'],
    ['\u00AA', 'a'],
    ['\u2168', 'IX'],
    ['\u0007', null],
    ['\u0627\u0031', null],
  ])('RFC 4013 §3: %j becomes %j', (text, expected) => {
    expect(saslprep(text)).toBe(expected);
  });

  it.each([
    ['a\u00A0b', 'a b'],
    ['a\u3000b', 'a b'],
    ['пароль', 'пароль'],
    ['密码', '密码'],
    ['שלום', 'שלום'],
    ['סיסמה1', null],
    ['\uE000', null],
    ['a\u200Eb', null],
    ['\uFFFD', null],
    ['😀', '😀'],
  ])('prepares %j to %j', (text, expected) => {
    expect(saslprep(text)).toBe(expected);
  });

  it('leaves what it forbids as it was typed', () => {
    expect(prepared('tab\there')).toBe('tab\there');
  });
});
