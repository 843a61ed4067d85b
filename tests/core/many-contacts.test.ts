import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWindowHub } from '../../src-main/ipc/window-hub';
import { systemClock } from '../../src-main/desktop/clock';
import type { EventBatch } from '../../src-shared/ipc/events';
import type { AccountId } from '../../src-shared/model/account';
import type { Contact } from '../../src-shared/model/contact';
import { crowdOf, type Crowd, type CrowdPresence } from '../servers/prosody/crowd';
import { newAccount, type TestAccount } from '../servers/shared';
import { startServer } from '../servers/start-server';
import type { TestServer } from '../servers/server';
import { company } from '../support/company';
import { startCore, type TestCore } from '../support/core';

const COUNT = 10_000;

/** What a window that shows the contacts is sent. */
const listen = (core: TestCore): readonly EventBatch[] => {
  const batches: EventBatch[] = [];
  const hub = createWindowHub(systemClock.after);
  hub.add(1, { send: (batch) => batches.push(batch), isVisible: () => true });
  hub.subscribe(1, ['roster']);
  core.core.listen(hub.push);
  return batches;
};
const toldOf = (batches: readonly EventBatch[]): readonly Contact[] =>
  batches
    .flatMap(({ events }) => events)
    .flatMap(({ event }) => (event.type === 'contact' ? [event.contact] : []));

describe('ten thousand contacts', () => {
  let server: TestServer;
  let crowd: Crowd;
  let core: TestCore;
  let nora: TestAccount;
  let account: AccountId;
  const people = () => company(COUNT, server.domain);
  const contacts = async (): Promise<readonly Contact[]> =>
    (await core.ask('roster.state', { account })).value.contacts;

  beforeAll(async () => {
    server = await startServer('prosody');
    crowd = crowdOf(server);
    nora = await newAccount(server, server, 'nora');
    await crowd.fill(nora.name, people());
    core = await startCore();
  });
  afterAll(async () => {
    await core.stop();
    await server.stop();
  });

  it('R21 come in one answer of more than a mebibyte, and reach the window in pieces', async () => {
    const batches = listen(core);
    account = await core.signIn(nora.jid, nora.password, { server: server.wsUrl });
    const byJid = new Map((await contacts()).map((contact) => [contact.jid, contact]));
    expect(byJid.size).toBe(COUNT);
    for (const { jid, name, groups } of people()) {
      const contact = byJid.get(jid);
      expect(contact).toMatchObject({ name, subscription: 'both' });
      expect([...(contact?.groups ?? [])].sort()).toEqual([...groups].sort());
    }
    await core.until(() => toldOf(batches).length >= COUNT || null, 'all of them told');
    expect(toldOf(batches)).toHaveLength(COUNT);
    expect(Math.max(...batches.map(({ events }) => events.length))).toBeLessThanOrEqual(500);
  });

  it('R21 a storm of presence tells of each change once, those who changed and nobody else, many in one batch', async () => {
    const batches = listen(core);
    const changing = people().slice(0, 1_000);
    const status = (n: number): string => `Line ${String(n)}`;
    for (let burst = 0; burst < 10; burst += 1) {
      const presences = changing.slice(burst * 100, burst * 100 + 100).map(({ jid }, n): CrowdPresence => ({
        from: `${jid}/desk`,
        show: 'away',
        status: status(burst * 100 + n),
      }));
      await crowd.tell(nora.jid, presences);
    }
    await core.until(() => toldOf(batches).length >= changing.length || null, 'all of them told');
    const told = toldOf(batches);
    expect(new Set(told.map(({ jid }) => jid))).toEqual(new Set(changing.map(({ jid }) => jid)));
    expect(told).toHaveLength(changing.length);
    expect(told[0]?.presence).toMatchObject({ kind: 'away', status: status(0) });
    // At most ten a burst, however slow the server writes them.
    expect(batches.length).toBeLessThanOrEqual(100);
  });

  it('R21 are there from the disk at the next start, and the server sends none of them again', async () => {
    const { dir, secrets } = core;
    await core.stop(true);
    core = await startCore({ dir, secrets });
    expect(await contacts()).toHaveLength(COUNT);
    await core.waitForState(({ connection }) => connection.phase === 'online', 'online again');
    const asked = (await core.ask('console.entries', { account })).value.filter(
      ({ direction, xml }) => direction === 'in' && xml.includes('jabber:iq:roster'),
    );
    expect(asked.filter(({ xml }) => xml.includes('<item'))).toEqual([]);
    expect(await contacts()).toHaveLength(COUNT);
  });
});
