import type { ServerKind } from '../servers/server';
import type { Peer } from './peer';

/** The clients that are not ours and can speak to this server: slixmpp needs TCP, which the Openfire of the tests has not. */
export const clientsOf = (kind: ServerKind): readonly Peer['client'][] =>
  kind === 'openfire' ? ['stanza', 'smack'] : ['slixmpp', 'stanza', 'smack'];
