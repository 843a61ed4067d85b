import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { remoteControl } from './control-endpoint';
import type {} from './global-setup';
import type { ServerAddress, ServerControl, ServerKind } from './server';

/** A server of the run, as a specification sees it. */
export interface SharedServer extends ServerAddress, ServerControl {
  /** A new account with a name that no other test has. */
  newAccount(name?: string, password?: string): Promise<TestAccount>;
}

export interface TestAccount {
  readonly name: string;
  readonly jid: string;
  readonly password: string;
}

/** The kinds of server that this run has (all three, unless FLINT_SERVERS limits it). For `describe.each`. */
export function sharedServers(): readonly ServerKind[] {
  return Object.keys(inject('servers').servers) as ServerKind[];
}

/**
 * A server that the global set-up has started; every specification shares it, so it makes accounts of its own and
 * never stops it (for that, `startServer` gives one of its own).
 */
export function connectServer(kind: ServerKind): SharedServer {
  const { controlUrl, servers } = inject('servers');
  const address = servers[kind];
  if (address === undefined) throw new Error(`${kind} is not among the servers of this run`);
  const control = remoteControl(controlUrl, kind);
  return {
    ...address,
    ...control,
    newAccount: (name, password) => newAccount(address, control, name, password),
  };
}

/** Makes an account whose name starts with `name`, with a random tail. */
export async function newAccount(
  server: Pick<ServerAddress, 'domain'>,
  control: Pick<ServerControl, 'createUser'>,
  name = 'user',
  password = randomBytes(9).toString('base64url'),
): Promise<TestAccount> {
  const unique = `${name}-${randomBytes(5).toString('hex')}`;
  await control.createUser(unique, password);
  return { name: unique, jid: `${unique}@${server.domain}`, password };
}
