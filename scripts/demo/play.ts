import { randomBytes } from 'node:crypto';
import { connectPeer } from '../../tests/peers/connect-peer';
import type { Peer } from '../../tests/peers/peer';
import type { TestServer } from '../../tests/servers/server';
import { act, type Actor } from './actor';
import { juliet, parts, people } from './cast';

export interface Play {
  /** Juliet's account, which nobody is signed in to. */
  readonly jid: string;
  readonly password: string;
  /** Waits for the next thing that Romeo says, and returns it. */
  romeoAnswered(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Makes Juliet and the people around her on the server: accounts, her contact list in two groups, subscriptions both
 * ways, presences, a few messages that wait for her. Those who are online stay so, and two of them talk.
 */
export async function startPlay(server: TestServer): Promise<Play> {
  const password = randomBytes(9).toString('base64url');
  const jidOf = (name: string): string => `${name}@${server.domain}`;
  for (const { name } of [juliet, ...people]) await server.createUser(name, password);

  const peers = new Map<string, Peer>();
  for (const { name } of [...people, juliet]) {
    peers.set(name, await connectPeer(server, { jid: jidOf(name), password }, { client: 'stanza' }));
  }
  const peer = (name: string): Peer => {
    const found = peers.get(name);
    if (!found) throw new Error(`${name} has no part in the play`);
    return found;
  };
  const end = async (name: string): Promise<void> => {
    await peers.get(name)?.disconnect();
    peers.delete(name);
  };

  const her = peer(juliet.name);
  for (const { name, nick, group } of people) {
    await her.setContact({ jid: jidOf(name), name: nick, groups: [group] });
    await peer(name).setContact({ jid: jidOf(juliet.name), name: juliet.nick, groups: ['Friends'] });
    await her.subscribe(jidOf(name));
  }
  await befriended(her, people.length);
  await end(juliet.name);

  for (const { name, presence, waiting } of people) {
    for (const body of waiting ?? []) await peer(name).sendMessage(jidOf(juliet.name), body);
    if (presence) await peer(name).setPresence(presence);
    else await end(name);
  }

  const actors = new Map<string, Actor>();
  const actor = (name: string): Actor => {
    const found = actors.get(name);
    if (!found) throw new Error(`${name} does not speak in the play`);
    return found;
  };
  for (const part of parts) actors.set(part.name, act(peer(part.name), part, jidOf(juliet.name)));
  return {
    jid: jidOf(juliet.name),
    password,
    romeoAnswered: () => actor('romeo').said(),
    stop: async () => {
      for (const actor of actors.values()) actor.stop();
      await Promise.allSettled([...peers.keys()].map(end));
    },
  };
}

/** Waits until everybody in the list sees the other. */
async function befriended(her: Peer, count: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const roster = await her.roster();
    if (roster.filter((contact) => contact.subscription === 'both').length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the contacts of the demo did not come to know each other within 20 s');
}
