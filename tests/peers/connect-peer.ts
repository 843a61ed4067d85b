import type { ServerAddress } from '../servers/server';
import type { Peer, PeerAccount, PeerOptions } from './peer';
import { slixmppPeer } from './slixmpp/slixmpp-peer';
import { smackPeer } from './smack/smack-peer';
import { stanzaPeer } from './stanza-peer';

const makers = { slixmpp: slixmppPeer, stanza: stanzaPeer, smack: smackPeer };

/**
 * Signs a client that is not ours in: slixmpp where the server speaks TCP, else stanza; `client` asks for one of them, or for Smack.
 * The caller disconnects it.
 */
export async function connectPeer(
  server: ServerAddress,
  account: PeerAccount,
  options: PeerOptions & { readonly client?: Peer['client'] } = {},
): Promise<Peer> {
  const { client = server.tcpPort === undefined ? 'stanza' : 'slixmpp', ...rest } = options;
  const peer = makers[client](server, account, rest);
  await peer.connect();
  return peer;
}
