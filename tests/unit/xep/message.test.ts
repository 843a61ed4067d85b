import { describe, expect, it } from 'vitest';
import { parseChatState } from '../../../src-main/xmpp/xep/0085-chat-states';
import { parseReceipt, receipt, wantsReceipt } from '../../../src-main/xmpp/xep/0184-receipts';
import { parseDelay } from '../../../src-main/xmpp/xep/0203-delay';
import { parseOriginId } from '../../../src-main/xmpp/xep/0359-stanza-ids';
import { parseError } from '../../../src-main/xmpp/xep/6120-stanza-error';
import { chatMessage, messageType, parseBody } from '../../../src-main/xmpp/xep/6121-message';
import { trustedTime } from '../../../src-main/xmpp/guards/delay';
import { xmlText } from '../../../src-main/xmpp/guards/xml-text';
import { stanza } from '../../support/stanza';

describe('messages (RFC 6121 §5)', () => {
  it('writes one identity, asks for receipt, marker and keeping, and says `active`', () => {
    const message = chatMessage('romeo@x', 'id1', '<&>"\'');
    expect(message.toString()).toBe(
      '<message to="romeo@x" id="id1" type="chat"><body>&lt;&amp;&gt;"\'</body>' +
        '<origin-id xmlns="urn:xmpp:sid:0" id="id1"/><request xmlns="urn:xmpp:receipts"/>' +
        '<markable xmlns="urn:xmpp:chat-markers:0"/>' +
        '<active xmlns="http://jabber.org/protocol/chatstates"/><store xmlns="urn:xmpp:hints"/></message>',
    );
  });

  it('reads what it writes', () => {
    const body = 'line 1\n\nline 3 👩‍👩‍👧 我 שלום <b>no</b>';
    const message = stanza(chatMessage('romeo@x', 'id1', body).toString());
    expect(parseBody(message)).toBe(body);
    expect(parseOriginId(message)).toBe('id1');
    expect(parseChatState(message)).toBe('active');
    expect(wantsReceipt(message)).toBe(true);
    expect(messageType(message)).toBe('chat');
  });

  it('T13 reads the plain body, never XHTML-IM', () => {
    const html =
      "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'><b>x</b></body></html>";
    expect(parseBody(stanza(`<message>${html}<body>plain</body></message>`))).toBe('plain');
    expect(parseBody(stanza(`<message>${html}</message>`))).toBeNull();
  });

  it('reads receipts, delays and errors', () => {
    expect(parseReceipt(stanza(receipt('a@b/c', 'id7').toString()))).toBe('id7');
    const delayed =
      "<message><delay xmlns='urn:xmpp:delay' from='x' stamp='2026-11-24T10:00:00Z'/></message>";
    // The end of that second, so that it does not stand before what came earlier in it.
    expect(parseDelay(stanza(delayed))).toEqual({ from: 'x', at: Date.UTC(2026, 10, 24, 10, 0, 0, 999) });
    const exact = delayed.replace('00Z', '00.250Z');
    expect(parseDelay(stanza(exact))?.at).toBe(Date.UTC(2026, 10, 24, 10, 0, 0, 250));
    expect(parseDelay(stanza("<message><delay xmlns='urn:xmpp:delay' stamp='soon'/></message>"))).toBeNull();
    const stanzas = 'urn:ietf:params:xml:ns:xmpp-stanzas';
    const error = `<message type='error'><error type='wait'><text xmlns='${stanzas}'>Later</text><resource-constraint xmlns='${stanzas}'/></error></message>`;
    expect(parseError(stanza(error))).toEqual({
      condition: 'resource-constraint',
      type: 'wait',
      text: 'Later',
    });
    expect(parseError(stanza("<message type='error'/>")).condition).toBe('undefined-condition');
  });

  it('T12 honours a stamp only of the own server or account, within reason', () => {
    const own = { bare: 'juliet@x', domain: 'x' };
    const now = Date.UTC(2026, 10, 24);
    expect(trustedTime({ from: 'x', at: now - 5000 }, own, now)).toBe(now - 5000);
    expect(trustedTime({ from: 'juliet@x', at: now - 5000 }, own, now)).toBe(now - 5000);
    expect(trustedTime({ from: 'romeo@x', at: now - 5000 }, own, now)).toBe(now);
    expect(trustedTime({ from: null, at: now - 5000 }, own, now)).toBe(now);
    expect(trustedTime({ from: 'x', at: now + 86_400_000 }, own, now)).toBe(now);
    expect(trustedTime({ from: 'x', at: 0 }, own, now)).toBe(now);
  });

  it('takes out what XML forbids and keeps everything else as typed', () => {
    expect(xmlText('a\u0000b\u0007c\u001fd\ud800e\ufffef')).toBe('abcdef');
    expect(xmlText('tab\t line\r\nline\rend')).toBe('tab\t line\nline\nend');
    expect(xmlText('👩‍👩‍👧 𝒳 \u202eשלום <&>"\'')).toBe('👩‍👩‍👧 𝒳 \u202eשלום <&>"\'');
  });
});
