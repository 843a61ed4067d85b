import { afterAll, describe, expect, it } from 'vitest';
import type { Link, Resumption } from '../../src-main/xmpp/link';
import { xml, type Element } from '../../src-main/xmpp/stream/xml';
import type { Failure } from '../../src-shared/model/connection';
import { CAPABILITIES } from '../servers/capabilities';
import type { ServerKind, ServerOptions, TestServer } from '../servers/server';
import { connectServer, newAccount, sharedServers, type TestAccount } from '../servers/shared';
import { startServer } from '../servers/start-server';
import { faultProxy, type FaultProxy } from '../support/fault-proxy';
import { tryLink, type Try } from '../support/link-deps';
import { atEnd } from './support';

type Where = Pick<TestServer, 'kind' | 'wsUrl' | 'domain' | 'createUser'>;
type Request = Parameters<typeof tryLink>[0];

const ofAll: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.allSettled(ofAll.map((end) => end()));
});
const own = (kind: ServerKind, options: ServerOptions): (() => Promise<TestServer>) => {
  let server: Promise<TestServer> | null = null;
  return () => {
    if (!server) {
      server = startServer(kind, options);
      ofAll.push(async () => (await server)?.stop());
    }
    return server;
  };
};

const message = (to: string, id: string): Element =>
  xml('message', { to, type: 'chat', id }, xml('body', {}, `text of ${id}`));
const until = async (true_: () => boolean): Promise<void> => {
  await expect.poll(true_, { timeout: 10_000 }).toBe(true);
};

interface Juliet {
  readonly account: TestAccount;
  readonly proxy: FaultProxy;
  readonly link: Link;
  readonly end: Promise<Failure>;
  /** Ids of messages, of all her sessions. */
  readonly seen: string[];
  /** Opens another stream. */
  again(request: Request, deps?: Parameters<typeof tryLink>[1]): Promise<Try>;
}

const listen = (link: Link, seen: string[]): void => {
  link.onStanza((stanza) => {
    if (stanza.is('message') && stanza.getChild('body')) seen.push(String(stanza.attrs['id']));
  });
};

const juliet = async (server: Where, request: Request = {}): Promise<Juliet> => {
  const account = await newAccount(server, server, 'juliet');
  const proxy = await faultProxy({ port: Number(new URL(server.wsUrl).port) });
  atEnd(() => proxy.stop());
  const seen: string[] = [];
  const endpoint = new URL(server.wsUrl);
  endpoint.port = String(proxy.port);
  const again = async (more: Request, deps = {}): Promise<Try> => {
    const told = await tryLink({ ...account, endpoints: [endpoint.href], ...more }, deps);
    const { link } = told;
    if (link) {
      atEnd(() => link.close());
      listen(link, seen);
    }
    return told;
  };
  const { link } = await again({ resumable: 'unknown-server', ...request });
  if (!link) throw new Error('not signed in');
  const end = new Promise<Failure>((resolve) => link.onEnd(resolve));
  link.send(xml('presence', {}));
  return { account, proxy, link, end, seen, again };
};

const romeo = async (server: Where): Promise<{ readonly link: Link; readonly seen: string[] }> => {
  const account = await newAccount(server, server, 'romeo');
  const { link } = await tryLink({ ...account, endpoints: [server.wsUrl] });
  if (!link) throw new Error('not signed in');
  atEnd(() => link.close());
  const seen: string[] = [];
  listen(link, seen);
  link.send(xml('presence', {}));
  return { link, seen };
};

const kept = (link: Link): Resumption => {
  const resumption = link.resumption();
  if (!resumption) throw new Error('nothing to resume');
  return resumption;
};

const withResume = sharedServers().filter((kind) => CAPABILITIES[kind].smResume === 'works');
const lossy = sharedServers().filter((kind) => CAPABILITIES[kind].smResume === 'lossy');

describe.each(withResume)('a session on %s whose line was lost', (kind) => {
  const server = () => connectServer(kind);

  it('R3 R4 goes on where it was: what came meanwhile arrives once, what was written counts once', async () => {
    const other = await romeo(server());
    const { link, proxy, end, again, seen, account } = await juliet(server());
    expect(link.software).not.toBeNull();
    expect(link.resumed).toBeNull();
    const confirmed: string[] = [];
    const places: (number | undefined)[] = [];
    const send = (from: Link, id: string): Promise<void> =>
      from.sendNumbered(
        message(other.link.jid, id),
        (place) => {
          places.push(place?.number);
          return Promise.resolve(true);
        },
        () => confirmed.push(id),
      );
    await send(link, 'a');
    other.link.send(message(link.jid, '1'));
    await until(() => confirmed.includes('a') && seen.includes('1'));

    proxy.blackHole(true, 'up');
    await send(link, 'b');
    other.link.send(message(link.jid, '2'));
    await until(() => seen.includes('2'));
    proxy.blackHole(false);
    proxy.cut();
    expect(await end).toMatchObject({ code: 'closed' });
    other.link.send(message(account.jid, '3'));
    const resume = kept(link);
    const { link: next, steps } = await again({ resume, resumable: 'yes' });
    expect(next?.resumed).toEqual({ id: resume.id, handled: (places[0] ?? 0) + 0 });
    expect(next).toMatchObject({ jid: link.jid, refused: null });
    expect(['bind', 'session', 'sm'].map((id) => steps.get(id as 'bind')?.state)).toEqual([
      'skipped',
      'skipped',
      'done',
    ]);
    if (!next) return;
    await send(next, 'b');
    await send(next, 'c');
    await until(() => confirmed.includes('c') && seen.includes('3') && other.seen.includes('c'));
    expect(places).toEqual([places[0], (places[0] ?? 0) + 1, (places[0] ?? 0) + 1, (places[0] ?? 0) + 2]);
    expect(confirmed).toEqual(['a', 'b', 'c']);
    expect(other.seen).toEqual(['a', 'b', 'c']);
    expect(seen).toEqual(['1', '2', '3']);

    // And once more, from the session that was resumed.
    proxy.cut();
    const { link: third } = await again({ resume: kept(next), resumable: 'yes' });
    expect(third?.resumed).toMatchObject({ id: resume.id, handled: (places[0] ?? 0) + 2 });
    other.link.send(message(account.jid, '4'));
    await until(() => seen.includes('4'));
    expect(seen).toEqual(['1', '2', '3', '4']);
  });

  it('R2 gets again what was not handled', async () => {
    const other = await romeo(server());
    const { link, proxy, end, again, seen } = await juliet(server());
    const held: string[] = [];
    link.onStanza((stanza) => {
      if (!stanza.getChild('body')) return undefined;
      held.push(String(stanza.attrs['id']));
      return new Promise(() => undefined);
    });
    other.link.send(message(link.jid, '1'));
    await until(() => held.length === 1);
    proxy.cut();
    await end;
    const { link: next } = await again({ resume: kept(link), resumable: 'yes' });
    expect(next?.resumed).not.toBeNull();
    await until(() => seen.length === 1);
    expect(seen).toEqual(['1']);
  });

  it('R3 is over once it was closed: a new one is bound on the same stream', async () => {
    const { link, again, proxy } = await juliet(server());
    const before = kept(link);
    await link.close();
    expect(link.resumption()).toBeNull();
    const { link: next, xml: frames } = await again({ resume: before, resumable: 'yes' });
    expect(next).toMatchObject({ resumed: null, refused: { id: before.id, silent: false } });
    expect(next?.jid).not.toBe(link.jid.replace(/Flint.*/, ''));
    expect(next && kept(next).id).not.toBe(before.id);
    expect(frames.filter((frame) => frame.direction === 'out' && frame.xml.startsWith('<open'))).toHaveLength(
      2,
    );
    expect(proxy.opened).toBe(2);
  });

  const brief = own(kind, { resumeSeconds: 1 });
  it('R3 after its time the server may still know how much of it had arrived', async () => {
    const at = await brief();
    const other = await romeo(at);
    const { link, proxy, end, again } = await juliet(at);
    const confirmed: string[] = [];
    link.send(message(other.link.jid, 'a'), () => confirmed.push('a'));
    await until(() => confirmed.length === 1);
    proxy.cut();
    await end;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const resume = kept(link);
    const { link: next } = await again({ resume, resumable: 'yes' });
    expect(next?.resumed).toBeNull();
    // Presence and message.
    expect(next?.refused).toEqual({ id: resume.id, handled: 2, silent: false });
    expect(next && kept(next).handled).toBe(0);
  });
});

describe.each(lossy)('a session on %s, which resumes and then loses everything', (kind) => {
  const server = () => connectServer(kind);

  it('R26 is not asked to resume', async () => {
    const { link } = await juliet(server());
    expect(link.software).toMatch(/^Openfire 4\.2/);
    expect(link.resumption()).toBeNull();
  });

  it('R26 asked all the same: without a new acknowledgement nothing of it counts, and a new session is bound', async () => {
    const other = await romeo(server());
    const { link, proxy, end, again, seen } = await juliet(server(), { resumable: 'yes' });
    const resume = kept(link);
    proxy.cut();
    await end;
    const { link: next } = await again({ resume, resumable: 'no' }, { deadlines: { resumeAck: 1_000 } });
    expect(next).toMatchObject({
      resumed: null,
      refused: { id: resume.id, handled: null, silent: true },
    });
    expect(next?.resumption()).toBeNull();
    if (!next) return;
    next.send(xml('presence', {}));
    const confirmed: string[] = [];
    next.send(message(other.link.jid, 'a'), () => confirmed.push('a'));
    await until(() => confirmed.length === 1 && other.seen.length === 1);
    other.link.send(message(next.jid, '1'));
    await until(() => seen.includes('1'));
  });
});
