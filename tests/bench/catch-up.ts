import { connectPeer } from '../peers/connect-peer';
import type { ServerAddress } from '../servers/server';
import type { TestAccount } from '../servers/shared';
import { startCore, type TestCore } from '../support/core';
import { bareRead } from './bare-read';

const LIMIT_MS = 300_000;
/** Stanzas in one write of the sender. */
const AT_ONCE = 50;

export interface CatchUp {
  /** From the start of the core until the newest message can be read. */
  readonly firstScreenMs: number;
  /** From then on sign-in and all of the archive, in messages a second. */
  readonly perSecond: number;
  /** The same archive over a bare socket, a page at a time. */
  readonly barePerSecond: number;
}

const online = (core: TestCore): Promise<unknown> =>
  core.waitForState(({ connection }) => connection.phase === 'online', 'online', LIMIT_MS);
const current = (core: TestCore): Promise<unknown> =>
  core.waitForState(({ archive }) => archive.is === 'current', 'caught up', LIMIT_MS);

/**
 * Writes so many messages to an account, as fast as the server takes them.
 *
 * @param nick given where it is a room
 */
export async function writeMany(
  server: ServerAddress,
  from: TestAccount,
  to: string,
  count: number,
  name: string,
  nick?: string,
): Promise<void> {
  const sender = await connectPeer(server, from, { client: 'slixmpp' });
  const type = nick === undefined ? 'chat' : 'groupchat';
  try {
    if (nick !== undefined) {
      await sender.sendRaw(
        `<presence to="${to}/${nick}"><x xmlns="http://jabber.org/protocol/muc"><history maxstanzas="0"/></x></presence>`,
      );
      await sender.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes(`${to}/${nick}`));
    }
    for (let first = 0; first < count; first += AT_ONCE) {
      const batch = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, n) => {
        const number = String(first + n);
        return `<message xmlns="jabber:client" type="${type}" to="${to}" id="${name}-${number}"><body>${name} ${number}</body></message>`;
      });
      await sender.sendRaw(batch.join(''));
      await answered(sender, server.domain, `${name}-ping-${String(first)}-`);
    }
  } finally {
    await sender.disconnect();
  }
}

async function answered(
  sender: Awaited<ReturnType<typeof connectPeer>>,
  domain: string,
  id: string,
): Promise<void> {
  await sender.sendRaw(
    `<iq xmlns="jabber:client" type="get" to="${domain}" id="${id}"><ping xmlns="urn:xmpp:ping"/></iq>`,
  );
  await sender.waitForRaw((xml) => xml.includes(id), LIMIT_MS);
}

/** Flint was away while `count` messages came to another device of the account: how long until all of them are here. */
export async function catchUp(
  server: ServerAddress,
  ours: TestAccount,
  theirs: TestAccount,
  count: number,
): Promise<CatchUp> {
  const before = await startCore();
  await before.signIn(ours.jid, ours.password, { server: server.wsUrl });
  await writeMany(server, theirs, ours.jid, 1, 'before');
  await before.until(() => before.events.some(isMessage('before 0')) || null, 'the first one', LIMIT_MS);
  // Its place in the archive is looked up once it is quiet.
  await new Promise((next) => setTimeout(next, 5_000));
  const { dir, secrets } = before;
  await before.stop(true);

  const phone = await connectPeer(server, ours, { client: 'stanza', resource: 'phone' });
  await writeMany(server, theirs, ours.jid, count, 'missed');
  await phone.disconnect();

  const began = performance.now();
  const core = await startCore({ dir, secrets });
  const read = async (): Promise<Omit<CatchUp, 'barePerSecond'>> => {
    const [state] = (await core.ask('app.state', {})).value.accounts;
    if (!state) throw new Error('no account');
    const newest = `missed ${String(count - 1)}`;
    const account = state.account.id;
    await core.until(
      async () => {
        const page = await core.ask('messages.page', { account, peer: theirs.jid, anchor: null, limit: 50 });
        return page.value.messages.at(-1)?.body === newest || null;
      },
      'the newest one',
      LIMIT_MS,
    );
    const firstScreenMs = performance.now() - began;
    await online(core);
    await current(core);
    const seconds = (performance.now() - began) / 1000;
    return { firstScreenMs, perSecond: count / seconds };
  };
  const figures = await read().finally(() => core.stop());
  return { ...figures, barePerSecond: await bareRead(server, ours) };
}

const isMessage =
  (body: string) =>
  (event: TestCore['events'][number]): boolean =>
    event.type === 'message' && event.message.body === body;
