import { describe, expect, it } from 'vitest';
import { mentionsOf } from '../../../src-main/session/mentions-out';
import { xml } from '../../../src-main/xmpp/element';
import { mentionElements, parseMentions } from '../../../src-main/xmpp/xep/0372-references';
import { stanza } from '../../support/stanza';

const room = 'verona@rooms.x';
const reference = (uri: string, type = 'mention') =>
  `<reference xmlns='urn:xmpp:reference:0' type='${type}' begin='0' end='1' uri='${uri}'/>`;
const read = (inside: string) => parseMentions(stanza(`<message>${inside}</message>`));

describe('mentions (XEP-0372)', () => {
  it('count code points of the whole body, quote and all, and name the occupant’s address', () => {
    const [one] = mentionsOf(room, new Set(['Zoë @ home']), '💃 @Zoë @ home!', '> 💃\n');
    expect(one?.attrs).toMatchObject({
      type: 'mention',
      begin: '6',
      end: '17',
      uri: 'xmpp:verona@rooms.x/Zo%C3%AB%20@%20home',
    });
    expect(parseMentions(xml('message', { xmlns: 'jabber:client' }, one))).toEqual([`${room}/Zoë @ home`]);
  });

  it('are addresses and nothing else, and not more than anybody means', () => {
    expect(read(reference('xmpp:juliet@x') + reference('XMPP:juliet@x?message'))).toEqual([
      'juliet@x',
      'juliet@x',
    ]);
    for (const uri of [
      'juliet@x',
      'https://x',
      'xmpp:',
      'xmpp:%',
      'xmpp:a@@/',
      `xmpp:${'a'.repeat(9_000)}@x`,
    ])
      expect(read(reference(uri)), uri).toEqual([]);
    expect(read(reference('xmpp:juliet@x', 'data'))).toEqual([]);
    expect(read(reference('xmpp:juliet@x').repeat(80))).toHaveLength(50);
    expect(mentionElements([])).toEqual([]);
  });
});
