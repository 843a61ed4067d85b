import { describe, expect, it } from 'vitest';
import { readRoomMessage } from '../../../src-main/session/incoming/read-room-message';
import type { RoomView, Way } from '../../../src-main/session/incoming/reading';
import { stanza } from '../../support/stanza';

const room = 'verona@rooms.x';
const romeo = { occupantId: 'o-romeo', jid: 'romeo@x', stay: '1' };
const view: RoomView = {
  ...{ jid: room, nick: 'Juliet', stanzaIds: true, occupantIds: true, ownOccupantId: 'o-juliet' },
  ...{ open: true, group: true, ready: true, now: 1_000_000 },
  ...{ occupant: (nick: string) => (nick === 'Romeo' ? romeo : null) },
};
const marker = "<displayed xmlns='urn:xmpp:chat-markers:0' id='s1'/>";
const id = (of: string) => `<occupant-id xmlns='urn:xmpp:occupant-id:0' id='${of}'/>`;
interface Given {
  readonly nick?: string;
  readonly inside?: string;
  readonly way?: Exclude<Way, { by: 'carbon' }>;
}
const read = (more: Partial<RoomView>, given: Given = {}) => {
  const { nick = 'Romeo', inside = marker + id('o-romeo'), way = { by: 'stream' } } = given;
  return readRoomMessage(
    stanza(`<message from='${room}/${nick}' type='groupchat'>${inside}</message>`),
    { ...view, ...more },
    { bare: 'juliet@x' },
    way,
  );
};

describe('somebody in a room says how far he has read', () => {
  it('T11 of himself, by what the room says that he is', () => {
    const said = { kind: 'read', peer: room, nick: 'Romeo', target: 's1', direction: 'in' };
    expect(read({})).toMatchObject({
      ...{ is: 'amendments', amendments: [{ ...said, author: { key: 'occupant:o-romeo', passing: false } }] },
    });
    const byAddress = { ...said, author: { key: 'jid:romeo@x', passing: false } };
    expect(read({ occupantIds: false })).toMatchObject({ amendments: [byAddress] });
    const inside = `${marker}<x xmlns='http://jabber.org/protocol/muc#user'><item jid='romeo@x'/></x>`;
    const way = { by: 'archive', place: { id: 's2', at: 1_000 } } as const;
    expect(read({ occupantIds: false }, { inside, way })).toMatchObject({ amendments: [byAddress] });
  });

  it('T11 counts in groups alone, where ids are the room’s, and of whom it can be told', () => {
    const nothing = { is: 'nothing' };
    expect(read({ group: false })).toEqual(nothing);
    expect(read({ stanzaIds: false })).toEqual(nothing);
    expect(read({ occupantIds: false, occupant: () => ({ ...romeo, jid: null }) })).toEqual(nothing);
    // Our own, of another device: XEP-0490 tells that.
    expect(read({}, { nick: 'Juliet', inside: marker + id('o-juliet') })).toEqual(nothing);
    expect(read({}, { inside: "<displayed xmlns='urn:evil' id='s1'/>" })).toEqual(nothing);
    expect(read({}, { inside: "<displayed xmlns='urn:xmpp:chat-markers:0'/>" })).toEqual(nothing);
  });
});
