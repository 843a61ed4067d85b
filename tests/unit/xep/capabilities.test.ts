import { describe, expect, it } from 'vitest';
import { isVerified, ownVer } from '../../../src-main/session/capabilities';
import { digest } from '../../../src-main/xmpp/stream/digest';
import { infoQuery, parseInfo, type DiscoInfo } from '../../../src-main/xmpp/xep/0030-disco';
import {
  ownCaps,
  ownInfo,
  parseCaps,
  verificationString,
} from '../../../src-main/xmpp/xep/0115-capabilities';
import { stanza } from '../../support/stanza';

const read = (query: string): DiscoInfo => {
  const info = parseInfo(
    stanza(`<iq type='result'><query xmlns='http://jabber.org/protocol/disco#info'>${query}</query></iq>`),
  );
  if (!info) throw new Error('no answer');
  return info;
};
const features = ['caps', 'disco#info', 'disco#items', 'muc']
  .map((name) => `<feature var='http://jabber.org/protocol/${name}'/>`)
  .join('');
const exodus = `<identity category='client' name='Exodus 0.9.1' type='pc'/>${features}`;
const psi =
  `<identity xml:lang='en' category='client' name='Psi 0.11' type='pc'/>` +
  `<identity xml:lang='el' category='client' name='Ψ 0.11' type='pc'/>${features}` +
  `<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value>urn:xmpp:dataforms:softwareinfo</value></field>` +
  `<field var='ip_version'><value>ipv4</value><value>ipv6</value></field><field var='os'><value>Mac</value></field>` +
  `<field var='os_version'><value>10.5.1</value></field><field var='software'><value>Psi</value></field>` +
  `<field var='software_version'><value>0.11</value></field></x>`;

describe('capabilities (XEP-0115)', () => {
  it.each([
    ['the simple example', exodus, 'QgayPKawpkPSDYmwT/WM94uAlu0='],
    ['the complex example', psi, 'q07IKJEyjvHSyhy//CH0CxmKi8w='],
  ])('makes the hash of %s of the specification', (_, query, ver) => {
    const info = read(query);
    expect(digest('sha-1', verificationString(info) ?? '')).toBe(ver);
    expect(isVerified(info, { hash: 'sha-1', node: 'x', ver })).toBe(true);
  });

  it('T30 an answer that is not what the hash was made of is not believed, and neither is a hash that is no good', () => {
    const ver = 'QgayPKawpkPSDYmwT/WM94uAlu0=';
    const honest = read(exodus);
    expect(isVerified(read(`${exodus}<feature var='urn:evil'/>`), { hash: 'sha-1', node: 'x', ver })).toBe(
      false,
    );
    expect(isVerified(honest, { hash: 'sha-256', node: 'x', ver })).toBe(false);
    expect(isVerified(honest, { hash: 'md5', node: 'x', ver })).toBe(false);
    const sha256 = digest('sha-256', verificationString(honest) ?? '');
    expect(isVerified(honest, { hash: 'sha-256', node: 'x', ver: sha256 })).toBe(true);
  });

  it.each([
    ['a feature twice', `${exodus}<feature var='http://jabber.org/protocol/muc'/>`],
    ['an identity twice', `${exodus}<identity category='client' name='Exodus 0.9.1' type='pc'/>`],
    ['a form twice', `${psi}${psi.slice(psi.indexOf('<x '))}`],
    ['the separator inside a name', `<identity category='client' name='a&lt;b' type='pc'/>`],
  ])('T30 %s makes an answer ill-formed: it could be given any hash', (_, query) => {
    expect(verificationString(read(query))).toBeNull();
  });

  it('says of itself what its own hash was made of', () => {
    const answer = parseInfo(stanza(`<iq>${infoQuery(ownInfo).toString()}</iq>`));
    expect(answer).toMatchObject({ features: ownInfo.features });
    const caps = parseCaps(stanza(`<presence>${ownCaps(ownVer).toString()}</presence>`));
    expect(caps).toMatchObject({ hash: 'sha-1', ver: ownVer });
    expect(answer && caps && isVerified(answer, caps)).toBe(true);
    expect(ownInfo.features).toContain('urn:xmpp:mds:displayed:0+notify');
  });
});
