import { describe, expect, it } from 'vitest';
import type { SessionContext } from '../../../src-main/session/context';
import { createOwnPresence } from '../../../src-main/session/own-presence';
import type { IqOutcome, Link } from '../../../src-main/xmpp/link';
import { availablePresence } from '../../../src-main/xmpp/xep/6121-presence';
import { stanza } from '../../support/stanza';

const refused: IqOutcome = { ok: false, error: { condition: 'not-allowed', type: 'cancel', text: null } };

/** A server with XEP-0186, which none of the test servers has; it takes the command, or refuses it. */
const stage = (takes: boolean, privacyLists: boolean) => {
  const sent: string[] = [];
  const link = {
    send: (one: { toString(): string }) => sent.push(one.toString()),
    iq: (_type: string, child: { toString(): string }): Promise<IqOutcome> => {
      sent.push(child.toString());
      const isCommand = child.toString().includes('urn:xmpp:invisible:1');
      return Promise.resolve(isCommand && !takes ? refused : { ok: true, iq: stanza('<iq/>') });
    },
  } as unknown as Link;
  const context = {
    features: () => new Set(['urn:xmpp:invisible:1']),
    translate: () => () => 'On the phone',
  } as unknown as SessionContext;
  const own = createOwnPresence(context, () => ['romeo@x'], {
    privacyLists,
    rules: () => [],
    activeList: () => null,
  });
  const change = async (kind: 'invisible' | 'online') => {
    sent.length = 0;
    const outcome = await own.change(link, { kind, status: null }, 0, () => undefined);
    return { outcome, sent: [...sent] };
  };
  return { own, link, sent, change };
};

describe('invisible by the server’s own command (XEP-0186)', () => {
  it('asks, then tells the server alone; visible again by its opposite', async () => {
    const { own, link, change } = stage(true, false);
    expect(own.canBeInvisible).toBe(true);
    await own.announce(link, { kind: 'online', status: null }, 0, () => undefined);
    const gone = await change('invisible');
    expect(gone.outcome.ok).toBe(true);
    expect(gone.sent[0]).toBe('<invisible xmlns="urn:xmpp:invisible:1" probe="true"/>');
    // The server tells contacts that we left: nothing is sent to any of them.
    expect(gone.sent.join()).not.toContain('unavailable');
    const back = await change('online');
    expect(back.sent[0]).toBe('<visible xmlns="urn:xmpp:invisible:1"/>');
    expect(back.sent[1]).toMatch(/^<presence>/);
  });

  it('before the first presence where it is what was chosen', async () => {
    const { own, link, sent } = stage(true, false);
    expect(await own.announce(link, { kind: 'invisible', status: null }, 0, () => undefined)).toBeNull();
    expect(sent[0]).toContain('<invisible');
    expect(sent[1]).toMatch(/^<presence/);
  });

  it('falls back to a privacy list when the command is refused, and says so where there is neither', async () => {
    const withLists = stage(false, true);
    const gone = await withLists.change('invisible');
    expect(gone.outcome.ok).toBe(true);
    expect(gone.sent.join()).toContain('jabber:iq:privacy');
    const without = stage(false, false);
    expect((await without.change('invisible')).outcome).toMatchObject({ error: { code: 'not-offered' } });
  });
});

describe('idle in presence (XEP-0319)', () => {
  it('since when, in whole seconds of UTC', () => {
    const idle = { kind: 'away', status: null, idleSince: Date.UTC(2026, 0, 2, 3, 4, 5, 678) } as const;
    expect(availablePresence(idle, 0, '').toString()).toContain(
      '<idle xmlns="urn:xmpp:idle:1" since="2026-01-02T03:04:05Z"/>',
    );
    expect(availablePresence({ kind: 'away', status: null }, 0, '').toString()).not.toContain('idle');
  });
});
