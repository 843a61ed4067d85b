import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Link } from '../../src-main/xmpp/link';
import type { LinkDeps } from '../../src-main/xmpp/stream/deps';
import { xml, type Element } from '../../src-main/xmpp/stream/xml';
import type { Failure } from '../../src-shared/model/connection';
import { faultProxy, type FaultProxy } from '../support/fault-proxy';
import {
  hostileServer,
  jid,
  polite,
  type Guest,
  type HostileServer,
  type Manners,
} from '../support/hostile-server';
import { failureOf, tryLink } from '../support/link-deps';
import { before, incoming, sm } from '../support/resumption';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});
const message = (id: string): Element =>
  xml('message', { id, to: 'romeo@hostile.test' }, xml('body', {}, 'hi'));
const resumable = { enabled: `<enabled ${sm} id='sm-1' resume='true' max='60'/>` };

interface Joined {
  readonly link: Link;
  readonly guest: Guest;
  readonly server: HostileServer;
  readonly proxy: FaultProxy;
  readonly end: Promise<Failure>;
}
const serve = async (script: (guest: Guest) => Promise<void>): Promise<HostileServer> => {
  const server = await hostileServer(script);
  endings.push(() => server.stop());
  return server;
};
/** A session; `guest` is at its first frame after the walk. */
const join = async (
  manners: Partial<Manners>,
  request: Parameters<typeof tryLink>[0] = {},
  deps: Partial<LinkDeps> = {},
): Promise<Joined> => {
  let arrived: (guest: Guest) => void = () => undefined;
  const live = new Promise<Guest>((resolve) => (arrived = resolve));
  const server = await serve(polite({ ...resumable, ...manners, live: (guest) => arrived(guest) }));
  const proxy = await faultProxy(server);
  endings.push(() => proxy.stop());
  const endpoints = [`ws://127.0.0.1:${String(proxy.port)}/ws`];
  const { link, outcome } = await tryLink({ endpoints, resumable: 'yes', ...request }, deps);
  if (!link) throw new Error(JSON.stringify(outcome));
  endings.push(() => link.close());
  return { link, server, proxy, guest: await live, end: new Promise((resolve) => link.onEnd(resolve)) };
};
/** Resumes with `h`, and acknowledges anew when it is asked. */
const resumes =
  (h: number, more = ''): Manners['resume'] =>
  async (guest) => {
    guest.send(`<resumed ${sm} previd='sm-1' h='${String(h)}'/>`);
    if (more !== '') guest.send(more);
    await guest.receive();
    guest.send(`<a ${sm} h='${String(h)}'/>`);
    return true;
  };

describe('a session that can be resumed', () => {
  it('is asked for where it may be, and kept with what it takes', async () => {
    const { link } = await join({});
    expect(link.resumption()).toEqual({ ...before, handled: 0 });
    const frames = (one: Joined): string => one.server.guests[0]?.received.join() ?? '';
    const refused = await join({ enabled: `<enabled ${sm}/>` }, { resumable: 'no' });
    expect(frames(refused)).toContain('<enable xmlns="urn:xmpp:sm:3"/>');
    expect(refused.link.resumption()).toBeNull();
  });

  it('R2 remembers what was handled, and no more, after its line is lost', async () => {
    const { link, guest, proxy, end } = await join({});
    link.onStanza((stanza) =>
      stanza.attrs['id'] === '3' ? new Promise<void>(() => undefined) : Promise.resolve(),
    );
    for (const id of ['1', '2', '3', '4']) guest.send(incoming(id));
    guest.send(`<r ${sm}/>`);
    await guest.receive();
    proxy.cut();
    await end;
    expect(link.resumption()?.handled).toBe(2);
  });

  it('R6 is not ended by the line that is given up: no <close/>', async () => {
    const deadlines = { probeEvery: 100, probeAnswer: 100, close: 50 };
    const { link, guest, proxy, end } = await join({}, {}, { deadlines });
    proxy.blackHole(true, 'down');
    expect(await end).toMatchObject({ code: 'timeout' });
    await guest.gone;
    expect(guest.received.some((frame) => frame.startsWith('<close'))).toBe(false);
    expect(link.resumption()).not.toBeNull();
  });

  it('R12 is not ended by a stanza that cannot be kept, which is not counted', async () => {
    const { link, guest, end } = await join({});
    link.onStanza((stanza) =>
      stanza.attrs['id'] === '2' ? Promise.reject(new Error('disk full')) : Promise.resolve(),
    );
    for (const id of ['1', '2', '3']) guest.send(incoming(id));
    expect(await end).toMatchObject({ code: 'not-kept' });
    await guest.gone;
    expect(guest.received.some((frame) => frame.startsWith('<close'))).toBe(false);
    expect(link.resumption()?.handled).toBe(1);
  });

  it('R2 tells the server a count only once it is kept, and no later one than that', async () => {
    const { link, guest } = await join({});
    link.onStanza(() => undefined);
    let keep: () => void = () => undefined;
    const kept: (number | undefined)[] = [];
    link.beforeCount(() => {
      kept.push(link.resumption()?.handled);
      return new Promise((resolve) => (keep = resolve));
    });
    guest.send(incoming('1'));
    guest.send(`<r ${sm}/>`);
    await expect.poll(() => kept).toEqual([1]);
    guest.send(incoming('2'));
    await expect.poll(() => link.resumption()?.handled).toBe(2);
    expect(guest.received.filter((frame) => frame.startsWith('<a '))).toEqual([]);
    keep();
    await expect
      .poll(() => guest.received.filter((frame) => frame.startsWith('<a ')))
      .toEqual(['<a xmlns="urn:xmpp:sm:3" h="1"/>']);
  });

  it('R4 is over after an h that is too high', async () => {
    const { link, guest, end } = await join({});
    guest.send(`<a ${sm} h='7'/>`);
    await end;
    expect(link.resumption()).toBeNull();
  });

  it('R1 writes a stanza with the number that was committed, and nothing in between', async () => {
    const { link, guest } = await join({});
    link.send(xml('presence', {}));
    let commit: (go: boolean) => void = () => undefined;
    const places: unknown[] = [];
    const first = link.sendNumbered(message('a'), (place) => {
      places.push(place);
      return new Promise((resolve) => (commit = resolve));
    });
    link.send(message('b'));
    const second = link.sendNumbered(message('c'), (place) => {
      places.push(place);
      return Promise.resolve(false);
    });
    const third = link.sendNumbered(message('d'), (place) => {
      places.push(place);
      return Promise.resolve(true);
    });
    // What is no stanza passes.
    link.probe();
    expect(await guest.receive()).toContain('<presence');
    expect(await guest.receive()).toMatch(/^<r /);
    commit(true);
    await Promise.all([first, second, third]);
    for (const id of ['a', 'b', 'd']) expect(await guest.receive()).toContain(`id="${id}"`);
    expect(places).toEqual([2, 4, 4].map((number) => ({ session: 'sm-1', number })));
  });

  it('R1 neither commits nor writes what waits for its turn when the line is lost', async () => {
    const { link, proxy, end } = await join({});
    let commit: (go: boolean) => void = () => undefined;
    const first = link.sendNumbered(message('a'), () => new Promise((resolve) => (commit = resolve)));
    let asked = false;
    const second = link.sendNumbered(message('b'), () => {
      asked = true;
      return Promise.resolve(true);
    });
    proxy.cut();
    await end;
    commit(true);
    await Promise.all([first, second]);
    expect(asked).toBe(false);
    await expect(
      (await join({})).link.sendNumbered(message('c'), () => Promise.reject(new Error('disk'))),
    ).rejects.toThrow('disk');
  });
});

describe('resuming', () => {
  const request = { resume: before };

  it('R4 goes on counting where both stood, round 2^32', async () => {
    const top = 2 ** 32 - 1;
    const resume = { ...before, handled: top };
    const { link, guest, server } = await join({ resume: resumes(top, incoming('again')) }, { resume });
    expect(server.guests[0]?.received.find((frame) => frame.startsWith('<resume'))).toBe(
      `<resume xmlns="urn:xmpp:sm:3" previd="sm-1" h="${String(top)}"/>`,
    );
    expect(link).toMatchObject({ jid, resumed: { id: 'sm-1', handled: top }, refused: null });
    const seen: unknown[] = [];
    link.onStanza((stanza) => void seen.push(stanza.attrs['id']));
    expect(seen).toEqual(['again']);
    expect(link.resumption()).toEqual({ ...before, handled: 0 });
    const confirmed: string[] = [];
    const numbers: unknown[] = [];
    // It may ask for an acknowledgement at any time.
    const next = async (): Promise<string> => {
      const frame = await guest.receive();
      return frame.startsWith('<r ') ? next() : frame;
    };
    for (const id of ['a', 'b']) {
      await link.sendNumbered(
        message(id),
        (place) => Promise.resolve(numbers.push(place?.number) > 0),
        () => confirmed.push(id),
      );
      expect(await next()).toContain(`id="${id}"`);
    }
    expect(numbers).toEqual([0, 1]);
    guest.send(`<a ${sm} h='0'/>`);
    guest.send(`<r ${sm}/>`);
    expect(await next()).toBe('<a xmlns="urn:xmpp:sm:3" h="0"/>');
    expect(confirmed).toEqual(['a']);
  });

  const silent: Manners['resume'] = (guest) => {
    guest.send(`<resumed ${sm} previd='sm-1' h='2'/>`);
    return true;
  };
  const counting =
    (h: number): Manners['resume'] =>
    async (guest) => {
      guest.send(`<resumed ${sm} previd='sm-1' h='2'/>`);
      await guest.receive();
      guest.send(`<a ${sm} h='${String(h)}'/>`);
      return true;
    };
  it.each([
    ['does not acknowledge', silent],
    ['acknowledges less than it has just said', counting(1)],
    ['acknowledges more', counting(3)],
  ])(
    'R26 a server that resumes and then %s: a new session on a new line, and nothing counts',
    async (_what, resume) => {
      const deadlines = { resumeAck: 150, close: 50 };
      const { link, server } = await join(
        { resume, enabled: `<enabled ${sm} id='sm-2' resume='true'/>` },
        request,
        {
          deadlines,
        },
      );
      expect(server.guests).toHaveLength(2);
      expect(link).toMatchObject({
        resumed: null,
        refused: { id: 'sm-1', handled: null, silent: true },
      });
      expect(link.resumption()).toMatchObject({ id: 'sm-2', handled: 0 });
      expect(server.guests[1]?.received.some((frame) => frame.startsWith('<resume'))).toBe(false);
    },
  );

  it('R26 what is owed may take longer than the answer: as long as it comes, the session is not given up', async () => {
    const owed = Array.from({ length: 25 }, (_, n) => String(n));
    const resume: Manners['resume'] = async (guest) => {
      guest.send(`<resumed ${sm} previd='sm-1' h='2'/>`);
      for (const id of owed) {
        await delay(100);
        guest.send(incoming(id));
      }
      guest.send(`<a ${sm} h='2'/>`);
      return true;
    };
    const deadlines = { resumeAck: 1_500, total: 2_000 };
    const { link, server } = await join({ resume }, request, { deadlines });
    expect(server.guests).toHaveLength(1);
    expect(link).toMatchObject({ resumed: { id: 'sm-1', handled: 2 }, refused: null });
    const seen: unknown[] = [];
    link.onStanza((stanza) => void seen.push(stanza.attrs['id']));
    expect(seen).toEqual(owed);
  });

  it('R26 a server that talks on and never acknowledges is given up all the same', async () => {
    const resume: Manners['resume'] = (guest) => {
      guest.send(`<resumed ${sm} previd='sm-1' h='2'/>`);
      const talk = setInterval(() => guest.send(incoming('more')), 5);
      void guest.gone.then(() => clearInterval(talk));
      return true;
    };
    const deadlines = { resumeAck: 100, close: 50 };
    const { link, server } = await join({ resume }, request, { deadlines });
    expect(server.guests).toHaveLength(2);
    expect(link.refused).toMatchObject({ id: 'sm-1', silent: true });
  });

  it.each([
    ['', null],
    [" h='7'", 7],
    [" h='many'", null],
  ])('R3 refused with%s: bound on the same stream', async (h, handled) => {
    const resume: Manners['resume'] = (guest) => {
      guest.send(`<failed ${sm}${h}><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>`);
      return false;
    };
    const { link, server } = await join({ resume }, request);
    expect(server.guests).toHaveLength(1);
    expect(link).toMatchObject({ resumed: null, refused: { id: 'sm-1', handled, silent: false } });
    expect(link.resumption()?.handled).toBe(0);
  });

  it('another session than the one that was asked for is none', async () => {
    const resume: Manners['resume'] = (guest) => {
      guest.send(`<resumed ${sm} previd='sm-9' h='2'/>`);
      return true;
    };
    const server = await serve(polite({ resume }));
    expect(failureOf(await tryLink({ endpoints: [server.url], ...request }))).toBe('malformed at sm');
  });

  it('called off on the way leaves the session alone: no <close/>', async () => {
    const cut = new AbortController();
    const server = await serve(
      polite({
        resume: () => {
          cut.abort();
          return true;
        },
      }),
    );
    const told = await tryLink({ endpoints: [server.url], ...request }, {}, cut.signal);
    expect(failureOf(told)).toMatch(/^closed/);
    const [guest] = server.guests;
    await guest?.gone;
    expect(guest?.received.at(-1)).toMatch(/^<resume /);
  });
});
