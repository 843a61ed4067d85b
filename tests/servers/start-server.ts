import { startEjabberd } from './ejabberd/ejabberd';
import { startOpenfire } from './openfire/openfire';
import { startProsody } from './prosody/prosody';
import { startProsody13 } from './prosody13/prosody13';
import type { ServerKind, ServerOptions, TestServer } from './server';

const STARTERS: Readonly<Record<ServerKind, (options: ServerOptions) => Promise<TestServer>>> = {
  prosody: startProsody,
  prosody13: startProsody13,
  ejabberd: startEjabberd,
  openfire: startOpenfire,
};

/**
 * Starts a server of this kind on loopback, on free ports, in a new temporary folder; fetches it first where it is not
 * in the cache yet. It ends with `stop`, and with this process at the latest.
 */
export function startServer(kind: ServerKind, options: ServerOptions = {}): Promise<TestServer> {
  return STARTERS[kind](options);
}
