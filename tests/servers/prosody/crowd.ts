import { postJson } from '../post-json';
import type { ServerAddress } from '../server';

export interface CrowdContact {
  readonly jid: string;
  readonly name: string;
  readonly groups: readonly string[];
}
export interface CrowdPresence {
  /** Full JID. */
  readonly from: string;
  readonly show?: 'away' | 'chat' | 'dnd' | 'xa';
  readonly status?: string;
  readonly gone?: boolean;
}
export interface CrowdMessage {
  readonly from: string;
  readonly id: string;
  readonly body: string;
}

/**
 * Contacts by the thousand on a Prosody: people of a component without clients, for whom the test speaks. They see the
 * account and are seen by it.
 */
export interface Crowd {
  /** Gives an account that is not signed in its contact list. */
  fill(name: string, contacts: readonly CrowdContact[]): Promise<void>;
  /** Two of three are at their desks from now on, and say so to whoever signs in. */
  present(on: boolean): Promise<void>;
  /** Their presences reach the account (bare JID) in one go. */
  tell(to: string, presences: readonly CrowdPresence[]): Promise<void>;
  write(to: string, messages: readonly CrowdMessage[]): Promise<void>;
}

export function crowdOf({ kind, wsUrl }: Pick<ServerAddress, 'kind' | 'wsUrl'>): Crowd {
  if (kind !== 'prosody') throw new Error(`${kind} has no crowd`);
  const url = `http://127.0.0.1:${new URL(wsUrl).port}/flint-control`;
  const ask = async (command: string, fields: Readonly<Record<string, unknown>>): Promise<void> => {
    await postJson(url, { command, ...fields });
  };
  return {
    fill: (name, contacts) => ask('roster', { name, contacts }),
    present: (on) => ask('present', { on }),
    tell: (to, presences) => ask('presences', { to, presences }),
    write: (to, messages) => ask('messages', { to, messages }),
  };
}
