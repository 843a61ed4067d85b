import { afterEach, describe, expect, it } from 'vitest';
import {
  hostileServer,
  jid,
  politeSasl2,
  sasl2,
  scramServer,
  type Guest,
  type HostileServer,
} from '../support/hostile-server';
import { failureOf, tryLink, type Try } from '../support/link-deps';
import { before, incoming, sm } from '../support/resumption';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

describe('resuming with SASL2', () => {
  const authenticate =
    (inline: string, ...then: readonly string[]) =>
    async (guest: Guest, frame: string): Promise<void> => {
      await scramServer(guest, frame, { password: 'secret', element: sasl2.of(inline) });
      for (const each of then) guest.send(each);
    };
  const resumed = `<resumed ${sm} previd='sm-1' h='2'/>`;
  const open = async (
    script: (guest: Guest) => Promise<void>,
    more: Parameters<typeof tryLink>[0] = {},
  ): Promise<Try & { readonly server: HostileServer }> => {
    const server = await hostileServer(script);
    endings.push(() => server.stop());
    const told = await tryLink(
      { endpoints: [server.url], resumable: 'yes', ...more },
      { deadlines: { resumeAck: 150, close: 50 } },
    );
    const { link } = told;
    if (link) endings.push(() => link.close());
    return { ...told, server };
  };

  it('goes on, and counts what came before the features', async () => {
    const proof = async (guest: Guest): Promise<void> => {
      await guest.receive();
      guest.send(`<a ${sm} h='2'/>`);
    };
    const { link, server } = await open(politeSasl2(authenticate(resumed, incoming('early')), proof), {
      resume: before,
    });
    expect(link?.resumed).toEqual({ id: 'sm-1', handled: 2 });
    const seen: unknown[] = [];
    link?.onStanza((stanza) => void seen.push(stanza.attrs['id']));
    expect([seen, link?.resumption()?.handled]).toEqual([['early'], 5]);
    const frame = server.guests[0]?.received[1] ?? '';
    expect(frame).toContain('<resume xmlns="urn:xmpp:sm:3" previd="sm-1" h="4"/>');
    expect(frame).toContain('<enable xmlns="urn:xmpp:sm:3" resume="true"/>');
  });

  it('R26 without a new acknowledgement: a new session on a new line', async () => {
    let tries = 0;
    const script = politeSasl2((guest, frame) =>
      authenticate((tries += 1) === 1 ? resumed : sasl2.bound)(guest, frame),
    );
    const { link, server } = await open(script, { resume: before });
    expect(server.guests).toHaveLength(2);
    expect(link).toMatchObject({ resumed: null, refused: { id: 'sm-1', handled: null, silent: true } });
  });

  it('R3 refused: the new session is in the same answer, and what was known of the old one', async () => {
    const failed = `<failed ${sm} h='3'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>`;
    const { link } = await open(politeSasl2(authenticate(failed + sasl2.bound)), { resume: before });
    expect(link).toMatchObject({
      jid,
      resumed: null,
      refused: { id: 'sm-1', handled: 3, silent: false },
      inline: { carbons: true },
    });
    expect(link?.resumption()).toMatchObject({ id: 'sm-1', handled: 0, max: 60 });
  });

  it.each([
    ['of another domain', 'juliet@evil.example/x'],
    ['without resource', 'juliet@hostile.test'],
  ])('a JID %s is refused', async (_what, given) => {
    const bad = async (guest: Guest, frame: string): Promise<void> => {
      const element = (name: string, content = ''): string =>
        sasl2.of(sasl2.bound)(name, content).replace(jid, given);
      await scramServer(guest, frame, { password: 'secret', element });
    };
    expect(failureOf(await open(politeSasl2(bad)))).toBe('bind-failed at bind');
  });
});
