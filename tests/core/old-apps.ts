import type { Peer } from '../peers/peer';
import { contactOf, ownPeer, type Pair } from './support';

/** Romeo with nothing but an app that says what it can do (XEP-0115), and that is no reactions; Juliet knows it. */
export const knowingNoReactions = async (pair: Pair): Promise<Peer> => {
  const { juliet, romeo, romeoAccount, server } = pair;
  // slixmpp does not say what it can do.
  const says = romeo.client !== 'slixmpp';
  if (!says) await romeo.disconnect();
  const app = says ? romeo : await ownPeer(server, romeoAccount, { client: 'stanza', resource: 'app' });
  await juliet.until(async () => {
    const there = (await contactOf(pair))?.presence.resources ?? [];
    return there.length === 1 && there[0]?.client ? there : null;
  }, 'what the app is');
  return app;
};
