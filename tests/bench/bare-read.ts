import { RawSession } from '../servers/raw-session';
import type { ServerAddress } from '../servers/server';
import type { TestAccount } from '../servers/shared';

/**
 * Reads the whole archive (XEP-0313) over a bare socket, one page of 50 after the other, and keeps nothing: what the server
 * itself allows a client that does not overlap its questions.
 *
 * @returns messages a second
 */
export async function bareRead(server: ServerAddress, { name, password }: TestAccount): Promise<number> {
  const { session } = await RawSession.open(server);
  await session.authenticate(name, password);
  await session.bind();
  const began = performance.now();
  let count = 0;
  for (let after: string | undefined; ;) {
    const place = after === undefined ? '' : `<after>${after}</after>`;
    const fin = await session.iq(
      'set',
      `<query xmlns="urn:xmpp:mam:2"><set xmlns="http://jabber.org/protocol/rsm"><max>50</max>${place}</set></query>`,
    );
    count += session.drain().filter((xml) => xml.startsWith('<message')).length;
    after = /<last>([^<]+)<\/last>/.exec(fin)?.[1];
    if (after === undefined || /complete=['"]true['"]/.test(fin)) break;
  }
  session.cut();
  return count / ((performance.now() - began) / 1000);
}
