import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { domain, idOf } from '../support/hostile-server';
import { chat, hostileAccount, mallory, nurse, own, romeo, type HostileAccount } from './hostile-account';

const wants = "<request xmlns='urn:xmpp:receipts'/><markable xmlns='urn:xmpp:chat-markers:0'/>";
const CAPS = 'http://jabber.org/protocol/caps';
const presence = (from: string, ver: string): string =>
  `<presence xmlns='jabber:client' from='${from}'><c xmlns='${CAPS}' hash='sha-1' node='urn:evil' ver='${ver}'/></presence>`;
const message = (attributes: string, content: string): string =>
  `<message xmlns='jabber:client' ${attributes}>${content}</message>`;

describe('strangers', () => {
  let it_: HostileAccount;
  beforeEach(async () => {
    it_ = await hostileAccount();
  });
  afterEach(() => it_.stop());
  /** Frames that left for an address. */
  const leftFor = (to: string): readonly string[] =>
    it_.guest.received.filter((frame) =>
      new RegExp(` to="${to.replace(/[.]/g, '\\.')}(/[^"]*)?"`).test(frame),
    );

  it('T31 a stranger learns nothing: no receipt, marker, chat state, presence or question leaves us', async () => {
    it_.send(
      presence(`${mallory}/x`, 'AAAA'),
      message(
        `type='chat' id='m1' from='${mallory}/x'`,
        `<body>psst</body>${wants}<composing xmlns='http://jabber.org/protocol/chatstates'/>`,
      ),
      message(`type='chat' id='m2' from='${mallory}/x'`, `<body>psst</body>${wants}`),
      `<iq xmlns='jabber:client' type='get' id='q1' from='${mallory}/x'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>`,
      `<iq xmlns='jabber:client' type='get' id='q2' from='${mallory}/x'><query xmlns='jabber:iq:version'/></iq>`,
      `<iq xmlns='jabber:client' type='get' id='q3' from='${mallory}/x'><ping xmlns='urn:xmpp:ping'/></iq>`,
      `<iq xmlns='jabber:client' type='get' id='q4' from='${mallory}/x'><query xmlns='urn:nobody:knows'/></iq>`,
      `<presence xmlns='jabber:client' type='probe' from='${mallory}/x'/>`,
    );
    await it_.settled();
    await it_.core.ask('chat.read', { account: it_.account, peer: mallory });
    await it_.core.ask('chat.typing', { account: it_.account, peer: mallory, state: 'composing' });
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    await it_.settled();
    const left = leftFor(mallory);
    // Four answers that say the same as to a question that nobody understands.
    expect(left.map((frame) => frame.replace(/ id="[^"]*"/, ''))).toEqual(
      Array.from({ length: 4 }, () => left[0]?.replace(/ id="[^"]*"/, '')),
    );
    expect(left[0]).toContain('service-unavailable');
    expect(await it_.chat(mallory)).toMatchObject({ standing: 'request' });
    await it_.livesOn();
  });

  it('T31 a notice lets nobody in: it gets no receipt, and what its sender says next waits among the requests', async () => {
    for (const type of ['normal', 'headline'])
      it_.send(message(`type='${type}' id='${type}' from='${mallory}/x'`, `<body>psst</body>${wants}`));
    await it_.settled();
    expect(await it_.chat(mallory)).toMatchObject({ standing: 'open' });
    await it_.core.ask('chat.read', { account: it_.account, peer: mallory });
    it_.send(message(`type='chat' id='m5' from='${mallory}/x'`, `<body>who are you?</body>${wants}`));
    await it_.settled();
    expect(await it_.chat(mallory)).toMatchObject({ standing: 'request' });
    await it_.core.ask('chat.read', { account: it_.account, peer: mallory });
    await it_.settled();
    expect(leftFor(mallory)).toEqual([]);
  });

  it('T31 a request makes no notice with its text, and does not count as unread of the chats', async () => {
    it_.send(message(`type='chat' from='${mallory}/x'`, `<body>the secret text</body>`));
    await it_.settled();
    for (const notice of it_.core.notices.values())
      expect(`${notice.title} ${notice.body}`).not.toContain('the secret text');
    await it_.core.ask('request.accept', { account: it_.account, peer: mallory });
    expect(await it_.chat(mallory)).toMatchObject({ standing: 'open' });
    expect(await it_.bodies(mallory)).toEqual(['the secret text']);
  });

  it('T31 what is ignored stays silent, what is accepted may be answered', async () => {
    it_.send(chat(`${mallory}/x`, 'one', wants));
    await it_.settled();
    await it_.core.ask('request.ignore', { account: it_.account, peer: mallory });
    it_.send(message(`type='chat' id='m3' from='${mallory}/x'`, `<body>two</body>${wants}`));
    await it_.settled();
    expect(leftFor(mallory)).toEqual([]);
    expect(await it_.chat(mallory)).toMatchObject({ standing: 'ignored' });
    await it_.core.ask('request.accept', { account: it_.account, peer: mallory });
    it_.send(message(`type='chat' id='m4' from='${mallory}/x'`, `<body>three</body>${wants}`));
    await it_.settled();
    expect(leftFor(mallory).some((frame) => frame.includes('id="m4"'))).toBe(true);
  });

  it('T31 whoever pretends to be of the own domain is a stranger all the same', async () => {
    for (const from of [`mallory@${domain}.evil.test`, `mallory@evil${domain}`, `mallory@x.${domain}`]) {
      it_.send(message(`type='chat' id='${from}' from='${from}/x'`, `<body>psst</body>${wants}`));
      await it_.settled();
      expect(await it_.chat(from), from).toMatchObject({ standing: 'request' });
      expect(leftFor(from)).toEqual([]);
    }
    // One of the own domain is none, a notice neither.
    it_.send(chat(`paris@${domain}/x`, 'good day'));
    it_.send(message(`type='headline' from='${mallory}'`, '<body>news</body>'));
    it_.send(message(`from='${domain}'`, '<body>the server goes down at noon</body>'));
    await it_.settled();
    for (const peer of [`paris@${domain}`, domain])
      expect(await it_.chat(peer)).toMatchObject({ standing: 'open' });
    await it_.livesOn();
  });

  it('T2 T31 what strangers send to the roster changes nothing and is refused', async () => {
    await it_.changesNothing(
      `<iq xmlns='jabber:client' type='set' id='push' from='${mallory}'><query xmlns='jabber:iq:roster'><item jid='${mallory}' subscription='both'/></query></iq>`,
      `<presence xmlns='jabber:client' type='subscribed' from='${mallory}'/>`,
      `<presence xmlns='jabber:client' type='unsubscribe' from='${mallory}'/>`,
      `<presence xmlns='jabber:client' type='unsubscribed' from='${mallory}'/>`,
    );
    expect(it_.guest.received.find((frame) => idOf(frame) === 'push')).toContain('type="error"');
  });

  it('T6 an answer of somebody else leaves our question open', async () => {
    let question = '';
    const asked = await hostileAccount({
      iq: (frame) => {
        if (!frame.includes('jabber:iq:register')) return false;
        question = idOf(frame);
        return true;
      },
    });
    try {
      await asked.core.until(() => (question === '' ? null : true), 'a question');
      const before = (await asked.core.ask('app.state', {})).value.accounts[0]?.connection.canChangePassword;
      for (const from of [mallory, romeo, `${own}.evil.test`, `${own}/phone`])
        asked.send(
          `<iq xmlns='jabber:client' type='result' id='${question}' from='${from}'><query xmlns='jabber:iq:register'/></iq>`,
        );
      await asked.settled();
      const after = (await asked.core.ask('app.state', {})).value.accounts[0]?.connection.canChangePassword;
      expect(after).toBe(before);
      asked.send(
        `<iq xmlns='jabber:client' type='result' id='${question}'><query xmlns='jabber:iq:register'/></iq>`,
      );
      await asked.core.waitForState(({ connection }) => connection.canChangePassword, 'the true answer');
    } finally {
      await asked.stop();
    }
  });

  it('T30 a poisoned hash is believed of nobody, and the next one that has it is asked', async () => {
    const features = ['a', 'b'];
    const ver = createHash('sha1')
      .update(`client/pc//True<${features.map((f) => `${f}<`).join('')}`)
      .digest('base64');
    const info = (name: string, list: readonly string[]): string =>
      `<query xmlns='http://jabber.org/protocol/disco#info'><identity category='client' type='pc' name='${name}'/>${list.map((f) => `<feature var='${f}'/>`).join('')}</query>`;
    const question = (to: string): Promise<string> =>
      it_.core.until(
        () =>
          it_.guest.received.find(
            (frame) =>
              frame.includes(` to="${to}"`) && frame.includes('disco#info') && frame.includes('type="get"'),
          ),
        `a question to ${to}`,
      );
    const reply = (from: string, id: string, query: string): void =>
      it_.send(`<iq xmlns='jabber:client' type='result' id='${id}' from='${from}'>${query}</iq>`);
    const client = async (jid: string): Promise<string | null | undefined> =>
      (await it_.core.ask('roster.state', { account: it_.account })).value.contacts.find(
        (one) => one.jid === jid,
      )?.presence.resources[0]?.client;
    it_.send(presence(`${romeo}/liar`, ver));
    const first = await question(`${romeo}/liar`);
    // Somebody else's answer, then a lie.
    reply(`${mallory}/x`, idOf(first), info('Evil', features));
    reply(`${romeo}/liar`, idOf(first), info('Evil', [...features, 'c']));
    await it_.settled();
    expect(await client(romeo)).not.toBe('Evil');
    it_.send(presence(`${nurse}/true`, ver));
    const second = await question(`${nurse}/true`);
    reply(`${nurse}/true`, idOf(second), info('True', features));
    await it_.core.until(async () => ((await client(nurse)) === 'True' ? true : null), 'the true name');
    expect(await client(romeo)).not.toBe('Evil');
    await it_.livesOn();
  });

  it('T30 an answer that is ill-formed, or says something twice, is not kept', async () => {
    const ver = createHash('sha1').update('client/pc//Two<a<a<').digest('base64');
    it_.send(presence(`${romeo}/twice`, ver));
    const frame = await it_.core.until(
      () => it_.guest.received.find((one) => one.includes(`${romeo}/twice`) && one.includes('disco#info')),
      'a question',
    );
    it_.send(
      `<iq xmlns='jabber:client' type='result' id='${idOf(frame)}' from='${romeo}/twice'><query xmlns='http://jabber.org/protocol/disco#info'>` +
        `<identity category='client' type='pc' name='Two'/><feature var='a'/><feature var='a'/></query></iq>`,
    );
    await it_.settled();
    const contact = (await it_.core.ask('roster.state', { account: it_.account })).value.contacts.find(
      ({ jid }) => jid === romeo,
    );
    expect(contact?.presence.resources[0]?.client ?? null).toBeNull();
    await it_.livesOn();
  });
});
