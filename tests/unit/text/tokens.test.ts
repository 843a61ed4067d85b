import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../../../src-renderer/text/tokens';

const links = (body: string) =>
  tokenize(body).flatMap((token) => (token.type === 'link' ? [token.href] : []));

describe('message text', () => {
  it('keeps every character, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (body) => {
        expect(
          tokenize(body)
            .map((token) => token.text)
            .join(''),
        ).toBe(body);
      }),
    );
  });

  it('keeps line breaks and blank lines inside the text', () => {
    expect(tokenize('one\n\n  two\t\n')).toEqual([{ type: 'text', text: 'one\n\n  two\t\n' }]);
  });

  it.each([
    ['see https://example.org/a?b=c#d.', ['https://example.org/a?b=c#d']],
    ['(http://example.org/x)', ['http://example.org/x']],
    ['http://10.0.0.7:8080/status', ['http://10.0.0.7:8080/status']],
    ['https://localhost:7443/ws/', ['https://localhost:7443/ws/']],
    ['看https://example.org/路径，谢谢', ['https://example.org/路径']],
    ['“https://example.org/a”', ['https://example.org/a']],
    ['www.example.org', ['https://www.example.org']],
    ['write to nora@northgate.example', []],
    ['write to nora@northgate.com', ['mailto:nora@northgate.com']],
    ['mailto:nora@northgate.com', ['mailto:nora@northgate.com']],
    ['xmpp:romeo@montague.lit?message', ['xmpp:romeo@montague.lit?message']],
    ['https://a.example/1 and https://b.example/2', ['https://a.example/1', 'https://b.example/2']],
  ])('T23 finds the links of %s', (body, expected) => {
    expect(links(body)).toEqual(expected);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'ftp://example.org/x',
    'smb://server/share',
    'ms-settings:privacy',
    'vbscript:x',
    'JaVaScRiPt://example.org/%0aalert(1)',
    'README.md and main.rs and node.js',
    'a.b',
  ])('T23 leaves %s as text', (body) => {
    expect(links(body)).toEqual([]);
  });

  it('T16 says the real host of a link that can deceive', () => {
    const host = (body: string) =>
      tokenize(body).flatMap((token) => (token.type === 'link' ? [token.host] : []));
    expect(host('https://аpple.com/login')).toEqual(['xn--pple-43d.com']); // Cyrillic а
    expect(host('https://paypal.com@evil.example/')).toEqual(['evil.example']);
    expect(host('https://münchen.de/')).toEqual([null]);
    expect(host('https://例え.jp/')).toEqual([null]);
    expect(host('https://example.org/')).toEqual([null]);
  });

  it('T16 a bidi control never becomes part of a link', () => {
    expect(links('https://example.org/\u202Egpj.exe')).toEqual(['https://example.org/']);
  });

  it('splits 60,000 characters of any shape', () => {
    for (const body of [
      'a'.repeat(60_000),
      '@a'.repeat(30_000),
      '((((('.repeat(12_000),
      'http://'.repeat(8500),
      'https://example.org/a '.repeat(2700),
      '.a@b-'.repeat(12_000),
    ])
      expect(
        tokenize(body)
          .map((token) => token.text)
          .join(''),
      ).toBe(body);
  });
});
