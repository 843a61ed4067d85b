import { describe, expect, it } from 'vitest';
import { xml } from '../../../src-main/xmpp/element';
import { hatsForm, parseHats } from '../../../src-main/xmpp/xep/0317-hats';

const hats = (form: string, ...titles: readonly string[]) =>
  xml(
    'presence',
    {},
    xml('hats', { xmlns: form }, ...titles.map((title) => xml('hat', { title, uri: title }))),
  );

describe('hats (XEP-0317)', () => {
  it('are few, short, each once, and have a title', () => {
    const many = ['Host', ' Host ', '', 'x'.repeat(500), 'c', 'd', 'e', 'f'];
    expect(parseHats(hats('urn:xmpp:hats:0', ...many))).toEqual({
      'urn:xmpp:hats:0': ['Host', `${'x'.repeat(59)}…`, 'c', 'd', 'e'],
    });
    expect(parseHats(hats('urn:example:hats', 'Host'))).toEqual({});
  });

  it('are given by rooms that say so, in the form of today or the one before', () => {
    expect(hatsForm(['http://jabber.org/protocol/muc'])).toBeNull();
    expect(hatsForm(['xmpp:prosody.im/protocol/hats:1'])).toBe('xmpp:prosody.im/protocol/hats:1');
    expect(hatsForm(['xmpp:prosody.im/protocol/hats:1', 'urn:xmpp:hats:0'])).toBe('urn:xmpp:hats:0');
  });
});
