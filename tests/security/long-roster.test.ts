import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainOptions, startCore, type TestCore } from '../support/core';
import {
  domain,
  hostileServer,
  idOf,
  polite,
  type Guest,
  type HostileServer,
} from '../support/hostile-server';

/** A roster of at least so many characters, in as few contacts as that takes. */
const roster = (length: number): string => {
  const item = (n: number): string =>
    `<item jid='${'c'.repeat(900)}${String(n)}@${domain}' subscription='both'/>`;
  const items: string[] = [];
  for (let size = 0; size < length; size += items.at(-1)?.length ?? 0) items.push(item(items.length));
  return `<query xmlns='jabber:iq:roster'>${items.join('')}</query>`;
};

/** The last one of them has a name since. */
const push =
  `<iq xmlns='jabber:client' type='set' id='push'><query xmlns='jabber:iq:roster'>` +
  `<item jid='${'c'.repeat(900)}2000@${domain}' subscription='both' name='Named since'/></query></iq>`;

describe('a roster that comes in one long piece', () => {
  let core: TestCore;
  let server: HostileServer;
  let length = 0;
  const serve = async (guest: Guest): Promise<void> => {
    for (;;) {
      const frame = await guest.receive();
      if (frame.startsWith('<r ')) guest.send("<a xmlns='urn:xmpp:sm:3' h='0'/>");
      if (!/^<iq[^>]* type="(get|set)"/.test(frame)) continue;
      const content = frame.includes('jabber:iq:roster') ? roster(length) : '';
      guest.send(`<iq xmlns='jabber:client' type='result' id='${idOf(frame)}'>${content}</iq>`);
      if (content !== '') guest.send(push);
    }
  };
  beforeEach(async () => {
    server = await hostileServer(polite({ live: serve }));
    core = await startCore();
  });
  afterEach(async () => {
    await core.stop();
    await server.stop();
  });
  const signIn = () =>
    core.ask('account.signIn', {
      jid: `juliet@${domain}`,
      password: 'secret',
      options: { ...plainOptions, server: server.url },
    });

  it('T15 over 8 MiB ends the sign-in in words, and says at which step', async () => {
    length = 9 * 1024 * 1024;
    await signIn();
    const { connection } = await core.waitForState(
      ({ connection: { phase } }) => phase === 'stopped',
      'the end',
    );
    expect(connection.failure).toMatchObject({ code: 'too-large', step: 'roster' });
    expect(connection.steps.find(({ id }) => id === 'roster')).toMatchObject({ state: 'failed' });
  });

  it('T15 of 2 MiB is no obstacle', async () => {
    length = 2 * 1024 * 1024;
    const account = await signIn();
    await core.waitForState(({ connection: { phase } }) => phase === 'online', 'online');
    const { contacts } = (await core.ask('roster.state', { account })).value;
    expect(contacts.length).toBeGreaterThan(2_000);
  });

  it('R21 what is pushed behind it, while it is still in work, is not undone by it', async () => {
    length = 2 * 1024 * 1024;
    const account = await signIn();
    // The roster is in its place; what came behind it may still be on its way there.
    await core.waitForState(({ connection: { phase } }) => phase === 'online', 'online');
    const named = await core.until(async () => {
      const { contacts } = (await core.ask('roster.state', { account })).value;
      return contacts.find(({ name }) => name === 'Named since');
    }, 'the name that was pushed');
    expect(named.jid).toContain('2000@');
  });
});
