import { describe, expect, it } from 'vitest';
import { readRoomMessage } from '../../../src-main/session/incoming/read-room-message';
import { moderate, parseModeration } from '../../../src-main/xmpp/xep/0425-moderation';
import { stanza } from '../../support/stanza';

const room = 'verona@rooms.x';
const now = (by = '') =>
  `<retract xmlns='urn:xmpp:message-retract:1' id='s1'><moderated xmlns='urn:xmpp:message-moderate:1'${by}/><reason>rude</reason></retract>`;
const old = `<apply-to xmlns='urn:xmpp:fasten:0' id='s1'><moderated xmlns='urn:xmpp:message-moderate:0' by='${room}/Friar'><retract xmlns='urn:xmpp:message-retract:0'/><reason>rude</reason></moderated></apply-to>`;
const said = (from: string, inside: string) =>
  stanza(`<message from='${from}' type='groupchat' id='m1'>${inside}</message>`);

describe('moderation (XEP-0425)', () => {
  it('is read in both forms, and in one message that has both', () => {
    const by = ` by='${room}/Friar'`;
    for (const inside of [now(by), old, now() + old])
      expect(parseModeration(said(room, inside))).toEqual({ id: 's1', by: 'Friar', reason: 'rude' });
    expect(parseModeration(said(room, now()))).toEqual({ id: 's1', by: null, reason: 'rude' });
    for (const inside of [
      "<retract xmlns='urn:xmpp:message-retract:1' id='s1'/>",
      "<apply-to xmlns='urn:xmpp:fasten:0' id='s1'><retract xmlns='urn:xmpp:message-retract:0'/></apply-to>",
      "<retract xmlns='urn:xmpp:message-retract:1'><moderated xmlns='urn:xmpp:message-moderate:1'/></retract>",
    ])
      expect(parseModeration(said(room, inside)), inside).toBeNull();
  });

  it('is asked for in the form that the room takes', () => {
    const text = (form: 'now' | 'old') => moderate(form, 's1', 'rude').toString();
    expect(text('now')).toContain('urn:xmpp:message-moderate:1');
    expect(text('old')).toContain('urn:xmpp:fasten:0');
    for (const form of ['now', 'old'] as const) expect(text(form)).toContain('<reason>rude</reason>');
  });

  it('T5 counts from the room as a whole alone, never from one of its occupants', () => {
    const view = {
      jid: room,
      nick: 'Juliet',
      stanzaIds: true,
      occupantIds: true,
      ownOccupantId: null,
      open: false,
      group: false,
      ready: true,
      now: 1_000,
      occupant: () => null,
    };
    const read = (from: string, inside: string) =>
      readRoomMessage(said(from, inside), view, { bare: 'juliet@x' }, { by: 'stream' });
    expect(read(room, now() + old)).toMatchObject({
      is: 'amendments',
      amendments: [{ kind: 'retract', target: 's1', nick: 'Friar', reason: 'rude', peer: room }],
    });
    for (const from of [`${room}/Friar`, `${room}/Romeo`, 'other@rooms.x'])
      for (const inside of [now(), old]) expect(read(from, inside), from).toEqual({ is: 'nothing' });
    expect(read(`${room}/Romeo`, `<body>gone</body>${now()}`)).toMatchObject({
      is: 'message',
      message: { body: 'gone' },
    });
  });
});
