import { describe, expect, it } from 'vitest';
import { parseReply, quotedWords, replyParts } from '../../../src-main/xmpp/xep/0461-replies';
import { xml } from '../../../src-main/xmpp/element';
import { stanza } from '../../support/stanza';

const reply = "<reply xmlns='urn:xmpp:reply:0' to='romeo@x' id='m0'/>";
const range = (start: number | string, end: number | string, of = 'urn:xmpp:reply:0') =>
  `<fallback xmlns='urn:xmpp:fallback:0' for='${of}'><body start='${String(start)}' end='${String(end)}'/></fallback>`;
const read = (body: string, inside: string) => parseReply(stanza(`<message>${inside}</message>`), body);

describe('answers (XEP-0461)', () => {
  it('come back as they were written, whatever is in them', () => {
    for (const [words, text] of [
      ['shall we dance?', 'yes'],
      ['two\nlines', '> a quote of mine\nand more'],
      ['💃🏽 and 👩‍🚀', '💃'],
      ['Romeo:\nAy me', '  with space in front'],
    ] as const) {
      const { body, more } = replyParts({ id: 'm0', to: 'romeo@x', words }, text);
      expect(body.startsWith('> ')).toBe(true);
      expect(parseReply(xml('message', { xmlns: 'jabber:client' }, ...more), body)).toEqual({
        body: text,
        reply: { id: 'm0', to: 'romeo@x', words },
      });
    }
    expect(replyParts(undefined, 'plain')).toEqual({ body: 'plain', quote: '', more: [] });
    expect(replyParts({ id: 'm0', to: null, words: null }, 'bare').body).toBe('bare');
  });

  it('lose only what their ranges name, in code points, and nothing where those are none', () => {
    const body = '> 💃 hi\nyes';
    expect(read(body, reply + range(0, 7))).toEqual({
      body: 'yes',
      reply: { id: 'm0', to: 'romeo@x', words: '💃 hi' },
    });
    const whole = { body, reply: { id: 'm0', to: 'romeo@x', words: null } };
    for (const inside of [
      '',
      range(0, 11),
      range(5, 2),
      range(0, 400),
      range(5, 400),
      range(-1, 3),
      range('0x1', 3),
      range('', ''),
      range(0, 7, 'urn:xmpp:reactions:0'),
      range(0, 7) + range(3, 8),
      "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'/>",
      "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body/></fallback>",
      range(0, 0).repeat(11),
    ])
      expect(read(body, reply + inside), inside).toEqual(whole);
    // Without an answer a range of one takes nothing away.
    expect(read(body, range(0, 7))).toEqual({ body });
    expect(read(body, "<reply xmlns='urn:xmpp:reply:0'/>" + range(0, 7))).toEqual({ body });
    // Two parts, in whatever order.
    expect(read('> a\nyes\n> b', reply + range(8, 11) + range(0, 4))).toMatchObject({ body: 'yes\n' });
  });

  it('quote the beginning of a long message', () => {
    expect(quotedWords(' a\nb\nc\nd\ne')).toBe('a\nb\nc\nd…');
    expect([...quotedWords('💃'.repeat(500))]).toHaveLength(201);
    expect(quotedWords('short ')).toBe('short');
  });
});
