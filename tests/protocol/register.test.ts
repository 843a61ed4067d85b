import { afterEach, describe, expect, it } from 'vitest';
import { registerAccount, type RegisterOutcome } from '../../src-main/xmpp/stream/register';
import { frames, hostileServer, idOf, type Guest, type HostileServer } from '../support/hostile-server';
import { linkDeps, linkRequest } from '../support/link-deps';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});
const register = "xmlns='jabber:iq:register'";
const legacy = `<query ${register}><instructions>Choose</instructions><username/><password/><email/></query>`;
const result = (id: string, content = ''): string =>
  `<iq xmlns='jabber:client' type='result' id='${id}'>${content}</iq>`;
const error = (id: string, condition: string): string =>
  `<iq xmlns='jabber:client' type='error' id='${id}'><error type='cancel'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`;

const serve = async (
  form: (id: string) => string,
  made: (id: string) => string = result,
): Promise<HostileServer> => {
  const server = await hostileServer(async (guest: Guest) => {
    await guest.receive();
    guest.send(frames.open);
    guest.send(frames.features(frames.mechanisms('SCRAM-SHA-1')));
    guest.send(form(idOf(await guest.receive())));
    guest.send(made(idOf(await guest.receive())));
  });
  endings.push(() => server.stop());
  return server;
};
const shown: string[] = [];
const make = (server: HostileServer, allowPlain = true): Promise<RegisterOutcome> =>
  registerAccount(
    linkRequest({ endpoints: [server.url], password: 'c4n4ry<&>"', allowPlain }),
    linkDeps(),
    { onStep: () => undefined, onXml: (_direction, _step, xml) => shown.push(xml) },
    new AbortController().signal,
  );

describe('a new account', () => {
  it('is made with name and password, and the stream closed', async () => {
    const server = await serve((id) => result(id, legacy));
    expect(await make(server)).toEqual({ kind: 'made' });
    const [guest] = server.guests;
    await guest?.gone;
    expect(guest?.received.at(-2)).toContain(
      '<username>juliet</username><password>c4n4ry&lt;&amp;&gt;"</password>',
    );
    expect(guest?.received.at(-1)).toMatch(/^<close /);
    expect(shown.join('')).toContain('<password>[hidden]</password>');
    expect(shown.join('')).not.toContain('c4n4ry');
  });

  it.each([
    ['conflict', 'user-exists'],
    ['not-allowed', 'registration-closed'],
    ['forbidden', 'registration-closed'],
    ['service-unavailable', 'registration-closed'],
  ])('%s: %s', async (condition, code) => {
    const server = await serve(
      (id) => result(id, legacy),
      (id) => error(id, condition),
    );
    expect(await make(server)).toEqual({ kind: 'refused', error: { code } });
  });

  it('a reason of its own is passed on', async () => {
    const server = await serve(
      (id) => result(id, legacy),
      (id) => error(id, 'not-acceptable'),
    );
    expect(await make(server)).toEqual({
      kind: 'refused',
      error: { code: 'server-refused', params: { condition: 'not-acceptable' } },
    });
  });

  it('no registration at all', async () => {
    const server = await serve((id) => error(id, 'feature-not-implemented'));
    expect(await make(server)).toEqual({ kind: 'refused', error: { code: 'registration-closed' } });
  });

  it.each([
    `<query ${register}><x xmlns='jabber:x:oob'><url>https://x.example/</url></x></query>`,
    `<query ${register}><x xmlns='jabber:x:data' type='form'><field var='username'><required/></field><field var='captcha'><required/></field></x></query>`,
  ])('a form that only the server’s own page has: %s', async (form) => {
    const server = await serve((id) => result(id, form));
    expect(await make(server)).toEqual({ kind: 'refused', error: { code: 'registration-form' } });
  });

  it('T27 the password does not go over ws:// unless the user allows it', async () => {
    const server = await serve((id) => result(id, legacy));
    expect(await make(server, false)).toMatchObject({ kind: 'failed', failure: { code: 'plain-refused' } });
    expect(server.guests[0]?.received.join('')).not.toContain('c4n4ry');
  });
});
