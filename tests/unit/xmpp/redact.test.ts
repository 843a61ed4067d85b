import { describe, expect, it } from 'vitest';
import { redactedXml } from '../../../src-main/xmpp/stream/redact';
import { parseXml } from '../../../src-main/xmpp/stream/strict-xml';
import { xml } from '../../../src-main/xmpp/stream/xml';

const shown = (text: string): string => {
  const parsed = parseXml(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return redactedXml(parsed.element, text);
};
const canary = 'c4n4ry';
const sasl = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'";

describe('XML as it is shown', () => {
  it.each([
    `<auth ${sasl} mechanism='PLAIN'>${canary}</auth>`,
    `<s:response xmlns:s='urn:ietf:params:xml:ns:xmpp-sasl'>${canary}</s:response>`,
    `<challenge ${sasl}>${canary}</challenge>`,
    `<success ${sasl}>${canary}</success>`,
    `<authenticate xmlns='urn:xmpp:sasl:2'><initial-response>${canary}</initial-response></authenticate>`,
    `<success xmlns='urn:xmpp:sasl:2'><token xmlns='urn:xmpp:fast:0' token='${canary}' expiry='x'/></success>`,
    `<iq xmlns='jabber:client'><query xmlns='jabber:iq:register'><username>u</username><password>${canary}</password></query></iq>`,
    `<iq xmlns='jabber:client'><x xmlns='jabber:x:data'><field var='password'><value>${canary}</value></field></x></iq>`,
    `<iq xmlns='jabber:client'><x xmlns='jabber:x:data'><field var='pin' type='text-private'><value>${canary}</value></field></x></iq>`,
    `<presence xmlns='jabber:client'><x xmlns='http://jabber.org/protocol/muc'><password>${canary}</password></x></presence>`,
    `<iq xmlns='jabber:client'><query xmlns='jabber:iq:auth'><digest>${canary}</digest></query></iq>`,
  ])('T25 hides the secret of %s', (text) => {
    expect(shown(text)).not.toContain(canary);
    expect(shown(text)).toContain('[hidden]');
  });

  it('T25 hides a secret that looks like markup', () => {
    const query = xml('query', { xmlns: 'jabber:iq:register' }, xml('password', {}, '</password>c4n4ry'));
    expect(redactedXml(query)).not.toContain(canary);
  });

  it('leaves everything else as it came', () => {
    const text = "<message  xmlns='jabber:client' to='a@b'><body>my password is  in my head</body></message>";
    expect(shown(text)).toBe(text);
  });
});
