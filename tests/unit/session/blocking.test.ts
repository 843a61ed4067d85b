import { describe, expect, it } from 'vitest';
import { createBlocking } from '../../../src-main/session/blocking';
import type { SessionContext } from '../../../src-main/session/context';
import type { Element } from '../../../src-main/xmpp/element';
import type { IqOutcome, Link } from '../../../src-main/xmpp/link';
import { stanza } from '../../support/stanza';
import { incoming, listLog, openTestStore } from '../../support/store-kit';

const me = 'juliet@x';
const BLOCKING = 'urn:xmpp:blocking';
const refusal: IqOutcome = {
  ok: false,
  error: { condition: 'service-unavailable', type: null, text: null },
};

/** A server with XEP-0191 whose list another client has made. */
const make = async (...jids: readonly string[]) => {
  const store = await openTestStore();
  for (const peer of ['romeo@x', 'room@conf.x', 'room@conf.x/pest', 'room@conf.x/nurse'])
    await store.addMessage(incoming({ peer, standing: 'open' }));
  const asked: string[] = [];
  const items = jids.map((jid) => `<item jid='${jid}'/>`).join('');
  const iq = (_: string, payload: Element): Promise<IqOutcome> => {
    asked.push(payload.toString());
    return Promise.resolve(
      payload.getNS() === BLOCKING
        ? {
            ok: true,
            iq: stanza(`<iq type='result'><blocklist xmlns='${BLOCKING}'>${items}</blocklist></iq>`),
          }
        : refusal,
    );
  };
  const link = { iq, send: () => undefined } as unknown as Link;
  const forgotten: string[] = [];
  const blocking = createBlocking(
    {
      ...{ account: 'an account', bare: me, domain: 'x', store, link: () => link },
      ...{ hub: { emit: () => undefined }, ports: { log: listLog() } },
    } as unknown as SessionContext,
    { read: () => undefined },
    {
      standingOf: () => 'open',
      hideFrom: () => undefined,
      showTo: () => undefined,
      rulesChanged: () => Promise.resolve(),
      forget: (peer) => forgotten.push(peer),
    },
  );
  await blocking.fetch(link);
  const standings = async () =>
    Object.fromEntries((await store.chats()).map(({ peer, standing }) => [peer, standing]));
  return { blocking, link, asked, forgotten, standings };
};

describe('an entry of the block list with a resource (XEP-0191 §3.1)', () => {
  it('is of that device and that occupant alone', async () => {
    const { blocking, standings, forgotten } = await make('room@conf.x/pest', 'romeo@x/old phone', 'evil.x');
    expect(blocking.list()).toEqual(['evil.x', 'romeo@x/old phone', 'room@conf.x/pest']);
    const others = ['romeo@x', 'romeo@x/orchard', 'room@conf.x', 'room@conf.x/nurse', 'nurse@x/old phone'];
    expect(others.filter(blocking.isBlocked)).toEqual([]);
    const meant = ['romeo@x/old phone', 'room@conf.x/pest', 'a@evil.x', 'a@evil.x/b/c', 'evil.x'];
    expect(meant.filter(blocking.isBlocked)).toEqual(meant);
    expect(await standings()).toEqual({
      ...{ 'romeo@x': 'open', 'room@conf.x': 'open', 'room@conf.x/nurse': 'open' },
      'room@conf.x/pest': 'blocked',
    });
    expect(forgotten).toContain('romeo@x/old phone');
  });

  it('is taken off by itself, as the server writes it', async () => {
    const { blocking, asked, standings } = await make('Room@conf.x/pest', 'romeo@x/old-phone');
    expect(await blocking.remove('room@conf.x/pest')).toMatchObject({ ok: true });
    expect(asked.at(-1)).toContain('<item jid="Room@conf.x/pest"/>');
    expect(blocking.list()).toEqual(['romeo@x/old-phone']);
    expect((await standings())['room@conf.x/pest']).toBe('open');
  });

  it('comes and goes by a push, and leaves others as they are', async () => {
    const { blocking, link } = await make('romeo@x/old-phone');
    const push = (inside: string) =>
      blocking.handlePush(stanza(`<iq type='set' id='1' from='${me}'>${inside}</iq>`), link);
    await push(`<block xmlns='${BLOCKING}'><item jid='room@conf.x/pest'/></block>`);
    expect(blocking.list()).toEqual(['romeo@x/old-phone', 'room@conf.x/pest']);
    await push(`<unblock xmlns='${BLOCKING}'><item jid='romeo@x'/></unblock>`);
    expect(blocking.list()).toEqual(['romeo@x/old-phone', 'room@conf.x/pest']);
    await push(`<unblock xmlns='${BLOCKING}'><item jid='romeo@x/old-phone'/></unblock>`);
    expect(blocking.list()).toEqual(['room@conf.x/pest']);
  });
});
