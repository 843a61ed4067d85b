import { describe, expect, it } from 'vitest';
import { xml } from '../../../src-main/xmpp/element';
import { parseSpoiler, spoilerOf } from '../../../src-main/xmpp/xep/0382-spoilers';
import { stanza } from '../../support/stanza';

describe('spoilers (XEP-0382)', () => {
  it('have a hint of one line, or none, and only in their own namespace', () => {
    for (const hint of ['', 'the end'])
      expect(parseSpoiler(xml('message', { xmlns: 'jabber:client' }, spoilerOf(hint)))).toBe(hint);
    const read = (inside: string) => parseSpoiler(stanza(`<message>${inside}</message>`));
    expect(read("<spoiler xmlns='urn:xmpp:spoiler:0'> two\nlines </spoiler>")).toBe('two lines');
    expect(read(`<spoiler xmlns='urn:xmpp:spoiler:0'>${'💃'.repeat(300)}</spoiler>`)).toBe('💃'.repeat(200));
    expect(read('<spoiler>no</spoiler>')).toBeNull();
    expect(read('<body>plain</body>')).toBeNull();
  });
});
