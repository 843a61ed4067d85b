import { describe, expect, it } from 'vitest';
import type { SessionContext } from '../../../src-main/session/context';
import { createModeration } from '../../../src-main/session/rooms/moderation';
import type { OneRoom } from '../../../src-main/session/rooms/one-room';
import type { Role } from '../../../src-shared/model/room';
import { FakeClock } from '../../support/clock';
import { stanza } from '../../support/stanza';

const room = 'verona@rooms.x';
const request = (from: string, nick: string, type = ''): string =>
  `<message from='${from}'${type}><x xmlns='jabber:x:data' type='form'>` +
  `<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#request</value></field>` +
  `<field var='muc#roomnick'><value>${nick}</value></field></x></message>`;
const asked = (own: Role, ...messages: readonly string[]) => {
  const visitors = new Set(Array.from({ length: 100 }, (_, n) => `n${String(n)}`));
  const one = {
    inside: true,
    shown: () => ({ role: own }),
    retell: () => undefined,
    occupants: { find: (nick: string) => (visitors.has(nick) ? { role: 'visitor' } : null) },
  } as unknown as OneRoom;
  const moderation = createModeration({} as SessionContext, (jid) => (jid === room ? one : undefined));
  const taken = messages.map((message) => moderation.take(stanza(message)));
  return { taken, asking: moderation.asking(room) };
};

describe('requests for voice', () => {
  it('are shown to moderators, each person once, as long as they can only read', () => {
    const { asking } = asked('moderator', request(room, 'n1'), request(room, 'n2'), request(room, 'n1'));
    expect(asking).toEqual(['n2', 'n1']);
    expect(asked('moderator', request(room, 'speaks already')).asking).toEqual([]);
    expect(asked('participant', request(room, 'n1')).asking).toEqual([]);
  });

  it('come from the room itself: nobody in it and no other address can ask in its name', () => {
    const { taken, asking } = asked(
      'moderator',
      request(`${room}/n1`, 'n1'),
      request('rooms.x', 'n1'),
      request('mallory@evil.test', 'n1'),
      request(room, 'n1', " type='error'"),
    );
    expect(asking).toEqual([]);
    expect(taken).toEqual([false, false, true, false]);
  });

  it('of a crowd the last twenty are kept', () => {
    const crowd = Array.from({ length: 100 }, (_, n) => request(room, `n${String(n)}`));
    expect(asked('moderator', ...crowd).asking).toHaveLength(20);
  });
});

describe('a request of ours', () => {
  const ask = () => {
    const clock = new FakeClock();
    const sent: string[] = [];
    const context = {
      link: () => ({ send: (one: { toString(): string }) => void sent.push(one.toString()) }),
      ports: { clock, random: { id: () => 'a-request' } },
    } as unknown as SessionContext;
    const one = { inside: true } as unknown as OneRoom;
    const moderation = createModeration(context, (jid) => (jid === room ? one : undefined));
    return { clock, sent, moderation, answer: moderation.askVoice(room) };
  };
  const refusal = (condition: string, from = room, id = 'a-request') =>
    stanza(
      `<message from='${from}' type='error' id='${id}'><error type='modify'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
    );

  it('is on its way where the room says nothing to it', async () => {
    const { clock, sent, answer } = ask();
    await clock.advance(3_000);
    expect(await answer).toMatchObject({ ok: true });
    expect(sent).toHaveLength(1);
  });

  it('goes nowhere where the room takes none; who is no room says nothing of it', async () => {
    const { moderation, answer } = ask();
    expect(moderation.take(refusal('bad-request', 'mallory@evil.test'))).toBe(false);
    expect(moderation.take(refusal('bad-request', room, 'another'))).toBe(false);
    expect(moderation.take(refusal('bad-request'))).toBe(true);
    expect(await answer).toMatchObject({ ok: false, error: { code: 'no-voice-requests' } });
    const other = ask();
    other.moderation.take(refusal('forbidden'));
    expect(await other.answer).toMatchObject({
      ...{ ok: false, error: { code: 'server-refused', params: { condition: 'forbidden' } } },
    });
  });
});
