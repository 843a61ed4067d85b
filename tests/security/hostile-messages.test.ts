import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domain } from '../support/hostile-server';
import {
  chat,
  everything,
  hostileAccount,
  mallory,
  ns,
  nurse,
  own,
  romeo,
  type HostileAccount,
} from './hostile-account';

const replace = (id: string): string => `<replace xmlns='urn:xmpp:message-correct:0' id='${id}'/>`;
const retract = (id: string): string => `<retract xmlns='urn:xmpp:message-retract:1' id='${id}'/>`;
const message = (attributes: string, content: string): string =>
  `<message xmlns='jabber:client' ${attributes}>${content}</message>`;
const strangers = [
  mallory,
  `${mallory}/x`,
  `${nurse}/x`,
  domain,
  `${own}/phone`,
  `x${romeo}`,
  `${romeo}.evil.test/x`,
];

describe('what others say about messages', () => {
  let it_: HostileAccount;
  beforeAll(async () => {
    it_ = await hostileAccount();
    it_.send(message(`id='said' type='chat' from='${romeo}/balcony'`, '<body>my words</body>'));
    it_.send(message(`id='noticed' type='normal' from='${romeo}/balcony'`, '<body>a notice</body>'));
    it_.send(message(`id='other' type='chat' from='${nurse}/x'`, '<body>her words</body>'));
    await it_.settled();
  });
  afterAll(() => it_.stop());
  const row = async (body: string) => (await it_.messages(romeo)).find((one) => one.body === body);

  it.each(strangers)('T4 a correction by %s changes nothing of the contact’s', async (from) => {
    it_.send(message(`type='chat' from='${from}'`, `<body>forged</body>${replace('said')}`));
    await it_.settled();
    expect(await row('my words')).toMatchObject({ edited: false });
    expect(await it_.bodies(romeo)).not.toContain('forged');
    await it_.livesOn();
  });

  it('T4 a correction of another type, and one of a message of ours, change nothing', async () => {
    const mine = await it_.write(romeo, 'written by me');
    for (const type of ['normal', 'headline', 'groupchat', 'error', 'nonsense'])
      it_.send(
        message(`type='${type}' from='${romeo}/balcony'`, `<body>forged ${type}</body>${replace('said')}`),
      );
    for (const id of [mine.wire, 'noticed', '', "said' or '1'='1".replaceAll("'", '&apos;')])
      it_.send(message(`type='chat' from='${romeo}/balcony'`, `<body>forged</body>${replace(id)}`));
    await it_.settled();
    expect(await row('my words')).toMatchObject({ edited: false, kind: 'chat' });
    expect(await row('written by me')).toMatchObject({ id: mine.row, edited: false });
    expect(await row('a notice')).toMatchObject({ edited: false });
    await it_.livesOn();
  });

  it('T4 his own correction from another device counts, and what he said first is kept', async () => {
    it_.send(message(`id='draft' type='chat' from='${romeo}/balcony'`, '<body>a slip</body>'));
    await it_.settled();
    const slip = await row('a slip');
    it_.send(message(`type='chat' from='${romeo}/phone'`, `<body>as meant</body>${replace('draft')}`));
    await it_.settled();
    expect(await row('as meant')).toMatchObject({ id: slip?.id, edited: true });
    const versions = await it_.core.ask('message.versions', { account: it_.account, id: slip?.id ?? 1 });
    expect(versions.value.map(({ body }) => body)).toEqual(['a slip']);
  });

  it.each(strangers)('T5 a retraction by %s takes nothing back', async (from) => {
    it_.send(message(`type='chat' from='${from}'`, `<body>fallback</body>${retract('said')}`));
    it_.send(
      message(
        `type='groupchat' from='${from}'`,
        `<retract xmlns='urn:xmpp:message-retract:1' id='said'><moderated xmlns='urn:xmpp:message-moderate:1'/></retract>`,
      ),
    );
    await it_.settled();
    expect(await row('my words')).toMatchObject({ retracted: false });
    await it_.livesOn();
  });

  it('T5 nobody takes back what is ours, or what was said elsewhere; the author may', async () => {
    const mine = await it_.write(romeo, 'never unsaid');
    it_.send(message(`type='chat' from='${romeo}/balcony'`, retract(mine.wire)));
    it_.send(message(`type='chat' from='${romeo}/balcony'`, retract('other')));
    await it_.settled();
    expect(await row('never unsaid')).toMatchObject({ retracted: false });
    expect((await it_.messages(nurse)).find(({ body }) => body === 'her words')).toMatchObject({
      retracted: false,
    });
    it_.send(message(`id='regret' type='chat' from='${romeo}/balcony'`, '<body>in anger</body>'));
    it_.send(message(`type='chat' from='${romeo}/phone'`, retract('regret')));
    await it_.settled();
    expect(await it_.bodies(romeo)).not.toContain('in anger');
    await it_.livesOn();
  });

  it('T9 a stanza-id that another put there does not make two messages one', async () => {
    const id = (by: string, value: string): string =>
      `<stanza-id xmlns='${ns.sid}' by='${by}' id='${value}'/>`;
    it_.send(chat(`${romeo}/a`, 'first', id(own, 'sid-1')));
    for (const by of [mallory, romeo, domain, `${own}/phone`.replace('/phone', '.evil.test'), ''])
      it_.send(chat(`${romeo}/a`, `second by ${by}`, id(by, 'sid-1')));
    // Two of the own account: neither counts.
    it_.send(chat(`${romeo}/a`, 'third', id(own, 'sid-1') + id(own, 'sid-2')));
    await it_.settled();
    const bodies = await it_.bodies(romeo);
    for (const body of [
      'first',
      `second by ${mallory}`,
      `second by ${romeo}`,
      `second by ${domain}`,
      'third',
    ])
      expect(bodies.filter((one) => one === body)).toHaveLength(1);
    it_.send(chat(`${romeo}/a`, 'first', id(own, 'sid-1')));
    await it_.settled();
    expect((await it_.bodies(romeo)).filter((one) => one === 'first')).toHaveLength(1);
  });

  it('T10 rooms that we are not in say nothing, and their private messages go to no contact’s chat', async () => {
    const user = "<x xmlns='http://jabber.org/protocol/muc#user'/>";
    await it_.changesNothing(
      message(`type='groupchat' from='room@rooms.test/Romeo'`, '<body>in a room</body>'),
      message(`type='groupchat' from='${romeo}/balcony'`, '<body>in a room</body>'),
      message(`type='groupchat' from='${romeo}'`, '<subject>a room of his own</subject>'),
      message(`type='groupchat'`, '<body>in a room</body>'),
      message(`type='chat' from='room@rooms.test/Romeo'`, `<body>private</body>${user}`),
      message(`type='chat' from='${romeo}/balcony'`, `<body>private</body>${user}`),
      message(`from='room@rooms.test/${romeo}'`, `<body>private</body>${user}`),
    );
    it_.send(message(`type='chat' from='room@rooms.test/${romeo}'`, '<body>without a mark</body>'));
    await it_.settled();
    expect(await it_.bodies(romeo)).not.toContain('without a mark');
  });

  it.each(strangers)(
    'T11 a receipt, a marker or an error of %s says nothing of a message to another',
    async (from) => {
      const mine = await it_.write(romeo, `to him alone, ${from}`);
      it_.send(
        message(`type='chat' from='${from}'`, `<received xmlns='urn:xmpp:receipts' id='${mine.wire}'/>`),
        message(
          `type='chat' from='${from}'`,
          `<displayed xmlns='urn:xmpp:chat-markers:0' id='${mine.wire}'/>`,
        ),
        message(
          `type='chat' from='${from}'`,
          `<received xmlns='urn:xmpp:chat-markers:0' id='${mine.wire}'/>`,
        ),
        message(
          `type='error' id='${mine.wire}' from='${from}'`,
          `<error type='cancel'><gone xmlns='${ns.stanzas}'/></error>`,
        ),
      );
      await it_.settled();
      expect(await row(`to him alone, ${from}`)).toMatchObject({ delivery: 'sent', error: null });
      await it_.livesOn();
    },
  );

  it('T12 a stamp counts only of the own server, and never says what cannot be', async () => {
    const delay = (from: string, stamp: string): string =>
      `<delay xmlns='urn:xmpp:delay' from='${from}' stamp='${stamp}'/>`;
    const old = '2020-02-02T02:02:02.500Z';
    it_.send(chat(`${romeo}/a`, 'by himself', delay(romeo, old)));
    it_.send(chat(`${romeo}/a`, 'by a stranger', delay('evil.test', old)));
    it_.send(chat(`${romeo}/a`, 'of tomorrow', delay(domain, '2999-01-01T00:00:00Z')));
    it_.send(chat(`${romeo}/a`, 'unreadable', delay(domain, 'yesterday')));
    it_.send(chat(`${romeo}/a`, 'of the dark ages', delay(domain, '0001-01-01T00:00:00Z')));
    it_.send(chat(`${romeo}/a`, 'beyond all numbers', delay(domain, `${'9'.repeat(400)}-01-01T00:00:00Z`)));
    await it_.settled();
    for (const body of [
      'by himself',
      'by a stranger',
      'of tomorrow',
      'unreadable',
      'of the dark ages',
      'beyond all numbers',
    ])
      expect(Math.abs(((await row(body))?.at ?? 0) - Date.now()), body).toBeLessThan(60_000);
    await it_.livesOn();
  });
});

it('T9 without urn:xmpp:sid:0 no stanza-id counts, not even one in the own name', async () => {
  const it_ = await hostileAccount({ features: everything.filter((one) => one !== ns.sid) });
  try {
    for (const body of ['one', 'two'])
      it_.send(chat(`${romeo}/a`, body, `<stanza-id xmlns='${ns.sid}' by='${own}' id='same'/>`));
    await it_.settled();
    expect(await it_.bodies(romeo)).toEqual(['one', 'two']);
  } finally {
    await it_.stop();
  }
});

describe('strange but allowed', () => {
  let it_: HostileAccount;
  beforeAll(async () => {
    it_ = await hostileAccount();
    it_.send(chat(`${romeo}/balcony`, 'a true word'));
    await it_.settled();
  });
  afterAll(() => it_.stop());

  it.each([
    ['an empty body', message(`type='chat' from='${romeo}/a'`, '<body/>')],
    ['nothing at all', message(`from='${romeo}/a'`, '')],
    [
      'a body in another namespace',
      message(`type='chat' from='${romeo}/a'`, "<body xmlns='urn:x'>no</body>"),
    ],
    ['a body in no namespace', message(`type='chat' from='${romeo}/a'`, "<body xmlns=''>no</body>")],
    ['an address that is none', message(`type='chat' from='@@@'`, '<body>no</body>')],
    ['an empty address', message(`type='chat' from=''`, '<body>no</body>')],
    ['a receipt for nothing', message(`from='${romeo}/a'`, "<received xmlns='urn:xmpp:receipts'/>")],
    ['an error without an error', message(`type='error' from='${romeo}/a'`, '<body>no</body>')],
    ['an IQ of no type', `<iq xmlns='jabber:client' id='x' from='${romeo}/a'/>`],
    [
      'an IQ answer to nothing',
      `<iq xmlns='jabber:client' type='result' id='nobody-asked' from='${romeo}/a'/>`,
    ],
    [
      'an IQ without id',
      `<iq xmlns='jabber:client' type='get' from='${mallory}'><ping xmlns='urn:xmpp:ping'/></iq>`,
    ],
    ['a presence of a nonsensical type', `<presence xmlns='jabber:client' type='hungry' from='${romeo}/a'/>`],
    ['a presence of no address', "<presence xmlns='jabber:client' from='@'/>"],
    ['a stream-level element of another extension', "<news xmlns='urn:example:news'/>"],
  ])('T14 %s changes nothing', async (_what, stanza) => {
    await it_.changesNothing(stanza);
  });

  it('T14 two bodies in two languages are one message, an upper-case address is the same contact', async () => {
    it_.send(
      message(
        `type='chat' from='${romeo}/a'`,
        "<body xml:lang='de'>hallo</body><body xml:lang='en'>hello</body>",
      ),
      message(`type='chat' from='${romeo.toUpperCase()}/a'`, '<body>loud</body>'),
      message(`type='nonsense' from='${romeo}/a'`, '<body>of no known type</body>'),
      message(`type='chat' id='${'i'.repeat(50_000)}' from='${romeo}/a'`, '<body>with a huge id</body>'),
      message(`type='chat' from='${romeo}/${'r'.repeat(1_023)}'`, '<body>with a long resource</body>'),
    );
    await it_.settled();
    const bodies = await it_.bodies(romeo);
    expect(bodies.filter((one) => one === 'hallo' || one === 'hello')).toHaveLength(1);
    for (const body of ['loud', 'of no known type', 'with a huge id', 'with a long resource'])
      expect(bodies.filter((one) => one === body)).toHaveLength(1);
    expect(await it_.chat(romeo.toUpperCase())).toBeUndefined();
    await it_.livesOn();
  });

  it('T15 as many children as are allowed, and a body as long as a frame, do not stop anything', async () => {
    it_.send(message(`type='chat' from='${romeo}/a'`, `<body>many</body>${'<a xmlns="b"/>'.repeat(9_999)}`));
    it_.send(message(`type='chat' from='${romeo}/a'`, `<body>${'long '.repeat(100_000)}</body>`));
    await it_.settled();
    const bodies = await it_.bodies(romeo);
    expect(bodies).toContain('many');
    expect(bodies.some((body) => body.startsWith('long long'))).toBe(true);
    await it_.livesOn();
  });
});
