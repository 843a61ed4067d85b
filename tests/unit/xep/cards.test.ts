import { describe, expect, it } from 'vitest';
import { parseLast } from '../../../src-main/xmpp/xep/0012-last-activity';
import { parseVcard, vcardOf, vcardPhoto } from '../../../src-main/xmpp/xep/0054-vcard';
import { parseVcard4 } from '../../../src-main/xmpp/xep/0292-vcard4';
import { emptyCard, isEmptyCard } from '../../../src-shared/model/card';
import { stanza } from '../../support/stanza';

const old = (inner: string) =>
  vcardOf(stanza(`<iq type='result'><vCard xmlns='vcard-temp'>${inner}</vCard></iq>`))!;
const newer = (inner: string, node = 'urn:xmpp:vcard4') =>
  stanza(
    `<iq type='result'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='${node}'><item id='current'><vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'>${inner}</vcard></item></items></pubsub></iq>`,
  );

describe('vcard-temp (XEP-0054)', () => {
  it('is read as Spark and Gajim write it', () => {
    const card = old(
      `<N><FAMILY>Capulet</FAMILY><GIVEN>Juliet</GIVEN></N><FN>Juliet Capulet</FN><NICKNAME>Jule</NICKNAME>
       <ORG><ORGNAME>Capulet &amp; Co</ORGNAME><ORGUNIT>Balcony</ORGUNIT></ORG><TITLE>Heiress</TITLE><ROLE>Daughter</ROLE><URL>https://capulet.example</URL>
       <TEL><WORK/><VOICE/><NUMBER>+39 1</NUMBER></TEL><TEL><HOME/><CELL/><NUMBER>+39 2</NUMBER></TEL><TEL><NUMBER/></TEL>
       <EMAIL><HOME/><USERID>j@example.org</USERID></EMAIL>
       <ADR><WORK/><STREET>Via Cappello 23</STREET><PCODE>37121</PCODE><LOCALITY>Verona</LOCALITY><REGION/><CTRY>Italy</CTRY></ADR>
       <BDAY>1583-07-31</BDAY><DESC> Parting is such sweet sorrow. </DESC>
       <PHOTO><TYPE>image/png</TYPE><BINVAL>AAAA</BINVAL></PHOTO>`,
    );
    expect(parseVcard(card)).toEqual({
      fullName: 'Juliet Capulet',
      nickname: 'Jule',
      organisation: 'Capulet & Co, Balcony',
      title: 'Heiress',
      role: 'Daughter',
      phones: [
        { kind: 'work', value: '+39 1' },
        { kind: 'mobile', value: '+39 2' },
      ],
      mails: [{ kind: 'home', value: 'j@example.org' }],
      addresses: [{ kind: 'work', value: 'Via Cappello 23, 37121, Verona, Italy' }],
      url: 'https://capulet.example',
      birthday: '1583-07-31',
      note: 'Parting is such sweet sorrow.',
    });
    expect(vcardPhoto(card)).toBe('AAAA');
  });
  it('is empty where nothing is in it, and the name is put together where only its parts are', () => {
    expect(parseVcard(old('<FN/><NICKNAME> </NICKNAME>'))).toEqual(emptyCard);
    expect(isEmptyCard(parseVcard(old('')))).toBe(true);
    expect(vcardPhoto(old(''))).toBeNull();
    expect(parseVcard(old('<N><FAMILY>Li</FAMILY><GIVEN>Wen</GIVEN></N>')).fullName).toBe('Wen Li');
    expect(vcardOf(stanza(`<iq><vCard xmlns='evil'/></iq>`))).toBeNull();
  });
  it('is cut off where it is endless', () => {
    const card = parseVcard(
      old(
        `<FN>${'x'.repeat(9000)}</FN>${'<TEL><NUMBER>1</NUMBER></TEL>'.repeat(99)}<DESC>${'y'.repeat(9000)}</DESC>`,
      ),
    );
    expect(card.fullName).toHaveLength(300);
    expect(card.phones).toHaveLength(10);
    expect(card.note).toHaveLength(2000);
  });
});

describe('vCard4 (XEP-0292)', () => {
  it('is read from its node alone', () => {
    const inner = `<fn><text>Juliet Capulet</text></fn><nickname><text>Jule</text></nickname>
      <org><text>Capulet</text><text>Balcony</text></org><title><text>Heiress</text></title><role><text>Daughter</text></role>
      <url><uri>https://capulet.example</uri></url>
      <tel><parameters><type><text>work</text><text>cell</text></type></parameters><uri>tel:+39-2</uri></tel>
      <email><parameters><type><text>work</text></type></parameters><text>j@example.org</text></email>
      <adr><street>Via Cappello 23</street><locality>Verona</locality></adr>
      <bday><date>1583-07-31</date></bday><note><text>Sorrow</text></note>`;
    expect(parseVcard4(newer(inner))).toEqual({
      fullName: 'Juliet Capulet',
      nickname: 'Jule',
      organisation: 'Capulet, Balcony',
      title: 'Heiress',
      role: 'Daughter',
      phones: [{ kind: 'mobile', value: '+39-2' }],
      mails: [{ kind: 'work', value: 'j@example.org' }],
      addresses: [{ kind: null, value: 'Via Cappello 23, Verona' }],
      url: 'https://capulet.example',
      birthday: '1583-07-31',
      note: 'Sorrow',
    });
    expect(parseVcard4(newer(inner, 'other'))).toBeNull();
    expect(parseVcard4(newer(''))).toEqual(emptyCard);
  });
});

describe('last activity (XEP-0012)', () => {
  it('is a number of seconds, or nothing', () => {
    const answer = (seconds: string) =>
      parseLast(
        stanza(`<iq type='result'><query xmlns='jabber:iq:last' seconds='${seconds}'>bye</query></iq>`),
      );
    expect(answer('903')).toBe(903);
    for (const bad of ['', '-1', '1e9', 'x', '9'.repeat(11)]) expect(answer(bad)).toBeNull();
    expect(parseLast(stanza(`<iq type='result'/>`))).toBeNull();
  });
});
