import { describe, expect, it } from 'vitest';
import {
  offersPreApproval,
  offersRosterVersions,
  parseRoster,
  rosterGet,
  rosterSet,
} from '../../../src-main/xmpp/xep/6121-roster';
import { stanza } from '../../support/stanza';

describe('roster (RFC 6121 §2)', () => {
  it('reads items with groups, subscription and version', () => {
    const iq = stanza(
      `<iq type='result'><query xmlns='jabber:iq:roster' ver='7'>
        <item jid='romeo@x' name='Romeo' subscription='both'><group>Friends</group><group>A::B</group><group>Friends</group></item>
        <item jid='nurse@x' ask='subscribe' approved='true'/><item/></query></iq>`,
    );
    expect(parseRoster(iq)).toEqual({
      version: '7',
      items: [
        {
          ...{ jid: 'romeo@x', name: 'Romeo', groups: ['Friends', 'A::B'], subscription: 'both' },
          ...{ asked: false, approved: false },
        },
        { jid: 'nurse@x', name: null, groups: [], subscription: 'none', asked: true, approved: true },
      ],
    });
  });

  it('says null for an empty result: what is kept still holds (§2.6.3)', () => {
    expect(parseRoster(stanza("<iq type='result'/>"))).toBeNull();
  });

  it('does not believe an unknown subscription', () => {
    const iq = stanza(
      "<iq><query xmlns='jabber:iq:roster'><item jid='a@b' subscription='all'/></query></iq>",
    );
    expect(parseRoster(iq)?.items[0]?.subscription).toBe('none');
  });

  it('writes requests', () => {
    expect(rosterGet(null).toString()).toBe('<query xmlns="jabber:iq:roster"/>');
    expect(rosterGet('').toString()).toBe('<query xmlns="jabber:iq:roster" ver=""/>');
    expect(rosterSet('a@b', 'A & B', ['G']).toString()).toBe(
      '<query xmlns="jabber:iq:roster"><item jid="a@b" name="A &amp; B"><group>G</group></item></query>',
    );
  });

  it('knows from the features whether versions are kept', () => {
    expect(
      offersRosterVersions(stanza("<features><ver xmlns='urn:xmpp:features:rosterver'/></features>")),
    ).toBe(true);
    expect(offersRosterVersions(stanza('<features><ver/></features>'))).toBe(false);
  });

  it('knows from the features whether somebody can be let see us before they ask (§3.4.1)', () => {
    expect(
      offersPreApproval(stanza("<features><sub xmlns='urn:xmpp:features:pre-approval'/></features>")),
    ).toBe(true);
    expect(offersPreApproval(stanza('<features><sub/></features>'))).toBe(false);
  });
});
