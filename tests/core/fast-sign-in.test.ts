import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastToken, Link } from '../../src-main/xmpp/link';
import { invalidateToken } from '../../src-main/xmpp/stream/invalidate-token';
import { xml } from '../../src-main/xmpp/stream/xml';
import { newAccount, type TestAccount } from '../servers/shared';
import type { ServerOptions, TestServer } from '../servers/server';
import { startServer } from '../servers/start-server';
import { faultProxy } from '../support/fault-proxy';
import { failureOf, linkDeps, linkRequest, tryLink, type Try } from '../support/link-deps';
import { meddler } from '../support/meddler';
import { atEnd } from './support';

let server: TestServer;
beforeAll(async () => {
  server = await startServer('prosody13');
});
afterAll(() => server.stop());

type Request = Parameters<typeof tryLink>[0];
const trusting = (at: TestServer) => ({ authorities: [at.certificate.caPem] });
const over = async (who: TestAccount, more: Request = {}, at = server): Promise<Try> => {
  const request = { ...who, endpoints: [at.wssUrl], resumable: 'unknown-server', ...more } as const;
  const told = await tryLink(request, trusting(at));
  const { link } = told;
  if (link) atEnd(() => link.close());
  return told;
};
const account = (at = server): Promise<TestAccount> => newAccount(at, at, 'juliet');
const own = async (options: ServerOptions): Promise<TestServer> => {
  const started = await startServer('prosody13', options);
  atEnd(() => started.stop());
  return started;
};
/** Names of the elements that we sent. */
const said = ({ xml: frames }: Try): readonly string[] =>
  frames.flatMap(({ direction, xml: text }) =>
    direction === 'out' ? [/^<([a-z-]+)/.exec(text)?.[1] ?? ''] : [],
  );
const tokenOf = ({ tokens }: Try): FastToken => {
  const token = tokens.at(-1);
  if (!token) throw new Error('no token');
  return token;
};
const firstToken = async (who: TestAccount, at = server): Promise<FastToken> => {
  const told = await over(who, { wantsToken: true }, at);
  await told.link?.close();
  return tokenOf(told);
};
const until = async (true_: () => boolean): Promise<void> => {
  await expect.poll(true_, { timeout: 10_000 }).toBe(true);
};
const message = (to: string, id: string) => xml('message', { to, type: 'chat', id }, xml('body', {}, id));

describe('signing in on a server with SASL2', () => {
  it('with the password: a resource, carbons, stream management and a token in one go', async () => {
    const told = await over(await account(), { wantsToken: true });
    expect(said(told)).toEqual(['open', 'authenticate', 'response']);
    expect(told.link).toMatchObject({
      mechanism: 'SCRAM-SHA-1',
      inline: { carbons: true },
      resumed: null,
      refused: null,
      software: null,
    });
    expect(told.link?.jid).toMatch(/^juliet-[0-9a-f]+@localhost\/Flint~/);
    expect(told.link?.features.getChild('csi')).toBeDefined();
    expect(told.link?.resumption()).toMatchObject({ handled: 0, max: 600 });
    const states = ['auth', 'reopen', 'bind', 'session', 'sm'].map((id) => told.steps.get(id as 'auth'));
    expect(states.map((step) => [step?.state, step?.detail])).toEqual([
      ['done', 'SCRAM-SHA-1'],
      ['skipped', 'SASL2'],
      ['skipped', told.link?.jid],
      ['skipped', null],
      ['skipped', 'urn:xmpp:sm:3'],
    ]);
    const token = tokenOf(told);
    expect(token).toMatchObject({ mechanism: 'HT-SHA-256-NONE', count: 0 });
    expect(Date.parse(token.expiry ?? '')).toBeGreaterThan(Date.now());
    // T25: neither token nor password is shown to anybody.
    const shown = told.xml.map((frame) => frame.xml).join('\n');
    expect(shown).toContain('token="[hidden]"');
    expect(shown).not.toContain(token.secret.reveal());
  });

  it('with a token: one frame of ours between <open/> and the session', async () => {
    const who = await account();
    const token = await firstToken(who);
    const told = await over({ ...who, password: 'not needed' }, { token, wantsToken: true });
    expect(said(told)).toEqual(['open', 'authenticate']);
    expect(told.link).toMatchObject({ mechanism: 'HT-SHA-256-NONE', inline: { carbons: true } });
    expect(told.link?.resumption()).not.toBeNull();
    const shown = told.xml.map((frame) => frame.xml).join('\n');
    expect(shown).toContain('<fast xmlns="urn:xmpp:fast:0" count="1"/>');
    expect(shown).not.toContain(token.secret.reveal());
    // Used once, and no newer one.
    expect(told.tokens).toEqual([{ ...token, count: 1 }]);
  });

  it('a token that is due is replaced, and the old one holds until the new one is used', async () => {
    const at = await own({ tokens: { endAfter: 600, renewAfter: 0 } });
    const who = await account(at);
    const old = await firstToken(who, at);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const told = await over(who, { token: old }, at);
    const fresh = tokenOf(told);
    expect(fresh).toMatchObject({ count: 0 });
    expect(fresh.secret.reveal()).not.toBe(old.secret.reveal());
    const again = await over(who, { token: { ...old, count: 1 } }, at);
    expect(again.link?.mechanism).toBe('HT-SHA-256-NONE');
    const newest = await over(who, { token: tokenOf(again) }, at);
    expect(newest.link?.mechanism).toBe('HT-SHA-256-NONE');
  });

  it.each([
    ['ended', { endAfter: 1, renewAfter: 600 }, 1_500],
    ['of another password', undefined, 0],
  ])(
    'a token that is %s is forgotten, and the password goes on the same stream',
    async (what, tokens, wait) => {
      const at = tokens ? await own({ tokens }) : server;
      const who = await account(at);
      const token = await firstToken(who, at);
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (what !== 'ended') await new Promise((resolve) => setTimeout(resolve, 1_100));
      const password = what === 'ended' ? who.password : 'another one';
      if (what !== 'ended') await at.setPassword(who.name, password);
      const told = await over(
        { ...who, password },
        { token: { ...token, expiry: null }, wantsToken: true },
        at,
      );
      expect(said(told)).toEqual(['open', 'authenticate', 'authenticate', 'response']);
      expect(told.link?.mechanism).toBe('SCRAM-SHA-1');
      expect(told.tokens).toEqual([null, expect.objectContaining({ count: 0 })]);
    },
  );

  it('a token past its end is not even tried', async () => {
    const who = await account();
    const token = { ...(await firstToken(who)), expiry: '2020-01-01T00:00:00Z' };
    const told = await over(who, { token });
    expect(said(told)).toEqual(['open', 'authenticate', 'response']);
    expect(told.tokens).toEqual([null]);
  });

  it('T27 over ws:// there is no token, and no name in <open/>', async () => {
    const who = await account();
    const token = await firstToken(who);
    const told = await over(who, { token, wantsToken: true, endpoints: [server.wsUrl] });
    expect(told.link?.mechanism).toBe('SCRAM-SHA-1');
    expect(told.tokens).toEqual([]);
    const [open] = told.xml;
    expect(open?.xml).not.toContain('from=');
  });

  it('T27 only PLAIN is offered: refused over ws://, and after SCRAM has worked', async () => {
    const at = await own({ plainOnly: true });
    const who = await account(at);
    const plain = { ...who, endpoints: [at.wsUrl] };
    expect(failureOf(await tryLink(plain))).toBe('plain-refused at auth');
    expect(failureOf(await over(who, { scramSeen: true }, at))).toBe('scram-lost at auth');
    const { link } = await over(who, { allowPlain: true }, at);
    expect(link?.mechanism).toBe('PLAIN');
  });

  it('after sign-out the token is worth nothing', async () => {
    const who = await account();
    const token = await firstToken(who);
    const request = linkRequest({ ...who, endpoints: [server.wssUrl], token });
    expect(await invalidateToken(request, linkDeps(trusting(server)))).toBe(true);
    const told = await over(who, { token });
    expect(told.tokens).toEqual([null]);
    expect(await invalidateToken(request, linkDeps(trusting(server)))).toBe(true);
    const nowhere = { ...request, endpoints: ['wss://127.0.0.1:9/'] };
    expect(await invalidateToken(nowhere, linkDeps(trusting(server)))).toBe(false);
  });
});

describe('resuming on a server with SASL2', () => {
  const lost = async (who: TestAccount): Promise<{ readonly link: Link; readonly token: FastToken }> => {
    const proxy = await faultProxy({ port: Number(new URL(server.wssUrl).port) });
    atEnd(() => proxy.stop());
    const endpoint = new URL(server.wssUrl);
    endpoint.port = String(proxy.port);
    const told = await over(who, { wantsToken: true, endpoints: [endpoint.href] });
    const { link } = told;
    if (!link) throw new Error('not signed in');
    link.onStanza(() => undefined);
    link.send(xml('presence', {}));
    const confirmed: string[] = [];
    link.send(message(who.jid, 'a'), () => confirmed.push('a'));
    await until(() => confirmed.length === 1);
    const end = new Promise((resolve) => link.onEnd(resolve));
    proxy.cut();
    await end;
    return { link, token: tokenOf(told) };
  };

  it('R3 in the same frame as the token, and proved by one more', async () => {
    const who = await account();
    const { link, token } = await lost(who);
    const other = await over(await account());
    other.link?.send(message(who.jid, '1'));
    const resume = link.resumption();
    const told = await over(who, { token, resume });
    expect(said(told)).toEqual(['open', 'authenticate', 'r']);
    expect(told.link).toMatchObject({
      jid: link.jid,
      resumed: { id: resume?.id, handled: 2 },
      refused: null,
    });
    const seen: string[] = [];
    told.link?.onStanza((stanza) => {
      if (stanza.getChild('body')) seen.push(String(stanza.attrs['id']));
    });
    await until(() => seen.includes('1'));
    const confirmed: string[] = [];
    told.link?.send(message(other.link?.jid ?? '', 'b'), () => confirmed.push('b'));
    await until(() => confirmed.length === 1);
    expect(seen).toEqual(['1']);
  });

  it('R3 a session that is gone: a new one comes in the same answer', async () => {
    const who = await account();
    const { link, token } = await lost(who);
    const known = link.resumption();
    const resume = known && { ...known, id: 'none-such' };
    const told = await over(who, { token, resume });
    expect(said(told)).toEqual(['open', 'authenticate']);
    expect(told.link).toMatchObject({
      resumed: null,
      refused: { id: 'none-such', handled: null, silent: false },
      inline: { carbons: true },
    });
  });
});

describe('XEP-0474 on a server that has it', () => {
  const without = (mechanism: string) => (way: 'up' | 'down', frame: string) =>
    way === 'down' ? frame.replaceAll(`<mechanism>${mechanism}</mechanism>`, '') : frame;
  const ssdp = async (change: (way: 'up' | 'down', frame: string) => string): Promise<Try> => {
    const between = await meddler(server.wsUrl, change);
    atEnd(() => between.stop());
    const told = await tryLink({ ...(await account()), endpoints: [between.url] });
    const { link } = told;
    if (link) atEnd(() => link.close());
    return told;
  };

  it('T28 a list that nobody changed is right', async () => {
    const told = await ssdp((_way, frame) => frame);
    expect(told.link?.mechanism).toBe('SCRAM-SHA-1');
  });

  it('T28 a mechanism that somebody took away is missed, and nothing is proved to them', async () => {
    const told = await ssdp(without('OAUTHBEARER'));
    expect(failureOf(told)).toBe('server-forged at auth');
    expect(said(told)).toEqual(['open', 'authenticate', 'abort', 'close']);
  });

  it('T28 the same where SASL2 was taken away altogether', async () => {
    const told = await ssdp((way, frame) =>
      without('OAUTHBEARER')(way, frame.replace(/<authentication .*<\/authentication>/, '')),
    );
    expect(failureOf(told)).toBe('server-forged at auth');
    expect(said(told)).toEqual(['open', 'auth', 'abort', 'close']);
  });
});
