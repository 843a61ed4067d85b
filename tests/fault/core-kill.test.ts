import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { atEnd, messagesWith, signedIn, type Pair } from '../core/support';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { memoryKeyring, startCore } from '../support/core';
import type { DeadlyStep, Orders } from './core-child';

const script = fileURLToPath(new URL('core-child.ts', import.meta.url));
const nameOf = (step: DeadlyStep): string => (step === 'frame written' ? step : `${step.when} ${step.call}`);

/** In the order in which a message goes through them. */
const sending: readonly DeadlyStep[] = [
  { call: 'addOutgoing', when: 'before' },
  { call: 'addOutgoing', when: 'after' },
  { call: 'markWritten', when: 'before' },
  { call: 'markWritten', when: 'after' },
  'frame written',
  { call: 'markSent', when: 'before' },
  { call: 'markSent', when: 'after' },
];
const receiving: readonly DeadlyStep[] = [
  { call: 'addMessage', when: 'before' },
  { call: 'addMessage', when: 'after' },
];

/** Started before everything else, for it takes a while to be there. */
const startChild = (): ChildProcess => {
  const child = fork(script, { execArgv: ['--import', 'tsx'] });
  atEnd(() => Promise.resolve(void child.kill('SIGKILL')));
  return child;
};

/** Lets a core in another process take over until it kills itself, and starts again where that left off. */
const killed = async (
  child: ChildProcess,
  pair: Pair,
  kept: ReadonlyMap<string, string>,
  orders: Pick<Orders, 'step' | 'send'>,
): Promise<Pair> => {
  const { juliet, romeo, julietAccount } = pair;
  await juliet.stop(true);
  await romeo.waitForOffline(julietAccount.jid);
  const ended = once(child, 'exit');
  child.send({ dir: juliet.dir, secrets: [...kept], ...orders } satisfies Orders);
  await once(child, 'message');
  if (orders.send === null) await romeo.sendMessage(julietAccount.jid, 'comes');
  expect(await ended).toEqual([null, 'SIGKILL']);
  const again = await startCore({ dir: juliet.dir, secrets: juliet.secrets });
  atEnd(() => again.stop());
  return { ...pair, juliet: again };
};

describe.each(sharedServers())('a core that is killed, on %s', (kind) => {
  it.each(sending.map((step) => [nameOf(step), step] as const))(
    'R1 %s: the message is once in the window, and there under its one id',
    async (_, step) => {
      const child = startChild();
      const kept = new Map<string, string>();
      const pair = await signedIn(kind, {}, { secrets: memoryKeyring(kept) });
      const { account, romeo, romeoAccount } = pair;
      const send = { account, peer: romeoAccount.jid, body: 'survives' };
      const after = await killed(child, pair, kept, { step, send });
      await after.juliet.waitForState(({ connection }) => connection.phase === 'online', 'online');
      const committed = step !== sending[0];
      const messages = await after.juliet.until(async () => {
        const all = await messagesWith(after);
        return all.every(({ delivery }) => delivery !== 'waiting') ? all : null;
      }, 'sent');
      // Before its commit nobody was told that it was taken.
      expect(messages.map(({ body }) => body)).toEqual(committed ? ['survives'] : []);
      await after.juliet.ask('message.send', { account, peer: romeoAccount.jid, body: 'last' });
      await romeo.waitForMessage(({ body }) => body === 'last');
      const ids = romeo.messages.filter(({ body }) => body === 'survives').map(({ id }) => id);
      expect(new Set(ids).size).toBe(committed ? 1 : 0);
      // The archive, or the session that goes on, tells what has arrived.
      if (CAPABILITIES[kind].mam) expect(ids).toHaveLength(committed ? 1 : 0);
      expect(romeo.messages.at(-1)?.body).toBe('last');
    },
  );

  it.each(receiving.map((step) => [nameOf(step), step] as const))(
    'R2 %s: the message comes again, and is there once',
    async (_, step) => {
      const child = startChild();
      const kept = new Map<string, string>();
      const pair = await signedIn(kind, {}, { secrets: memoryKeyring(kept) });
      const { account, romeo, romeoAccount, julietAccount } = pair;
      const after = await killed(child, pair, kept, { step, send: null });
      await after.juliet.until(async () => ((await messagesWith(after)).length > 0 ? true : null), 'there');
      await romeo.sendMessage(julietAccount.jid, 'last');
      const bodies = await after.juliet.until(async () => {
        const all = (await messagesWith(after)).map(({ body }) => body);
        return all.includes('last') ? all : null;
      }, 'the last one');
      expect(bodies).toEqual(['comes', 'last']);
      const chats = (await after.juliet.ask('chats.list', { account })).value;
      expect(chats.find(({ peer }) => peer === romeoAccount.jid)?.unread).toBe(2);
    },
  );
});
