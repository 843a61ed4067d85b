import type { ServerAddress } from '../servers/server';
import type { TestAccount } from '../servers/shared';
import { startCore } from '../support/core';
import { writeMany } from './catch-up';

const LIMIT_MS = 300_000;

export interface RoomCatchUp {
  /** From the start of the core until the newest message can be read. */
  readonly firstScreenMs: number;
  /** Sign-in, join and all that was missed, in messages a second. */
  readonly perSecond: number;
}

/** Flint was away while `count` messages were said in a room that it is in: how long until all of them are here. */
export async function roomCatchUp(
  server: ServerAddress,
  ours: TestAccount,
  theirs: TestAccount,
  count: number,
): Promise<RoomCatchUp> {
  const before = await startCore();
  const account = await before.signIn(ours.jid, ours.password, { server: server.wsUrl });
  const plan = { kind: 'channel', name: `Bench ${ours.name}`, description: '' } as const;
  const { room } = await before.ask('room.create', { account, plan, people: [] });
  const { dir, secrets } = before;
  await sent(before, account, room, 'Here I am');
  await before.stop(true);
  await writeMany(server, theirs, room, count, 'missed', 'Writer');

  const began = performance.now();
  const core = await startCore({ dir, secrets });
  try {
    const newest = `missed ${String(count - 1)}`;
    await core.until(
      async () => {
        const page = await core.ask('messages.page', { account, peer: room, anchor: null, limit: 50 });
        return page.value.messages.some(({ body }) => body === newest) || null;
      },
      'the newest one',
      LIMIT_MS,
    );
    const firstScreenMs = performance.now() - began;
    // What is written goes out once everything that was missed is here (R3).
    await sent(core, account, room, 'Here I am again');
    return { firstScreenMs, perSecond: (count * 1000) / (performance.now() - began) };
  } finally {
    await core.stop();
  }
}

async function sent(
  core: Awaited<ReturnType<typeof startCore>>,
  account: Awaited<ReturnType<(typeof core)['signIn']>>,
  room: string,
  body: string,
): Promise<void> {
  await core.ask('message.send', { account, peer: room, body });
  await core.until(
    async () => {
      const page = await core.ask('messages.page', { account, peer: room, anchor: null, limit: 50 });
      return page.value.messages.find((one) => one.body === body)?.delivery === 'sent' || null;
    },
    `${body}, as the room has said it`,
    LIMIT_MS,
  );
}
