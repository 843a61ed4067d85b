import { describe, expect, it } from 'vitest';
import { vcardOf } from '../../../src-main/xmpp/xep/0054-vcard';
import { editVcard, vcardProfile, withPhoto } from '../../../src-main/xmpp/xep/0054-vcard-edit';
import { vcard4Of } from '../../../src-main/xmpp/xep/0292-vcard4';
import { editVcard4, vcard4Profile } from '../../../src-main/xmpp/xep/0292-vcard4-edit';
import { emptyProfile, mergeProfile, profileFields, type Profile } from '../../../src-shared/model/profile';
import { stanza } from '../../support/stanza';

const old = (inner: string) =>
  vcardOf(stanza(`<iq type='result'><vCard xmlns='vcard-temp'>${inner}</vCard></iq>`))!;
const newer = (inner: string) =>
  vcard4Of(
    stanza(
      `<iq type='result'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:vcard4'><item id='current'><vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'>${inner}</vcard></item></items></pubsub></iq>`,
    ),
  )!.card;

const OLD = `<N><FAMILY>Capulet</FAMILY><GIVEN>Juliet</GIVEN><PREFIX>Lady</PREFIX></N><FN>Juliet Capulet</FN>
  <ORG><ORGNAME>Capulet</ORGNAME><ORGUNIT>Balcony</ORGUNIT><ORGUNIT>East</ORGUNIT></ORG>
  <TEL><WORK/><VOICE/><PREF/><NUMBER>+39 1</NUMBER></TEL><TEL><PAGER/><NUMBER/></TEL><TEL><HOME/><CELL/><NUMBER>+39 2</NUMBER></TEL>
  <EMAIL><INTERNET/><USERID>j@example.org</USERID></EMAIL><ADR><WORK/><POBOX>7</POBOX><STREET>Via Cappello</STREET></ADR>
  <ADR><HOME/><STREET>Elsewhere</STREET></ADR><BDAY>15830731</BDAY><ROLE>Heiress</ROLE><PHOTO><TYPE>image/png</TYPE><BINVAL>AAAA</BINVAL></PHOTO>
  <x:note xmlns:x='urn:theirs'><x:deep at='1'/></x:note>`;
const NEW = `<fn><text>Juliet Capulet</text></fn><n><surname>Capulet</surname><given>Juliet</given><additional>M</additional></n>
  <org><parameters><language><language-tag>it</language-tag></language></parameters><text>Capulet</text><text>Balcony</text><text>East</text></org>
  <tel><parameters><pref><integer>1</integer></pref><type><text>work</text><text>voice</text></type></parameters><uri>tel:+39 1</uri></tel>
  <adr><pobox>7</pobox><street>Via Cappello</street></adr><bday><date>15830731</date></bday><gender><sex>F</sex></gender>`;
const change = (profile: Profile, patch: Partial<Profile>): Profile => ({ ...profile, ...patch });

describe('one’s own vcard-temp (XEP-0054)', () => {
  it('is read in the parts that can be changed', () => {
    expect(vcardProfile(old(OLD))).toMatchObject({
      fullName: 'Juliet Capulet',
      given: 'Juliet',
      unit: 'Balcony',
      birthday: '1583-07-31',
      title: '',
      phones: [
        { kind: 'work', value: '+39 1' },
        { kind: 'mobile', value: '+39 2' },
      ],
      address: { street: 'Via Cappello', code: '' },
    });
    expect(vcardProfile(null)).toEqual(emptyProfile);
  });

  it('keeps all that it is not about, and says what it is about', () => {
    const card = old(OLD);
    const now = vcardProfile(card);
    const next = change(now, {
      family: 'Montague',
      title: 'Bride',
      url: 'https://montague.example',
      organisation: '',
      phones: [
        { kind: 'mobile', value: '+39 2' },
        { kind: 'work', value: '+39 9' },
        { kind: null, value: '+39 3' },
      ],
      address: { ...now.address, locality: 'Verona' },
    });
    const made = editVcard(card, next, profileFields).toString();
    expect(vcardProfile(old(made.replace(/^<vCard[^>]*>|<\/vCard>$/gu, '')))).toEqual(next);
    for (const kept of [
      '<PREFIX>Lady</PREFIX>',
      '<ORGUNIT>East</ORGUNIT>',
      '<TEL><PAGER/><NUMBER/></TEL>',
      '<TEL><WORK/><VOICE/><PREF/><NUMBER>+39 9</NUMBER></TEL>',
      '<POBOX>7</POBOX>',
      '<ADR><HOME/><STREET>Elsewhere</STREET></ADR>',
      '<ROLE>Heiress</ROLE>',
      '<BINVAL>AAAA</BINVAL>',
      // What was declared further up is written where it is needed.
      '<note xmlns="urn:theirs"><deep at="1"/></note>',
      '<BDAY>15830731</BDAY>',
    ])
      expect(made).toContain(kept);
  });

  it('loses a part that is emptied, and says nothing of what was never said', () => {
    const card = old('<N><GIVEN>Juliet</GIVEN></N><NICKNAME>Jule</NICKNAME>');
    const next = change(vcardProfile(card), { given: '', nickname: '' });
    expect(editVcard(card, next, profileFields).toString()).toBe('<vCard xmlns="vcard-temp"/>');
    expect(editVcard(null, change(emptyProfile, { fullName: 'A & B' }), profileFields).toString()).toBe(
      '<vCard xmlns="vcard-temp"><FN>A &amp; B</FN></vCard>',
    );
    // A field that was not changed stays as it is, whatever the other card says of it.
    expect(editVcard(card, next, ['given']).toString()).toContain('<NICKNAME>Jule</NICKNAME>');
  });

  it('has its picture changed alone (XEP-0153)', () => {
    const made = withPhoto(old(OLD), { type: 'image/jpeg', data: 'BBBB' }).toString();
    expect(made).toContain('<PHOTO><TYPE>image/jpeg</TYPE><BINVAL>BBBB</BINVAL></PHOTO>');
    expect(made).not.toContain('AAAA');
    expect(made).toContain('<FN>Juliet Capulet</FN>');
    expect(withPhoto(old(OLD), null).toString()).not.toContain('PHOTO');
    expect(withPhoto(null, null).toString()).toBe('<vCard xmlns="vcard-temp"/>');
  });
});

describe('one’s own vCard4 (XEP-0292)', () => {
  it('keeps all that it is not about, and says what it is about', () => {
    const card = newer(NEW);
    const now = vcard4Profile(card);
    expect(now).toMatchObject({ given: 'Juliet', unit: 'Balcony', birthday: '1583-07-31' });
    const next = change(now, {
      given: 'Giulietta',
      unit: 'Garden',
      birthday: '1584-01-02',
      nickname: 'Jule',
      role: 'Daughter',
      url: 'https://montague.example',
      phones: [{ kind: 'mobile', value: '+39 1' }],
      mails: [{ kind: 'home', value: 'j@example.org' }],
    });
    const made = editVcard4(card, next, profileFields).toString();
    expect(vcard4Profile(newer(made.replace(/^<vcard[^>]*>|<\/vcard>$/gu, '')))).toEqual(next);
    for (const kept of [
      '<additional>M</additional>',
      '<text>East</text>',
      '<language-tag>it</language-tag>',
      '<type><text>cell</text><text>voice</text></type><pref><integer>1</integer></pref>',
      '<pobox>7</pobox>',
      '<gender><sex>F</sex></gender>',
      '<bday><date>15840102</date></bday>',
      '<url><uri>https://montague.example</uri></url>',
    ])
      expect(made).toContain(kept);
  });

  it('is made where there is none', () => {
    const next = change(emptyProfile, {
      organisation: 'Capulet',
      birthday: 'in July',
      mails: [{ kind: null, value: 'a@b' }],
    });
    const made = editVcard4(null, next, profileFields).toString();
    expect(made).toContain('<org><text>Capulet</text></org>');
    expect(made).toContain('<bday><text>in July</text></bday>');
    expect(vcard4Profile(newer(made.replace(/^<vcard[^>]*>|<\/vcard>$/gu, '')))).toEqual(next);
  });
});

describe('changes from two devices', () => {
  const base = change(emptyProfile, { fullName: 'Juliet', title: 'Heiress' });
  it('come together where they are about different things', () => {
    expect(
      mergeProfile(base, change(base, { title: 'Bride' }), change(base, { note: 'From the phone' })),
    ).toEqual(change(base, { title: 'Bride', note: 'From the phone' }));
    expect(
      mergeProfile(base, change(base, { title: 'Bride' }), change(base, { title: 'Bride' })),
    ).not.toBeNull();
  });
  it('clash where both changed the same, each to something else', () => {
    expect(mergeProfile(base, change(base, { title: 'Bride' }), change(base, { title: 'Lady' }))).toBeNull();
  });
});
