import { afterEach, describe, expect, it } from 'vitest';
import type { Failure } from '../../src-shared/model/connection';
import { xml } from '../../src-main/xmpp/stream/xml';
import { faultProxy, type FaultProxy } from '../support/fault-proxy';
import {
  frames,
  hostileServer,
  idOf,
  jid,
  polite,
  type Guest,
  type HostileServer,
} from '../support/hostile-server';
import { failureOf, tryLink, type Try } from '../support/link-deps';
import type { Link } from '../../src-main/xmpp/link';
import type { LinkDeps } from '../../src-main/xmpp/stream/deps';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

interface Joined {
  readonly link: Link;
  readonly guest: Guest;
  readonly server: HostileServer;
  readonly proxy: FaultProxy;
  readonly end: Promise<Failure>;
  readonly told: Try;
}
/** A session through the proxy; `guest` is at its first frame after the walk. */
const join = async (
  manners: Parameters<typeof polite>[0] = {},
  deps: Partial<LinkDeps> = {},
): Promise<Joined> => {
  let arrived: (guest: Guest) => void = () => undefined;
  const live = new Promise<Guest>((resolve) => (arrived = resolve));
  const server = await hostileServer(polite({ ...manners, live: (guest) => arrived(guest) }));
  const proxy = await faultProxy(server);
  endings.push(
    () => server.stop(),
    () => proxy.stop(),
  );
  const told = await tryLink({ endpoints: [`ws://127.0.0.1:${String(proxy.port)}/ws`] }, deps);
  if (!told.link) throw new Error(JSON.stringify(told.outcome));
  const { link } = told;
  endings.push(() => link.close());
  return { link, server, proxy, told, guest: await live, end: new Promise((resolve) => link.onEnd(resolve)) };
};
const withoutSm = { boundFeatures: frames.features(frames.bind) };
const message = (id: string) => xml('message', { id, to: 'romeo@hostile.test' }, xml('body', {}, 'hi'));
const incoming = (id: string): string =>
  `<message xmlns='jabber:client' id='${id}' from='romeo@hostile.test/x'/>`;
/** So many characters. */
const answer = (length: number): string => {
  const [head, tail] = [
    "<iq xmlns='jabber:client' type='result' id='long'><query xmlns='urn:x'>",
    '</query></iq>',
  ];
  return head + 'x'.repeat(length - head.length - tail.length) + tail;
};
const sm = "xmlns='urn:xmpp:sm:3'";

describe('a link', () => {
  it('confirms what the server acknowledged, and answers its question with what was handled', async () => {
    const { link, guest } = await join();
    const confirmed: string[] = [];
    const handled: string[] = [];
    let release: () => void = () => undefined;
    link.onStanza((element) => {
      handled.push(element.attrs['id'] as string);
      return element.attrs['id'] === '2' ? new Promise<void>((resolve) => (release = resolve)) : undefined;
    });
    for (const id of ['a', 'b']) link.send(message(id), () => confirmed.push(id));
    expect(await guest.receive()).toContain('id="a"');
    expect(await guest.receive()).toContain('id="b"');
    expect(await guest.receive()).toBe('<r xmlns="urn:xmpp:sm:3"/>');
    guest.send(`<a ${sm} h='1'/>`);
    expect(await guest.receive()).toBe('<r xmlns="urn:xmpp:sm:3"/>');
    expect(confirmed).toEqual(['a']);
    for (const id of ['1', '2', '3']) guest.send(incoming(id));
    guest.send(`<r ${sm}/>`);
    expect(await guest.receive()).toBe('<a xmlns="urn:xmpp:sm:3" h="1"/>');
    expect(handled).toEqual(['1', '2', '3']);
    release();
    guest.send(`<r ${sm}/>`);
    expect(await guest.receive()).toBe('<a xmlns="urn:xmpp:sm:3" h="3"/>');
    guest.send(`<a ${sm} h='2'/>`);
    guest.send(`<r ${sm}/>`);
    await guest.receive();
    expect(confirmed).toEqual(['a', 'b']);
  });

  it('R4 ends on an h that is too high, and says so', async () => {
    const { link, guest, end } = await join();
    const confirmed: string[] = [];
    link.send(message('a'), () => confirmed.push('a'));
    guest.send(`<a ${sm} h='7'/>`);
    expect(await end).toMatchObject({
      code: 'stream-error',
      params: { condition: 'handled-count-too-high' },
    });
    await guest.gone;
    expect(confirmed).toEqual([]);
    const error = guest.received.find((frame) => frame.startsWith('<error'));
    expect(error).toContain('<handled-count-too-high xmlns="urn:xmpp:sm:3" h="7" send-count="1"/>');
    expect(guest.received.at(-1)).toMatch(/^<close /);
  });

  it('R5 confirms nothing that was sent before the line was cut', async () => {
    const { link, proxy, end } = await join();
    const confirmed: string[] = [];
    link.send(message('a'), () => confirmed.push('a'));
    proxy.cut();
    expect(await end).toMatchObject({ code: 'closed', step: 'ready' });
    link.send(message('b'), () => confirmed.push('b'));
    expect(confirmed).toEqual([]);
  });

  it('without stream management confirms by the ping that follows', async () => {
    const { link, guest, told } = await join(withoutSm);
    expect(told.steps.get('sm')?.state).toBe('skipped');
    const confirmed: string[] = [];
    link.send(message('a'), () => confirmed.push('a'));
    await guest.receive();
    const ping = await guest.receive();
    expect(ping).toContain('urn:xmpp:ping');
    link.send(message('b'), () => confirmed.push('b'));
    await guest.receive();
    guest.send(
      `<iq xmlns='jabber:client' type='error' id='${idOf(ping)}' from='hostile.test'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`,
    );
    expect(await guest.receive()).toContain('urn:xmpp:ping');
    expect(confirmed).toEqual(['a']);
  });

  it.each([
    ['with stream management', {}],
    ['by ping', withoutSm],
  ])('R6 notices a black hole in time, %s', async (_how, manners) => {
    const { proxy, end, link } = await join(manners, {
      deadlines: { probeEvery: 150, probeAnswer: 100, close: 50 },
    });
    const open = link.iq('get', xml('ping', { xmlns: 'urn:xmpp:ping' }));
    proxy.blackHole(true);
    expect(await end).toMatchObject({ code: 'timeout', step: 'ready' });
    expect(await open).toMatchObject({ ok: false, error: { condition: 'lost' } });
  });

  it.each([
    ['with stream management', {}],
    ['by ping', withoutSm],
  ])('R6 gives up a server that talks and does not listen, %s', async (_how, manners) => {
    const { end, link, guest } = await join(manners, { deadlines: { probeAnswer: 100, close: 50 } });
    const talk = setInterval(() => guest.send(incoming('x')), 20);
    void end.then(() => clearInterval(talk));
    const confirmed: string[] = [];
    link.send(message('a'), () => confirmed.push('a'));
    expect(await end).toMatchObject({ code: 'timeout', step: 'ready' });
    expect(confirmed).toEqual([]);
  });

  it('R7 asks at once when the computer woke', async () => {
    const { link, guest } = await join();
    link.probe();
    expect(await guest.receive()).toBe('<r xmlns="urn:xmpp:sm:3"/>');
  });

  it('T6 takes an answer from nobody but whom it asked', async () => {
    const { link, guest } = await join();
    const requests: string[] = [];
    link.onStanza((element) => void requests.push(element.toString()));
    const asked = link.iq('get', xml('query', { xmlns: 'jabber:iq:roster' }));
    const id = idOf(await guest.receive());
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const answer = (from: string, content: string): string =>
      `<iq xmlns='jabber:client' type='result' id='${id}' ${from}><query xmlns='jabber:iq:roster' ver='${content}'/></iq>`;
    guest.send(answer("from='eve@hostile.test/x'", 'forged'));
    guest.send(answer("from='juliet@hostile.test.evil.example'", 'forged'));
    guest.send(answer("from='juliet@hostile.test'", 'right'));
    const outcome = await asked;
    expect(outcome.ok && outcome.iq.getChild('query', 'jabber:iq:roster')?.attrs['ver']).toBe('right');
    expect(requests).toEqual([]);
  });

  it('answers WebSocket pings by itself', async () => {
    const { guest } = await join();
    const pong = new Promise((resolve) => guest.raw.once('data', resolve));
    guest.raw.write(Buffer.from([0x89, 0x00]));
    expect(((await pong) as Buffer)[0]).toBe(0x8a);
  });

  it('gives what came before the handler was there, in order', async () => {
    const { link, guest } = await join();
    for (const id of ['1', '2']) guest.send(incoming(id));
    guest.send(`<r ${sm}/>`);
    expect(await guest.receive()).toBe('<a xmlns="urn:xmpp:sm:3" h="0"/>');
    const seen: string[] = [];
    const both = new Promise<void>((resolve) =>
      link.onStanza((element) => {
        if (seen.push(element.attrs['id'] as string) === 2) resolve();
      }),
    );
    await both;
    expect(seen).toEqual(['1', '2']);
  });

  it.each([
    ['conflict', 'conflict'],
    ['system-shutdown', 'system-shutdown'],
    ['policy-violation', 'policy-violation'],
    ['not-authorized', 'replaced-credentials'],
    ['reset', 'stream-error'],
    ['see-other-host', 'stream-error'],
  ])('ends on the stream error %s as %s, and goes nowhere else', async (condition, code) => {
    const { guest, end, server } = await join();
    guest.send(frames.streamError(condition));
    expect(await end).toMatchObject({ code, step: 'ready', params: { condition } });
    await guest.gone;
    expect(server.guests).toHaveLength(1);
  });

  it('ends on <close/>, and answers it', async () => {
    const { guest, end } = await join();
    guest.send(frames.close);
    expect(await end).toMatchObject({ code: 'closed' });
    await guest.gone;
    expect(guest.received.at(-1)).toMatch(/^<close /);
  });

  it('tells what it handled before it closes, and nobody of an end that was asked for', async () => {
    const { link, guest } = await join();
    let ended = false;
    link.onEnd(() => (ended = true));
    link.onStanza(() => undefined);
    guest.send(incoming('1'));
    guest.send(`<r ${sm}/>`);
    await guest.receive();
    const open = link.iq('get', xml('ping', { xmlns: 'urn:xmpp:ping' }));
    await link.close();
    await guest.gone;
    expect(guest.received.slice(-2)).toEqual([
      '<a xmlns="urn:xmpp:sm:3" h="1"/>',
      '<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>',
    ]);
    expect(await open).toMatchObject({ error: { condition: 'lost' } });
    expect(ended).toBe(false);
    await link.close();
  });

  it('closes within its deadline where the server does not', async () => {
    const { link, proxy } = await join({}, { deadlines: { close: 80 } });
    proxy.blackHole(true);
    await link.close();
  });

  it('T14 closes the stream on a second <open/>', async () => {
    const { guest, end } = await join();
    guest.send(frames.open);
    expect(await end).toMatchObject({ code: 'malformed' });
  });

  it.each<[string, string | Buffer, string]>([
    ['two roots', incoming('1') + incoming('2'), 'not-well-formed'],
    ['duplicate attributes', "<message xmlns='jabber:client' from='a' from='b'/>", 'not-well-formed'],
    ['a comment', "<message xmlns='jabber:client'><!-- --></message>", 'restricted-xml'],
    ['a DTD', "<!DOCTYPE a []><message xmlns='jabber:client'/>", 'restricted-xml'],
    ['a foreign namespace', "<message xmlns='jabber:server'/>", 'invalid-namespace'],
    ['an end tag alone', '</foo>', 'not-well-formed'],
    ['a binary frame', Buffer.from(incoming('1')), 'not-well-formed'],
  ])('T14 closes the stream on %s', async (_what, frame, condition) => {
    const { link, guest, end } = await join();
    const seen: string[] = [];
    link.onStanza((element) => void seen.push(element.toString()));
    guest.send(frame);
    guest.send(incoming('after'));
    expect(await end).toMatchObject({ code: 'malformed', step: 'ready' });
    await guest.gone;
    expect(seen).toEqual([]);
    const error = guest.received.find((one) => one.startsWith('<error'));
    expect(error).toContain(`<${condition} xmlns="urn:ietf:params:xml:ns:xmpp-streams"/>`);
    expect(error).toMatch(/^<error xmlns="http:\/\/etherx\.jabber\.org\/streams">/);
  });

  it('T14 closes the stream on bad UTF-8', async () => {
    const { guest, end } = await join();
    guest.raw.write(Buffer.from([0x81, 0x04, 0x3c, 0xc3, 0x28, 0x3e]));
    expect(await end).toMatchObject({ code: 'malformed' });
  });

  it.each<[string, string, string]>([
    ['20,000 levels', '', '<a>'.repeat(20_000)],
    ['100 attributes', Array.from({ length: 100 }, (_, n) => ` a${String(n)}=''`).join(''), ''],
    ['more than 1 MiB', '', `<body>${'x'.repeat(1024 * 1024)}</body>`],
  ])(
    'T15 a message of %s costs neither the stream nor what comes behind it',
    async (_what, head, content) => {
      const { link, guest } = await join();
      const seen: string[] = [];
      const behind = new Promise<void>((resolve) => {
        link.onStanza((stanza) => {
          seen.push(String(stanza.attrs['id']));
          if (stanza.attrs['id'] === 'behind') resolve();
        });
      });
      guest.send(`<message xmlns='jabber:client' id='large'${head}>${content}</message>`);
      guest.send(incoming('behind'));
      await behind;
      expect(seen).toEqual(['large', 'behind']);
      guest.send(`<r ${sm}/>`);
      expect(await guest.receive()).toBe('<a xmlns="urn:xmpp:sm:3" h="2"/>');
    },
  );

  it('T15 an answer beyond the limits is none', async () => {
    const { link, guest } = await join();
    const asked = link.iq('get', xml('query', { xmlns: 'urn:x' }));
    const id = idOf(await guest.receive());
    guest.send(
      `<iq xmlns='jabber:client' type='result' id='${id}'>${'<a>'.repeat(70)}${'</a>'.repeat(70)}</iq>`,
    );
    expect(await asked).toMatchObject({ ok: false, error: { condition: 'too-large' } });
  });

  it('T15 takes an answer of 2 MiB once signed in, and what comes behind it stays behind it', async () => {
    const { link, guest } = await join();
    const seen: string[] = [];
    const behind = new Promise<void>((resolve) => {
      link.onStanza(() => {
        seen.push('behind');
        resolve();
      });
    });
    const asked = link.iq('get', xml('query', { xmlns: 'jabber:iq:roster' })).then(({ ok }) => {
      seen.push(ok ? 'long' : 'none');
    });
    const id = idOf(await guest.receive());
    guest.send(answer(2 * 1024 * 1024).replace("id='long'", `id='${id}'`));
    guest.send(incoming('behind'));
    await Promise.all([asked, behind]);
    expect(seen).toEqual(['long', 'behind']);
  });

  it('T15 before the sign-in no frame may be longer than 1 MiB, whatever it is', async () => {
    const server = await hostileServer(
      polite({
        auth: (guest) => {
          guest.send(answer(1024 * 1024 + 1));
          return Promise.resolve();
        },
      }),
    );
    endings.push(() => server.stop());
    const told = await tryLink({ endpoints: [server.url] });
    expect(failureOf(told)).toBe('too-large at auth');
  });

  it('T15 more than the socket takes in one piece has the same words', async () => {
    const { guest, end } = await join();
    guest.send(answer(9_000_000));
    expect(await end).toMatchObject({
      code: 'too-large',
      params: { reason: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' },
    });
  });

  it('T14 ignores JIDs that are none', async () => {
    const { link, guest } = await join();
    const seen = new Promise<string>((resolve) =>
      link.onStanza((element) => resolve(element.attrs['from'] as string)),
    );
    guest.send("<message xmlns='jabber:client' from='@'/>");
    expect(await seen).toBe('@');
    expect(link.jid).toBe(jid);
  });
});
