import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../src-main/session/incoming/read-message';
import { readRoomMessage } from '../../../src-main/session/incoming/read-room-message';
import type { Own, Way } from '../../../src-main/session/incoming/reading';
import { captionOf, type SharedFile } from '../../../src-shared/model/file';
import { stanza } from '../../support/stanza';

const juliet = 'juliet@x';
const now = Date.UTC(2026, 0, 1);
const own: Own = { bare: juliet, domain: 'x', stanzaIds: true, now };
const live: Way = { by: 'stream' };
const carbon: Way = { by: 'carbon', delay: null };
const archived: Way = { by: 'archive', place: { id: 'a1', at: now - 5_000 } };
const verona = {
  ...{ jid: 'verona@rooms.x', nick: 'juliet', stanzaIds: true, occupantIds: false, ownOccupantId: null },
  ...{ open: false, group: false, ready: true, now, occupant: () => null },
};
const read = (
  inside: string,
  { from = 'romeo@x/orchard', to = juliet, attrs = "type='chat' id='m1'" } = {},
) => stanza(`<message from='${from}' to='${to}' ${attrs}>${inside}</message>`);

describe('what a message is', () => {
  it('a text, with its ids, whatever road it came on', () => {
    const text = read("<body>ay me</body><origin-id xmlns='urn:xmpp:sid:0' id='o1'/>");
    const common = { peer: 'romeo@x', direction: 'in', body: 'ay me', messageId: 'm1', originId: 'o1' };
    expect(readMessage(text, own, live)).toMatchObject({
      is: 'message',
      message: { ...common, source: 'live', at: now, stanzaId: null },
    });
    expect(readMessage(text, own, archived)).toMatchObject({
      message: { ...common, source: 'archive', at: now - 5_000, stanzaId: 'a1' },
    });
    // What has no stamp is as live as what is live (R11).
    expect(readMessage(text, own, carbon)).toMatchObject({ message: { ...common, source: 'live' } });
  });

  it('what another device of ours sent is ours; a note to ourselves too', () => {
    const sent = read('<body>hi</body>', { from: `${juliet}/phone`, to: 'romeo@x' });
    const ours = { message: { peer: 'romeo@x', direction: 'out' } };
    expect(readMessage(sent, own, carbon)).toMatchObject(ours);
    expect(readMessage(sent, own, archived)).toMatchObject(ours);
    const note = read('<body>milk</body>', { from: `${juliet}/phone` });
    expect(readMessage(note, own, live)).toMatchObject({ message: { peer: juliet, direction: 'out' } });
  });

  it('an error only where it is for this device; chat states only live', () => {
    const bounce = read("<error type='cancel'/>", { attrs: "type='error' id='m1'" });
    expect(readMessage(bounce, own, live)).toMatchObject({ is: 'bounce', peer: 'romeo@x', id: 'm1' });
    expect(readMessage(bounce, own, archived)).toEqual({ is: 'nothing' });
    const typing = read("<composing xmlns='http://jabber.org/protocol/chatstates'/>");
    expect(readMessage(typing, own, live)).toEqual({ is: 'chat-state', peer: 'romeo@x', state: 'composing' });
    expect(readMessage(typing, own, carbon)).toEqual({ is: 'nothing' });
  });

  it('what is said beside a file stays, what is there for clients that do not know such files is its address', () => {
    const url = 'https://files.x/a.png';
    const sharing = (more = ''): string =>
      `<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'><name>a.png</name>${more}</file><sources>` +
      `<url-data xmlns='http://jabber.org/protocol/url-data' target='${url}'/></sources></file-sharing>`;
    const fallback = (inside = ''): string =>
      `<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:sfs:0'>${inside}</fallback>`;
    const words = 'Please sign this before noon';
    const photo = `Photo from the summit: ${url}`;
    for (const [inside, body] of [
      [`<body>${words}</body>${sharing()}`, words],
      [`<body>${url}</body>${sharing()}`, url],
      [`<body>${photo}</body>${sharing()}${fallback()}`, url],
      [`<body>${photo}</body>${sharing()}${fallback('<body/>')}`, url],
      [
        `<body>${photo}</body>${sharing()}${fallback(`<body start='0' end='${String(photo.length)}'/>`)}`,
        url,
      ],
      [
        `<body>${words}${url}</body>${sharing()}${fallback(`<body start='${String(words.length)}' end='${String(words.length + url.length)}'/>`)}`,
        words,
      ],
      [`<body>${photo}</body>${sharing('<desc>The summit</desc>')}${fallback()}`, 'The summit'],
    ] as const) {
      const message = { body, file: { url, name: 'a.png' } };
      expect(readMessage(read(inside, { attrs: "type='chat' id='m1'" }), own, live)).toMatchObject({
        message,
      });
    }
    const file = { url } as SharedFile;
    expect(captionOf({ file, body: words })).toBe(words);
    for (const body of [url, ` ${url}\n`, '', 'aesgcm://files.x/a.png#00ff'])
      expect(captionOf({ file, body })).toBeNull();
  });

  it('a file without a text is its address: of XEP-0066 or XEP-0447 alone, beside an empty text, on every road', () => {
    const url = 'https://files.x/a.png';
    const oob = `<x xmlns='jabber:x:oob'><url>${url}</url></x>`;
    const sharing =
      "<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'><name>a.png</name></file><sources>" +
      `<url-data xmlns='http://jabber.org/protocol/url-data' target='${url}'/></sources></file-sharing>`;
    for (const inside of [oob, `<body/>${oob}`, sharing, `<body/>${sharing}`])
      for (const way of [live, carbon, archived])
        for (const attrs of ["type='chat' id='m1'", "type='normal' id='m1'"])
          expect(readMessage(read(inside, { attrs }), own, way)).toMatchObject({
            is: 'message',
            message: { body: url, file: { url } },
          });
    for (const way of [live, archived] as const)
      for (const inside of [oob, sharing])
        expect(
          readRoomMessage(
            read(inside, { from: 'verona@rooms.x/tybalt', attrs: "type='groupchat' id='m1'" }),
            { ...verona, ready: true },
            own,
            way,
          ),
        ).toMatchObject({ is: 'message', message: { body: url, file: { url }, nick: 'tybalt' } });
    const evil = read("<x xmlns='jabber:x:oob'><url>file:///etc/passwd</url></x>");
    expect(readMessage(evil, own, live)).toEqual({ is: 'nothing' });
  });

  it('a text in several languages is the one of the user, else the one that names none, else the first', () => {
    const bodies = "<body xml:lang='de'>hallo</body><body>hello</body><body xml:lang='zh'>你好</body>";
    const text = (inside: string, language: string) => {
      const reading = readMessage(read(inside), { ...own, language }, live);
      return reading.is === 'message' ? reading.message.body : reading.is;
    };
    expect(['zh-CN', 'de', 'fr'].map((language) => text(bodies, language))).toEqual([
      '你好',
      'hallo',
      'hello',
    ]);
    const tagged = "<body xml:lang='pt-BR'>oi</body><body xml:lang='pt'>olá</body>";
    expect(['pt', 'pt-BR', 'en'].map((language) => text(tagged, language))).toEqual(['olá', 'oi', 'oi']);
    const room = { from: 'verona@rooms.x/tybalt', attrs: "type='groupchat' id='m1'" };
    expect(readRoomMessage(read(bodies, room), verona, { ...own, language: 'zh-CN' }, live)).toMatchObject({
      message: { body: '你好' },
    });
  });

  it('a headline may be its subject alone', () => {
    const headline = read('<subject>Maintenance</subject>', { from: 'x', attrs: "type='headline'" });
    expect(readMessage(headline, own, live)).toMatchObject({
      message: { kind: 'headline', subject: 'Maintenance', body: '' },
    });
  });
});

describe('a call for attention', () => {
  const attention = "<attention xmlns='urn:xmpp:attention:0'/>";
  it('is a buzz, with the text that came along or without one, as Spark sends it: no body, no type or a headline', () => {
    const fallback = read(`<body>Buzz!</body>${attention}`);
    expect(readMessage(fallback, own, live)).toMatchObject({ message: { kind: 'buzz', body: 'Buzz!' } });
    for (const spark of [attention, "<buzz xmlns='http://www.jivesoftware.com/spark'/>"])
      for (const attrs of ['', "type='headline'"])
        expect(readMessage(read(spark, { attrs }), own, live)).toMatchObject({
          is: 'message',
          message: { kind: 'buzz', body: 'Buzz!', peer: 'romeo@x', direction: 'in' },
        });
  });

  it('is none in a headline that says something, nor from somebody in a room, nor by its name alone', () => {
    const kind = (inside: string, more: Parameters<typeof read>[1] = {}, as: Own = own) => {
      const reading = readMessage(read(`<body>b</body>${inside}`, more), as, live);
      return reading.is === 'message' ? reading.message.kind : reading.is;
    };
    expect(kind(attention, { attrs: "type='headline'" })).toBe('headline');
    expect(kind("<attention xmlns='urn:evil'/>")).toBe('chat');
    expect(kind("<buzz xmlns='urn:evil'/>")).toBe('chat');
    const view = { jid: 'verona@rooms.x', nick: 'juliet', stanzaIds: true, occupantIds: false };
    const rooms: Own['rooms'] = {
      has: (room) => room === view.jid,
      known: (room) => room === view.jid,
      view: () => ({
        ...{ ...view, ownOccupantId: null, open: false, group: false },
        ...{ ready: true, now, occupant: () => null },
      }),
    };
    expect(kind(attention, { from: `${view.jid}/tybalt` }, { ...own, rooms })).toBe('chat');
    expect(
      kind(attention, { from: `${view.jid}/tybalt`, attrs: "type='groupchat'" }, { ...own, rooms }),
    ).toBe('chat');
  });

  it('is none beside a correction: it amends', () => {
    const both = read(`<body>new</body><replace xmlns='urn:xmpp:message-correct:0' id='m0'/>${attention}`);
    expect(readMessage(both, own, live)).toMatchObject({ is: 'amendments' });
  });
});

describe('what it may change', () => {
  it('a correction may cover what it says (XEP-0382)', () => {
    const correction = "<body>new</body><replace xmlns='urn:xmpp:message-correct:0' id='m0'/>";
    const covered = read(`${correction}<spoiler xmlns='urn:xmpp:spoiler:0'>the end</spoiler>`);
    expect(readMessage(covered, own, live)).toMatchObject({ amendments: [{ spoiler: 'the end' }] });
  });

  it('T4 a correction is for messages of its own author, and of chats alone', () => {
    const correction = "<body>new</body><replace xmlns='urn:xmpp:message-correct:0' id='m0'/>";
    expect(readMessage(read(correction), own, live)).toMatchObject({
      is: 'amendments',
      amendments: [{ kind: 'correct', peer: 'romeo@x', direction: 'in', target: 'm0', body: 'new' }],
    });
    const ours = read(correction, { from: `${juliet}/phone`, to: 'romeo@x' });
    expect(readMessage(ours, own, carbon)).toMatchObject({
      amendments: [{ peer: 'romeo@x', direction: 'out' }],
    });
    const normal = read(correction, { attrs: "type='normal'" });
    expect(readMessage(normal, own, live)).toMatchObject({ is: 'message', amendments: [] });
  });

  it.each([
    "<retract xmlns='urn:xmpp:message-retract:1' id='m0'/>",
    "<apply-to xmlns='urn:xmpp:fasten:0' id='m0'><retract xmlns='urn:xmpp:message-retract:0'/></apply-to>",
  ])('T5 a retraction is for messages of its own author, and its words are none of his: %s', (inside) => {
    expect(readMessage(read(`<body>took it back</body>${inside}`), own, live)).toMatchObject({
      is: 'amendments',
      amendments: [{ kind: 'retract', peer: 'romeo@x', direction: 'in', target: 'm0' }],
    });
  });

  it('T4 T5 T10 a private message of a room is of whom the room says that he has that nick, whatever it says itself', () => {
    const room = 'verona@rooms.x';
    const tybalt = { occupantId: 'o', jid: null, stay: '1' };
    const view = {
      ...{ jid: room, nick: 'Juliet', stanzaIds: true, occupantIds: true, ownOccupantId: null },
      ...{ open: false, group: false, ready: true, now },
      ...{ occupant: (nick: string) => (nick === 'Tybalt' ? tybalt : null) },
    };
    const isRoom = (jid: string): boolean => jid === room;
    const inRoom = { ...own, rooms: { has: isRoom, known: isRoom, view: () => view } };
    const from = { from: `${room}/Tybalt` };
    const forged = "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='romeo'/>";
    const retract = read(`<retract xmlns='urn:xmpp:message-retract:1' id='m0'/>${forged}`, from);
    const author = { key: 'occupant:o', passing: false };
    const common = { peer: `${room}/Tybalt`, direction: 'in' };
    expect(readMessage(retract, inRoom, live)).toMatchObject({ amendments: [{ ...common, author }] });
    const unknown = { key: '', passing: true };
    expect(readMessage(retract, inRoom, archived)).toMatchObject({ amendments: [{ author: unknown }] });
    const react = read(`<reactions xmlns='urn:xmpp:reactions:0' id='m0'/>${forged}`, from);
    expect(readMessage(react, inRoom, live)).toMatchObject({ amendments: [{ kind: 'react', author }] });
    const replace = read(`<body>new</body><replace xmlns='urn:xmpp:message-correct:0' id='m0'/>`, from);
    // Where it corrects nothing its words are to be seen all the same.
    expect(readMessage(replace, inRoom, live)).toMatchObject({
      is: 'message',
      message: { ...common, body: 'new', author: author.key, corrects: { ...common, target: 'm0', author } },
    });
  });

  it('T11 receipts and markers are about ours to their sender; our own say what was read elsewhere', () => {
    const both =
      "<received xmlns='urn:xmpp:receipts' id='m0'/><displayed xmlns='urn:xmpp:chat-markers:0' id='m2'/>";
    expect(readMessage(read(both), own, live)).toMatchObject({
      amendments: [
        { kind: 'received', peer: 'romeo@x', direction: 'out', target: 'm0' },
        { kind: 'read', peer: 'romeo@x', direction: 'out', target: 'm2' },
      ],
    });
    const ours = { from: `${juliet}/phone`, to: 'romeo@x' };
    expect(readMessage(read(both, ours), own, carbon)).toEqual({
      is: 'read-elsewhere',
      peer: 'romeo@x',
      upTo: { by: 'message-id', id: 'm2' },
    });
    const receipt = read("<received xmlns='urn:xmpp:receipts' id='m0'/>", ours);
    expect(readMessage(receipt, own, carbon)).toEqual({ is: 'nothing' });
  });

  it('T9 a stanza-id counts only of the own account, only where the server vouches for it, and only once', () => {
    const id = (by: string, value = 's1') => `<stanza-id xmlns='urn:xmpp:sid:0' by='${by}' id='${value}'/>`;
    const of = (inside: string, account = own) => {
      const reading = readMessage(read(`<body>x</body>${inside}`), account, live);
      return reading.is === 'message' ? reading.message.stanzaId : undefined;
    };
    expect(of(id(juliet))).toBe('s1');
    expect(of(id(juliet), { ...own, stanzaIds: false })).toBeNull();
    expect(of(id('romeo@x'))).toBeNull();
    expect(of(id(juliet) + id(juliet, 's2'))).toBeNull();
    expect(of(id(juliet, 'x'.repeat(2_000)))).toBeNull();
  });

  it('T12 a stamp counts only of the own server, and marks what waited there', () => {
    const delayed = (from: string) =>
      read(`<body>x</body><delay xmlns='urn:xmpp:delay' from='${from}' stamp='2025-12-31T23:00:00.000Z'/>`);
    expect(readMessage(delayed('x'), own, live)).toMatchObject({
      message: { source: 'offline', at: now - 3_600_000 },
    });
    expect(readMessage(delayed('romeo@x'), own, live)).toMatchObject({
      message: { source: 'live', at: now },
    });
    // Far ahead: no server's clock is so wrong, a client has set it, to jump the queue.
    const tomorrow = read(
      `<body>x</body><delay xmlns='urn:xmpp:delay' from='x' stamp='2999-01-01T00:00:00Z'/>`,
    );
    expect(readMessage(tomorrow, own, live)).toMatchObject({ message: { source: 'live', at: now } });
    expect(readMessage(tomorrow, { ...own, archive: false, stream: 's' }, live)).toMatchObject({
      message: { turn: { waited: false } },
    });
    const future: Way = { by: 'archive', place: { id: 'a', at: now + 2 * 86_400_000 } };
    expect(readMessage(read('<body>x</body>'), own, future)).toMatchObject({ message: { at: now } });
  });

  it('R11 T12 with a clock that is behind the server’s, what the server has stamped meanwhile keeps its time, and no more', () => {
    const hour = 3_600_000;
    const behind: Own = { ...own, serverNow: now + 20 * hour };
    const archive = (at: number): Way => ({ by: 'archive', place: { id: 'a', at } });
    const text = read('<body>x</body>');
    expect(readMessage(text, behind, archive(now + hour))).toMatchObject({ message: { at: now + hour } });
    const copy: Way = { by: 'carbon', delay: { from: 'x', at: now + hour } };
    expect(readMessage(text, behind, copy)).toMatchObject({ message: { at: now + hour } });
    const stamp = new Date(now + hour).toISOString();
    const waited = read(`<body>x</body><delay xmlns='urn:xmpp:delay' from='x' stamp='${stamp}'/>`);
    expect(readMessage(waited, behind, live)).toMatchObject({ message: { at: now + hour } });
    expect(readMessage(text, behind, archive(now + 50 * hour))).toMatchObject({
      message: { at: now + 20 * hour },
    });
    // Before the server has said what time it is.
    expect(readMessage(text, own, archive(now + hour))).toMatchObject({ message: { at: now + hour } });
    // Ours may be ahead as well.
    expect(readMessage(text, { ...own, serverNow: now - hour }, archive(now))).toMatchObject({
      message: { at: now },
    });
  });
});
