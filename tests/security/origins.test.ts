import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountId } from '../../src-shared/model/account';
import type { Message } from '../../src-shared/model/conversation';
import { startCore, type TestCore } from '../support/core';
import {
  domain,
  frames,
  hostileServer,
  idOf,
  polite,
  type Guest,
  type HostileServer,
} from '../support/hostile-server';

const own = `juliet@${domain}`;
const romeo = `romeo@${domain}`;
const mallory = 'mallory@evil.test';
const roster = (items: string) => `<query xmlns='jabber:iq:roster'>${items}</query>`;
const both = (jid: string, name: string) => `<item jid='${jid}' name='${name}' subscription='both'/>`;

/** Answers what a client asks at the start of its session, and counts its stanzas (XEP-0198). */
async function serve(guest: Guest): Promise<void> {
  for (let handled = 0; ;) {
    const frame = await guest.receive();
    if (frame.startsWith('<r ')) guest.send(`<a xmlns='urn:xmpp:sm:3' h='${handled}'/>`);
    if (!/^<(iq|message|presence)\b/.test(frame)) continue;
    handled += 1;
    if (!/^<iq[^>]* type="(get|set)"/.test(frame)) continue;
    const result = frame.includes('jabber:iq:roster') ? roster(both(romeo, 'Romeo')) : '';
    guest.send(`<iq xmlns='jabber:client' type='result' id='${idOf(frame)}'>${result}</iq>`);
  }
}

describe('who says it', () => {
  let server: HostileServer;
  let core: TestCore;
  let account: AccountId;
  const guest = (): Guest => {
    const [first] = server.guests;
    if (!first) throw new Error('nobody is signed in');
    return first;
  };
  beforeEach(async () => {
    server = await hostileServer(
      polite({ boundFeatures: frames.features(frames.bind + frames.sm), live: serve }),
    );
    core = await startCore();
    account = await core.signIn(own, 'secret', { server: server.url });
  });
  afterEach(async () => {
    await core.stop();
    await server.stop();
  });

  const contacts = async () => (await core.ask('roster.state', { account })).value.contacts;
  const names = async () => (await contacts()).map(({ jid, name }) => [jid, name]);
  const messages = async (peer = romeo): Promise<readonly Message[]> =>
    (await core.ask('messages.page', { account, peer, anchor: null, limit: 50 })).value.messages;
  const answerTo = (id: string) =>
    core.until(
      () => guest().received.find((frame) => frame.startsWith('<iq') && idOf(frame) === id),
      `an answer to ${id}`,
    );
  /** What has been sent before has been handled once this has come back. */
  const settled = async (): Promise<void> => {
    const id = `settle-${guest().received.length}`;
    guest().send(
      `<iq xmlns='jabber:client' type='get' id='${id}' from='${domain}'><ping xmlns='urn:xmpp:ping'/></iq>`,
    );
    await answerTo(id);
  };

  describe('T2 a roster push', () => {
    const push = (id: string, from: string, items: string) =>
      guest().send(`<iq xmlns='jabber:client' type='set' id='${id}'${from}>${roster(items)}</iq>`);

    it.each([mallory, romeo, domain, `${own}/Flint-other`, `${own}.evil.test`, `x${own}`])(
      'T2 from %s is refused and changes nothing',
      async (from) => {
        const before = await names();
        push('forged', ` from='${from}'`, both(mallory, 'Nurse'));
        expect(await answerTo('forged')).toContain('type="error"');
        push('forged-removal', ` from='${from}'`, `<item jid='${romeo}' subscription='remove'/>`);
        expect(await answerTo('forged-removal')).toContain('type="error"');
        expect(await names()).toEqual(before);
      },
    );

    it.each([
      ['without from', ''],
      ['from the own bare address', ` from='${own}'`],
    ])('T2 %s is applied', async (_, from) => {
      push('good', from, both('nurse@hostile.test', 'Nurse'));
      expect(await answerTo('good')).toContain('type="result"');
      expect(await names()).toContainEqual(['nurse@hostile.test', 'Nurse']);
    });
  });

  it('T11 a receipt counts only from the one the message went to', async () => {
    const { id } = await core.ask('message.send', { account, peer: romeo, body: 'hi' });
    const sent = await core.until(
      () => guest().received.find((frame) => frame.includes('<body>hi</body>')),
      'the message',
    );
    const delivery = async () => (await messages()).find((message) => message.id === id)?.delivery;
    await core.until(async () => ((await delivery()) === 'sent' ? true : null), 'sent');
    const receipt = (from: string) =>
      guest().send(
        `<message xmlns='jabber:client' from='${from}'><received xmlns='urn:xmpp:receipts' id='${idOf(sent)}'/></message>`,
      );
    for (const from of [mallory, `nurse@${domain}/x`, domain, own]) receipt(from);
    await settled();
    expect(await delivery()).toBe('sent');
    receipt(`${romeo}/balcony`);
    await settled();
    expect(await delivery()).toBe('received');
  });

  it('T11 an error counts only from the one the message went to', async () => {
    const { id } = await core.ask('message.send', { account, peer: romeo, body: 'hi' });
    const sent = await core.until(
      () => guest().received.find((frame) => frame.includes('<body>hi</body>')),
      'the message',
    );
    const bounce = (from: string) =>
      guest().send(
        `<message xmlns='jabber:client' type='error' id='${idOf(sent)}' from='${from}'>` +
          `<error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
      );
    for (const from of [mallory, `nurse@${domain}`]) bounce(from);
    await settled();
    expect((await messages()).find((message) => message.id === id)?.delivery).not.toBe('failed');
  });

  it('T12 a stamp counts only of the own server', async () => {
    const long = '2020-02-02T02:02:02.500Z';
    const say = (body: string, from: string, stamp: string) =>
      guest().send(
        `<message xmlns='jabber:client' type='chat' from='${romeo}/x'><body>${body}</body>` +
          `<delay xmlns='urn:xmpp:delay' from='${from}' stamp='${stamp}'/></message>`,
      );
    say('forged', romeo, long);
    say('elsewhere', 'evil.test', long);
    say('true', domain, long);
    say('from tomorrow', domain, '2999-01-01T00:00:00Z');
    await settled();
    const now = Date.now();
    const at = Object.fromEntries((await messages()).map(({ body, at: time }) => [body, time]));
    expect(at['true']).toBe(Date.parse(long));
    for (const body of ['forged', 'elsewhere', 'from tomorrow']) {
      expect(Math.abs((at[body] ?? 0) - now)).toBeLessThan(60_000);
    }
  });
});
