import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterEntries, kindOf } from '../../../src-renderer/features/console/entries';
import { xmlText } from '../../../src-renderer/features/console/xml-nodes';
import type { XmlEntry } from '../../../src-shared/model/connection';

describe('XML for the eye', () => {
  it('is one element a line, with text on the line of its element', () => {
    expect(xmlText('<message to="a@b"><body>Hi  there</body><x xmlns="urn:x"/><e></e></message>')).toBe(
      [
        '<message to="a@b">',
        '  <body>Hi  there</body>',
        '  <x xmlns="urn:x"/>',
        '  <e></e>',
        '</message>',
      ].join('\n'),
    );
  });

  it('keeps mixed content and quotes of both kinds', () => {
    expect(xmlText(`<a b='"'>x<c/>y</a>`)).toBe(`<a b='"'>\n  x\n  <c/>\n  y\n</a>`);
  });

  it('loses nothing but white space, however broken the XML is', () => {
    const bare = (text: string) => text.replace(/\s/g, '');
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      '<a>',
      '</a>',
      '<b c="d"/>',
      "'",
      '"',
      '=',
      ' ',
      '\n',
      'text',
      '<!--',
      '-->',
      '&lt;',
      '<![CDATA[',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
        expect(bare(xmlText(parts.join('')))).toBe(bare(parts.join('')));
      }),
    );
  });

  it('gets through what is made to be slow', () => {
    for (const text of [
      '<a '.repeat(15_000),
      '<a b="'.repeat(8000),
      '<'.repeat(49_000),
      `<a${' b'.repeat(20_000)}`,
    ])
      expect(xmlText(text).length).toBeGreaterThan(0);
  });
});

describe('the console’s filter', () => {
  const entry = (id: number, direction: 'in' | 'out', xml: string): XmlEntry => ({
    id,
    at: 0,
    direction,
    step: null,
    xml,
  });
  const entries = [
    entry(1, 'in', '<message><body>Hello</body></message>'),
    entry(2, 'out', '<iq type="get"/>'),
    entry(3, 'in', '<presence/>'),
    entry(4, 'in', '<messages-of-another-kind/>'),
  ];
  const ids = (filter: Partial<Parameters<typeof filterEntries>[1]>) =>
    filterEntries(entries, { text: '', kind: 'all', direction: 'both', ...filter }).map(({ id }) => id);

  it('goes by kind, direction and text', () => {
    expect(ids({})).toEqual([1, 2, 3, 4]);
    expect(ids({ kind: 'message' })).toEqual([1]);
    expect(ids({ kind: 'other' })).toEqual([4]);
    expect(ids({ direction: 'out' })).toEqual([2]);
    expect(ids({ text: ' hello ' })).toEqual([1]);
    expect(kindOf('<open xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>')).toBe('other');
  });
});
