import { afterEach, describe, expect, it } from 'vitest';
import { ssdpHash } from '../../src-main/xmpp/stream/sasl/downgrade';
import {
  frames,
  hostileServer,
  polite,
  scramServer,
  type Guest,
  type HostileServer,
  type Manners,
  type ScramServerOptions,
} from '../support/hostile-server';
import { failureOf, tryLink } from '../support/link-deps';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});
const serve = async (manners: Partial<Manners>): Promise<HostileServer> => {
  const server = await hostileServer(polite(manners));
  endings.push(() => server.stop());
  return server;
};
const offering = (...mechanisms: readonly string[]): Pick<Manners, 'features'> => ({
  features: frames.features(frames.mechanisms(...mechanisms)),
});
const scram = (options: Partial<ScramServerOptions>): Pick<Manners, 'auth'> => ({
  auth: (guest, auth) => scramServer(guest, auth, { password: 'secret', ...options }),
});
const succeed = (guest: Guest): Promise<void> => {
  guest.send(frames.sasl('success'));
  return Promise.resolve();
};
const failing = (condition: string) => ({
  auth: (guest: Guest) => {
    guest.send(frames.sasl('failure', `<${condition}/>`));
    return Promise.resolve();
  },
});
/** Everything the client sent, with what was in base64 made readable. */
const said = (server: HostileServer): string =>
  server.guests
    .flatMap(({ received }) => received)
    .map((frame) =>
      frame.replace(
        />([A-Za-z0-9+/=]+)</,
        (_all, text: string) => `>${Buffer.from(text, 'base64').toString()}<`,
      ),
    )
    .join('\n');

describe('signing in', () => {
  it.each(['SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-512'])('works with %s', async (mechanism) => {
    const server = await serve(offering(mechanism, 'PLAIN'));
    const { link } = await tryLink({ endpoints: [server.url] });
    expect(link?.mechanism).toBe(mechanism);
    await link?.close();
  });

  it('takes the signature as a challenge of its own too', async () => {
    const server = await serve(scram({ separateFinal: true }));
    const { link } = await tryLink({ endpoints: [server.url] });
    expect(link).not.toBeNull();
    await link?.close();
  });

  it.each([
    '1234',
    '\\0123',
    '0x12',
    ' two  spaces ',
    `<&>"'`,
    'пароль',
    '密码𠀀',
    'a=b,c=d',
    '\u00A0\u00AD',
    '😀',
    'päß',
  ])('sends the password %j as its UTF-8 bytes by PLAIN', async (password) => {
    let sent = '';
    const server = await serve({
      ...offering('PLAIN'),
      auth: (guest, auth) => {
        sent = Buffer.from(/>([^<]*)</.exec(auth)?.[1] ?? '', 'base64').toString('utf8');
        return succeed(guest);
      },
    });
    const { link } = await tryLink({ endpoints: [server.url], allowPlain: true, password });
    expect(sent).toBe(`\u0000juliet\u0000${password}`);
    expect(link?.mechanism).toBe('PLAIN');
    await link?.close();
  });

  it.each(['1234', '\\0123', `<&>"'`, 'пароль', '密码𠀀', 'a=b,c=d', ' two  spaces '])(
    'proves the password %j by SCRAM',
    async (password) => {
      const server = await serve(scram({ password }));
      const { link } = await tryLink({ endpoints: [server.url], password });
      expect(link).not.toBeNull();
      await link?.close();
    },
  );

  it('prepares the password for SCRAM as RFC 4013 says', async () => {
    const server = await serve(scram({ password: 'IX a' }));
    const { link } = await tryLink({ endpoints: [server.url], password: '\u2168\u00A0\u00AA' });
    expect(link).not.toBeNull();
    await link?.close();
  });
});

describe('the password stays here', () => {
  it('T27 does not go by PLAIN over ws://, on this computer neither', async () => {
    const server = await serve(offering('PLAIN'));
    const outcome = await tryLink({ endpoints: [server.url], password: 'c4n4ry' });
    expect(failureOf(outcome)).toBe('plain-refused at auth');
    expect(said(server)).not.toContain('c4n4ry');
    expect(said(server)).not.toContain('<auth');
  });

  it('T27 does not go by PLAIN once SCRAM has worked, until the user allows it', async () => {
    const server = await serve({ ...offering('PLAIN'), auth: succeed });
    const outcome = await tryLink({ endpoints: [server.url], scramSeen: true, password: 'c4n4ry' });
    expect(failureOf(outcome)).toBe('scram-lost at auth');
    expect(said(server)).not.toContain('<auth');
    const { link } = await tryLink({ endpoints: [server.url], scramSeen: true, allowPlain: true });
    expect(link?.mechanism).toBe('PLAIN');
    await link?.close();
  });

  it('T27 does not go by PLAIN after SCRAM was refused', async () => {
    const server = await serve({ ...offering('SCRAM-SHA-1', 'PLAIN'), ...failing('not-authorized') });
    const outcome = await tryLink({ endpoints: [server.url], allowPlain: true, password: 'c4n4ry' });
    expect(failureOf(outcome)).toBe('not-authorized at auth');
    expect(said(server).match(/<auth/g)).toHaveLength(1);
    expect(said(server)).not.toContain('c4n4ry');
  });

  it.each([[['DIGEST-MD5', 'CRAM-MD5']], [[]], [['ANONYMOUS']]])(
    'T27 is not tried with %j',
    async (mechanisms) => {
      const server = await serve(offering(...mechanisms));
      expect(failureOf(await tryLink({ endpoints: [server.url], allowPlain: true }))).toBe(
        'no-mechanism at auth',
      );
      expect(said(server)).not.toContain('<auth');
    },
  );
});

describe('a server that is not what it says', () => {
  it('T28 does not know the password: refused, and no resource is bound', async () => {
    const server = await serve(scram({ password: 'another' }));
    expect(failureOf(await tryLink({ endpoints: [server.url] }))).toBe('server-forged at auth');
    await server.guests[0]?.gone;
    expect(said(server)).not.toContain('<bind');
    expect(said(server).match(/<open/g)).toHaveLength(1);
  });

  it.each<[string, Partial<Manners>]>([
    ['success at once', { auth: succeed }],
    ['success without a signature', scram({ final: () => '' })],
    ['a signature cut short', scram({ final: (final) => final.slice(0, 10) })],
    ['a nonce of its own', scram({ first: (first) => first.replace(/r=[^,]+/, 'r=mine') })],
    [
      'success before the signature',
      {
        auth: async (guest, auth) => {
          await scramServer(guest, auth, { password: 'secret', final: () => 'v=AAAA', separateFinal: true });
        },
      },
    ],
  ])('T28 %s', async (_what, manners) => {
    const server = await serve(manners);
    expect(failureOf(await tryLink({ endpoints: [server.url] }))).toBe('server-forged at auth');
    expect(said(server)).not.toContain('<bind');
  });

  it.each([1, 4095, 1_000_001, 2_000_000_000])('T28 asks for %s rounds', async (iterations) => {
    const server = await serve(
      scram({ first: (first) => first.replace('i=4096', `i=${String(iterations)}`) }),
    );
    const { outcome } = await tryLink({ endpoints: [server.url] });
    expect(outcome).toMatchObject({
      failure: { code: 'weak-scram', params: { iterations: String(iterations) } },
    });
    await server.guests[0]?.gone;
    expect(said(server)).not.toContain(',p=');
  });

  it('T28 somebody took the stronger mechanisms out of the offer (XEP-0474)', async () => {
    const hash = (...mechanisms: readonly string[]): string =>
      `,h=${ssdpHash('sha1', { mechanisms, channelBindings: [] })}`;
    const honest = await serve({ ...offering('SCRAM-SHA-1'), ...scram({ extra: hash('SCRAM-SHA-1') }) });
    const { link } = await tryLink({ endpoints: [honest.url] });
    expect(link).not.toBeNull();
    await link?.close();
    const tampered = await serve({
      ...offering('SCRAM-SHA-1'),
      ...scram({ extra: hash('SCRAM-SHA-1', 'SCRAM-SHA-512') }),
    });
    expect(failureOf(await tryLink({ endpoints: [tampered.url] }))).toBe('server-forged at auth');
  });

  it('T28 offers a resource without asking who we are', async () => {
    const server = await serve({ features: frames.features(frames.bind + frames.sm) });
    expect(failureOf(await tryLink({ endpoints: [server.url] }))).toBe('no-mechanism at auth');
    await server.guests[0]?.gone;
    expect(said(server)).not.toContain('resource');
  });

  it.each(['evil.example/x', 'juliet@evil.example/x', 'juliet@hostile.test', '', '@/'])(
    'T28 binds us to %j',
    async (jid) => {
      const server = await serve({
        bind: (id) =>
          `<iq xmlns='jabber:client' type='result' id='${id}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>${jid}</jid></bind></iq>`,
      });
      expect(failureOf(await tryLink({ endpoints: [server.url] }))).toBe('bind-failed at bind');
    },
  );
});

describe('what the server says to a sign-in', () => {
  it.each([
    ['not-authorized', 'not-authorized'],
    ['account-disabled', 'account-disabled'],
    ['credentials-expired', 'credentials-expired'],
    ['temporary-auth-failure', 'temporary-auth-failure'],
    ['invalid-mechanism', 'auth-failed'],
    ['aborted', 'auth-failed'],
  ])('%s', async (condition, code) => {
    const server = await serve(failing(condition));
    const { outcome } = await tryLink({ endpoints: [server.url] });
    expect(outcome).toMatchObject({ failure: { code, step: 'auth', params: { condition } } });
  });

  it('no place for the resource', async () => {
    const server = await serve({
      bind: (id) =>
        `<iq xmlns='jabber:client' type='error' id='${id}'><error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`,
    });
    const { outcome } = await tryLink({ endpoints: [server.url] });
    expect(outcome).toMatchObject({
      failure: { code: 'bind-failed', params: { condition: 'resource-constraint' } },
    });
  });
});
