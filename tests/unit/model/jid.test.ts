import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareJid, parseJid } from '../../../src-shared/model/jid';
import { domainPart } from '../../../src-shared/model/precis/domain';
import { lookAlike, mixedScripts } from '../../../src-shared/model/precis/look-alike';
import { opaqueString, usernameCaseMapped } from '../../../src-shared/model/precis/profiles';
import { decodePunycode, encodePunycode } from '../../../src-shared/model/precis/punycode';

describe('addresses', () => {
  it.each([
    ['juliet@example.com', 'juliet@example.com', null],
    ['juliet@example.com/foo', 'juliet@example.com', 'foo'],
    ['juliet@example.com/foo bar', 'juliet@example.com', 'foo bar'],
    ['juliet@example.com/foo@bar', 'juliet@example.com', 'foo@bar'],
    ['foo\\20bar@example.com', 'foo\\20bar@example.com', null],
    ['fussball@example.com', 'fussball@example.com', null],
    ['fu\u00DFball@example.com', 'fu\u00DFball@example.com', null],
    ['\u03C0@example.com', '\u03C0@example.com', null],
    ['\u03A3@example.com/foo', '\u03C3@example.com', 'foo'],
    ['\u03C3@example.com/foo', '\u03C3@example.com', 'foo'],
    ['\u03C2@example.com/foo', '\u03C2@example.com', 'foo'],
    ['king@example.com/\u265A', 'king@example.com', '\u265A'],
    ['example.com', 'example.com', null],
    ['example.com/foobar', 'example.com', 'foobar'],
    ['a.example.com/b@example.net', 'a.example.com', 'b@example.net'],
  ])('T16 RFC 7622 §3.5 takes %s', (text, bare, resource) => {
    expect(parseJid(text)).toMatchObject({ bare, resource });
  });

  it.each([
    '"juliet"@example.com',
    'foo bar@example.com',
    '@example.com/',
    'henry\u2163@example.com',
    '\u265A@example.com',
    'juliet@',
    '/foobar',
    '',
    'a@b@c',
    'juliet@example.com/',
    'ju\u00ADliet@example.com',
    'jul\u200Biet@example.com',
    'jul\u202Eiet@example.com',
    'juliet@exa mple.com',
    'juliet@.example.com',
    'juliet@example..com',
    'juliet@-example.com',
    'juliet@xn--a.com',
    'juliet@xn--80ak6aa92e-.com',
    'juliet@exam\u202Eple.com',
    'juliet@\u0301example.com',
    'juliet@[::zz]',
    'juliet@example.com/a\u0007',
  ])('T16 refuses %j', (text) => {
    expect(parseJid(text)).toBeNull();
  });

  it('T16 has one form for all ways to write the same address', () => {
    const one = (...texts: readonly string[]): number => new Set(texts.map(bareJid)).size;
    expect(one('Juliet@Example.COM', 'juliet@example.com.', 'ｊｕｌｉｅｔ@ｅｘａｍｐｌｅ．ｃｏｍ')).toBe(1);
    expect(one('re\u0301mi@example.com', 'r\u00E9mi@example.com', 'RÉMI@example.com')).toBe(1);
    expect(one('a@bücher.example', 'a@BÜCHER.example', 'a@xn--bcher-kva.example')).toBe(1);
    expect(one('a@例え。テスト', 'a@例え.テスト', 'a@xn--r8jz45g.xn--zckzah')).toBe(1);
    expect(one('a@[::1]', 'a@[0:0::1]')).toBe(1);
    expect(one('a@192.0.2.1')).toBe(1);
    expect(bareJid('a@conference_x.example')).toBe('a@conference_x.example');
  });

  it('T16 no part is longer than 1,023 octets', () => {
    expect(parseJid(`${'a'.repeat(1023)}@b.c`)).not.toBeNull();
    expect(parseJid(`${'a'.repeat(1024)}@b.c`)).toBeNull();
    expect(parseJid(`${'é'.repeat(512)}@b.c`)).toBeNull();
    expect(parseJid(`a@b.c/${'x'.repeat(1023)}`)).not.toBeNull();
    expect(parseJid(`a@b.c/${'é'.repeat(512)}`)).toBeNull();
    expect(parseJid(`a@${'b.'.repeat(600)}c`)).toBeNull();
    expect(parseJid(`a@${'b'.repeat(64)}`)).toBeNull();
  });

  it('T16 right-to-left names show in one order only', () => {
    expect(bareJid('شمس@example.com')).toBe('شمس@example.com');
    expect(bareJid('שלום1@example.com')).not.toBeNull();
    expect(parseJid('abcש@example.com')).toBeNull();
    expect(parseJid('שabcש@example.com')).toBeNull();
    expect(parseJid('1ש@example.com')).toBeNull();
    expect(parseJid('ש-@example.com')).toBeNull();
    expect(parseJid('س١2@example.com')).toBeNull();
  });

  it('T16 joiners and dots stand only where their neighbours make sense of them', () => {
    expect(bareJid('می\u200Cخواهم@example.com')).not.toBeNull();
    expect(bareJid('क्\u200Dष@example.com')).not.toBeNull();
    expect(parseJid('a\u200Db@example.com')).toBeNull();
    expect(parseJid('a\u200Cb@example.com')).toBeNull();
    expect(bareJid('col·lega@example.com')).not.toBeNull();
    expect(bareJid('COL·LEGA@example.com')).toBe('col·lega@example.com');
    expect(parseJid('a·b@example.com')).toBeNull();
    expect(bareJid('カ・カ@example.com')).not.toBeNull();
    expect(parseJid('a・b@example.com')).toBeNull();
    expect(parseJid('س٠۰@example.com')).toBeNull();
  });

  it('a resource that an older server hands out is taken as it is', () => {
    expect(parseJid('a@b.c/👩\u200D💻 ❤\uFE0F')?.resource).toBe('👩\u200D💻 ❤\uFE0F');
  });
});

describe('the profiles of RFC 8265', () => {
  it('T16 OpaqueString', () => {
    expect(opaqueString('Correct Horse Battery Staple')).toBe('Correct Horse Battery Staple');
    expect(opaqueString('\u03C0\u00DF\u00E5')).toBe('\u03C0\u00DF\u00E5');
    expect(opaqueString('Jack of \u2666s')).toBe('Jack of \u2666s');
    expect(opaqueString('foo\u1680bar')).toBe('foo bar');
    expect(opaqueString('')).toBeNull();
    expect(opaqueString('my cat is a \u0009by')).toBeNull();
  });

  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.string({
      unit: fc.constantFrom(
        ...Array.from(
          'aA.-@/"ß\u03A3\u03C2\u0130\u212A\uFF21\u0301\u200D\u094D\u0915ش\u06F1\u0661l·例\u1E9E',
        ),
      ),
      maxLength: 8,
    }),
  );
  it.each([
    ['UsernameCaseMapped', usernameCaseMapped],
    ['OpaqueString', opaqueString],
    ['the domain', domainPart],
  ])('T16 %s: what it gives, it leaves as it is', (_name, enforce) => {
    fc.assert(
      fc.property(text, (given) => {
        const once = enforce(given);
        if (once !== null) expect(enforce(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });
  it('T16 an address is read the same from its own text', () => {
    fc.assert(
      fc.property(text, text, text, (local, host, resource) => {
        const jid = parseJid(`${local}@${host}/${resource}`) ?? parseJid(`${local}@b.c/${resource}`);
        if (jid) expect(parseJid(`${jid.bare}/${jid.resource ?? ''}`)).toEqual(jid);
      }),
      { numRuns: 3000 },
    );
  });

  it('Punycode, RFC 3492 §7.1', () => {
    for (const [label, code] of [
      ['ليهمابتكلموشعربي؟', 'egbpdaj6bu4bxfgehfvwxn'],
      ['他们为什么不说中文', 'ihqwcrb4cv8a8dqg056pqjye'],
      ['pročprostěnemluvíčesky', 'proprostnemluvesky-uyb24dma41a'],
      ['3年b組金八先生', '3b-ww4c5e180e575a65lsy2b'],
    ] as const) {
      expect(encodePunycode(label)).toBe(code);
      expect(decodePunycode(code)).toBe(label);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (label) => {
        expect(decodePunycode(encodePunycode(label))).toBe(label);
      }),
    );
    fc.assert(fc.property(fc.string({ maxLength: 30 }), (noise) => void decodePunycode(noise)));
  });
});

describe('look-alikes', () => {
  it.each([
    'p\u0430ypal@example.com',
    'juliet@ex\u0430mple.com',
    '\u0430\u0440\u0440\u04CF\u0435@example.com',
    'juliet@\u0430\u0440\u0440\u04CF\u0435.com',
    'gο\u03BFgle@example.com',
    'ad\u0561m@example.com',
  ])('T16 %s gets the mark', (jid) => {
    expect(mixedScripts(jid)).toBe(true);
  });

  it.each([
    'juliet@example.com',
    'rémi.o-neill@bücher.example',
    'иван@пример.рф',
    'иван@example.com',
    '王子轩@例子.中国',
    'ラーメンramen食べる@example.jp',
    '김치kimchi@example.kr',
    'شمس@example.com',
    'δημήτρης@example.gr',
    'शर्मा2@example.in',
    'user1_2@example.com/каналaбв',
  ])('T16 %s does not', (jid) => {
    expect(mixedScripts(jid)).toBe(false);
  });

  it('T16 tells whom an address could be taken for', () => {
    const known = ['juliet@example.com', 'romeo@example.com', 'maria@modern.example'];
    expect(lookAlike('jul\u0456et@example.com', known)).toBe('juliet@example.com');
    expect(lookAlike('rome0@example.com', known)).toBe('romeo@example.com');
    expect(lookAlike('maria@modem.example', known)).toBe('maria@modern.example');
    expect(lookAlike('juliet@example.com', known)).toBeNull();
    expect(lookAlike('nurse@example.com', known)).toBeNull();
  });
});
