import { describe, expect, it } from 'vitest';
import { parseAffiliations } from '../../../src-main/xmpp/xep/0045-affiliations';
import { stanza } from '../../support/stanza';

const item = (jid: string, affiliation = 'outcast', reason = ''): string =>
  `<item jid='${jid}' affiliation='${affiliation}'>${reason}</item>`;
const listOf = (...items: readonly string[]) =>
  parseAffiliations(
    stanza(
      `<iq type='result'><query xmlns='http://jabber.org/protocol/muc#admin'>${items.join('')}</query></iq>`,
    ),
    'outcast',
  );

describe('the list of those who have a place in a room', () => {
  it('has each of those who were asked for once, and no other', () => {
    expect(
      listOf(
        item('a@x', 'outcast', '<reason> Noise </reason>'),
        item('a@x/y'),
        item('b@x', 'owner'),
        item('@@'),
      ),
    ).toEqual([{ jid: 'a@x', reason: null }]);
  });

  it('T15 ends at so many, whoever they are', () => {
    const all = Array.from({ length: 5_000 }, (_, n) => item(n === 0 ? 'a@x' : '@@'));
    expect(listOf(...all, item('late@x')).map(({ jid }) => jid)).toEqual(['a@x']);
  });
});
