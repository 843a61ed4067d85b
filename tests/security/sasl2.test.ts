import { createHmac } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../src-main/ports';
import type { FastToken } from '../../src-main/xmpp/link';
import { ssdpHash } from '../../src-main/xmpp/stream/sasl/downgrade';
import { testCertificate, type TestCertificate } from '../servers/certificates';
import {
  frames,
  hostileServer,
  jid,
  politeSasl2,
  sasl2,
  scramServer,
  type Guest,
  type HostileServer,
  type ScramServerOptions,
} from '../support/hostile-server';
import { failureOf, tryLink, type Try } from '../support/link-deps';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

describe('SASL2', () => {
  const authenticating = async (
    authenticate: (guest: Guest, frame: string) => Promise<void> | void,
    request: Parameters<typeof tryLink>[0] = {},
  ): Promise<Try & { readonly server: HostileServer }> => {
    const server = await hostileServer(politeSasl2(authenticate));
    endings.push(() => server.stop());
    const told = await tryLink({ endpoints: [server.url], ...request });
    const { link } = told;
    if (link) endings.unshift(() => link.close());
    return { ...told, server };
  };
  const scram2 =
    (options: Partial<ScramServerOptions> = {}) =>
    (guest: Guest, frame: string): Promise<void> =>
      scramServer(guest, frame, { password: 'secret', element: sasl2.of(sasl2.bound), ...options });
  const succeeding = (guest: Guest): void => guest.send(sasl2.success(null, sasl2.bound));

  it('signs in with the strongest mechanism', async () => {
    const { link, server } = await authenticating(scram2());
    expect(link).toMatchObject({ mechanism: 'SCRAM-SHA-256', jid });
    expect(server.guests[0]?.received).toHaveLength(3);
  });

  it.each<[string, (guest: Guest, frame: string) => Promise<void> | void]>([
    ['success at once', succeeding],
    [
      'a signature of somebody else',
      scram2({ final: (text) => (text.startsWith('v=A') ? `v=B${text.slice(3)}` : `v=A${text.slice(3)}`) }),
    ],
    ['a signature of nothing', scram2({ final: () => 'v=' })],
    [
      'a list of mechanisms that was tampered with',
      scram2({ extra: `,h=${ssdpHash('sha256', { mechanisms: ['X'], channelBindings: [] })}` }),
    ],
  ])('T28 %s is a forgery', async (_what, authenticate) => {
    expect(failureOf(await authenticating(authenticate))).toBe('server-forged at auth');
  });

  it.each([
    [100, 'weak-scram'],
    [2_000_000, 'weak-scram'],
  ])('T28 %i iterations are refused', async (iterations, code) => {
    expect(failureOf(await authenticating(scram2({ iterations })))).toBe(`${code} at auth`);
  });

  it.each([
    ['not-authorized', 'not-authorized'],
    ['account-disabled', 'account-disabled'],
    ['aborted', 'auth-failed'],
  ])('fails on %s as %s, and tries no other mechanism', async (condition, code) => {
    const { outcome, server } = await authenticating((guest) => {
      guest.send(
        sasl2.wrap('failure', `<${condition} xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/><text>no</text>`),
      );
    });
    expect(outcome).toMatchObject({ failure: { code, params: { condition, text: 'no' } } });
    expect(server.guests[0]?.received.filter((frame) => frame.startsWith('<authenticate'))).toHaveLength(1);
  });

  it('has no second factor', async () => {
    const told = await authenticating((guest) => guest.send(sasl2.wrap('continue')));
    expect(told.outcome).toMatchObject({
      failure: { code: 'auth-failed', params: { condition: 'continue' } },
    });
  });

  it('is not led astray by the elements of RFC 6120', async () => {
    const told = await authenticating((guest) => guest.send(frames.sasl('success')));
    expect(failureOf(told)).toBe('malformed at auth');
  });
});

describe('a token', () => {
  let certificate: TestCertificate;
  beforeAll(async () => {
    certificate = await testCertificate('trusted', 'hostile.test');
  }, 120_000);
  const token: FastToken = {
    mechanism: 'HT-SHA-256-NONE',
    secret: new Secret('t0ken-c4n4ry'),
    expiry: null,
    count: 7,
  };
  const proof = (who: string): string =>
    createHmac('sha256', token.secret.reveal()).update(who).digest('base64');
  const withToken = async (
    answer: (guest: Guest, frame: string) => Promise<void> | void,
  ): Promise<Try & { readonly frames: readonly string[] }> => {
    const server = await hostileServer(politeSasl2(answer), { tls: certificate });
    endings.push(() => server.stop());
    const told = await tryLink(
      { endpoints: [server.url], token, wantsToken: true },
      { authorities: [certificate.caPem] },
    );
    const { link } = told;
    if (link) endings.unshift(() => link.close());
    return { ...told, frames: server.guests[0]?.received ?? [] };
  };

  it('is proved, never sent, and never shown', async () => {
    const fresh = `<token xmlns='urn:xmpp:fast:0' token='fr3sh' expiry='2030-01-01T00:00:00Z'/>`;
    const told = await withToken((guest) =>
      guest.send(sasl2.success(proof('Responder'), fresh + sasl2.bound)),
    );
    expect(told.link?.mechanism).toBe('HT-SHA-256-NONE');
    const sent = told.frames[1] ?? '';
    const message = Buffer.from(/response[^>]*>([^<]+)</.exec(sent)?.[1] ?? '', 'base64');
    expect(message.subarray(0, 7).toString()).toBe('juliet\u0000');
    expect(message.subarray(7).toString('base64')).toBe(proof('Initiator'));
    expect(sent).toContain('<fast xmlns="urn:xmpp:fast:0" count="8"/>');
    expect(told.tokens).toMatchObject([{ count: 0, expiry: '2030-01-01T00:00:00Z' }]);
    expect(told.tokens[0]?.secret.reveal()).toBe('fr3sh');
    const shown = told.xml.map((frame) => frame.xml).join();
    for (const secret of ['t0ken-c4n4ry', 'fr3sh', proof('Initiator'), proof('Responder')]) {
      expect(shown).not.toContain(secret);
    }
  });

  it.each([
    ['nothing', null],
    ['the proof that we sent', 'Initiator'],
  ])('T28 is not taken by a server that proves %s', async (_what, who) => {
    const told = await withToken((guest) => guest.send(sasl2.success(who && proof(who), sasl2.bound)));
    expect(failureOf(told)).toBe('server-forged at auth');
    expect(told.tokens).toEqual([]);
  });

  it.each(['not-authorized', 'credentials-expired', 'malformed-request'])(
    'refused with %s is forgotten, and the password follows',
    async (condition) => {
      const told = await withToken(async (guest) => {
        guest.send(sasl2.wrap('failure', `<${condition} xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>`));
        const next = await guest.receive();
        await scramServer(guest, next, { password: 'secret', element: sasl2.of(sasl2.bound) });
      });
      expect(told.link?.mechanism).toBe('SCRAM-SHA-256');
      expect(told.tokens).toEqual([null]);
      expect(told.frames[2]).not.toContain('<fast');
    },
  );

  it('T27 is neither used nor asked for over ws://, whatever the server offers', async () => {
    const server = await hostileServer(
      politeSasl2((guest, frame) =>
        scramServer(guest, frame, { password: 'secret', element: sasl2.of(sasl2.bound) }),
      ),
    );
    endings.push(() => server.stop());
    const { link } = await tryLink({ endpoints: [server.url], token, wantsToken: true });
    expect(link?.mechanism).toBe('SCRAM-SHA-256');
    await link?.close();
    expect(server.guests[0]?.received.join()).not.toMatch(/HT-SHA|fast:0/);
  });

  it.each(['temporary-auth-failure', 'account-disabled'])('is kept through %s', async (condition) => {
    const told = await withToken((guest) => {
      guest.send(sasl2.wrap('failure', `<${condition} xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>`));
    });
    expect(failureOf(told)).toBe(`${condition} at auth`);
    expect(told.tokens).toEqual([]);
  });
});
