import { describe, expect, it } from 'vitest';
import { messageScope, noRooms } from '../../../src-main/xmpp/guards/room';
import { trustedSender } from '../../../src-main/xmpp/guards/room-sender';
import { stanza } from '../../support/stanza';

const user = "<x xmlns='http://jabber.org/protocol/muc#user'/>";
const message = (attributes: string, content = '<body>hi</body>') =>
  stanza(`<message ${attributes}>${content}</message>`);
const joined = new Set(['verona@rooms.test']);

describe('T10 rooms', () => {
  it('T10 what is said in a room counts only of one that we are in', () => {
    const said = message("type='groupchat' from='verona@rooms.test/Romeo'");
    expect(messageScope(said, joined)).toEqual({ is: 'room', room: 'verona@rooms.test' });
    expect(messageScope(said, noRooms)).toEqual({ is: 'refused' });
    expect(messageScope(message("type='groupchat' from='romeo@hostile.test/x'"), joined).is).toBe('refused');
    expect(messageScope(message("type='groupchat'"), joined).is).toBe('refused');
  });

  it('T10 a private message is keyed by room and nick, in both directions', () => {
    const scope = { is: 'private', room: 'verona@rooms.test', nick: 'Romeo' };
    const from = "type='chat' from='verona@rooms.test/Romeo' to='juliet@hostile.test/a'";
    expect(messageScope(message(from, `<body>hi</body>${user}`), joined)).toEqual(scope);
    expect(messageScope(message(from), joined)).toEqual(scope);
    const to = "type='chat' from='juliet@hostile.test/b' to='verona@rooms.test/Romeo'";
    expect(messageScope(message(to), joined)).toEqual(scope);
  });

  it('T10 a private message of a room that we are not in goes nowhere, whoever it seems to be from', () => {
    for (const from of ['verona@rooms.test/Romeo', 'romeo@hostile.test/balcony', 'romeo@hostile.test'])
      expect(messageScope(message(`type='chat' from='${from}'`, `<body>hi</body>${user}`), noRooms).is).toBe(
        'refused',
      );
  });

  it('T10 a real address beside a message is the word of an open room’s archive, or nobody’s', () => {
    const item = "<x xmlns='http://jabber.org/protocol/muc#user'><item jid='juliet@hostile.test/x'/></x>";
    const said = (inside: string) => message("type='groupchat' from='verona@rooms.test/Romeo'", inside);
    const open = { open: true };
    expect(trustedSender(said(item), open, 'archive')).toBe('juliet@hostile.test');
    expect(trustedSender(said(item), open, 'stream')).toBeNull();
    expect(trustedSender(said(item), { open: false }, 'archive')).toBeNull();
    expect(trustedSender(said(item.replace('juliet', 'romeo') + item), open, 'archive')).toBeNull();
  });

  it('T10 what people say is left alone, and so is an invitation', () => {
    expect(messageScope(message("type='chat' from='romeo@hostile.test/balcony'"), noRooms).is).toBe('person');
    expect(messageScope(message("type='chat'"), noRooms).is).toBe('person');
    const invitation = `<x xmlns='http://jabber.org/protocol/muc#user'><invite from='romeo@hostile.test'/></x>`;
    expect(messageScope(message("from='verona@rooms.test'", invitation), noRooms).is).toBe('person');
  });
});
