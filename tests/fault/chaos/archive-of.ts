import { connectPeer } from '../../peers/connect-peer';
import type { PeerAccount } from '../../peers/peer';
import { CAPABILITIES } from '../../servers/capabilities';
import type { TestServer } from '../../servers/server';

/** What the server's archive has of an account, in its order, as another session reads it; from a time on, in epoch milliseconds. */
export async function archiveOf(
  server: TestServer,
  account: PeerAccount | null,
  since = 0,
): Promise<readonly string[]> {
  if (!CAPABILITIES[server.kind].mam || !account) return [];
  const other = await connectPeer(server, account, { client: 'stanza', silent: true });
  const lines = ['archive:'];
  const start = new Date(since).toISOString();
  const form = `<x xmlns="jabber:x:data" type="submit"><field var="FORM_TYPE" type="hidden"><value>urn:xmpp:mam:2</value></field><field var="start"><value>${start}</value></field></x>`;
  try {
    for (let after = '', n = 0; ; n++) {
      const id = `archive-${String(n)}-`;
      await other.sendRaw(
        `<iq xmlns="jabber:client" type="set" id="${id}"><query xmlns="urn:xmpp:mam:2" queryid="${id}">${form}<set xmlns="http://jabber.org/protocol/rsm"><max>50</max>${after}</set></query></iq>`,
      );
      for (;;) {
        const xml = await other.waitForRaw((one) => one.includes(id));
        if (xml.startsWith('<iq')) {
          if (/complete=['"]true/.test(xml)) return lines;
          after = `<after>${/<last[^>]*>([^<]*)</.exec(xml)?.[1] ?? ''}</after>`;
          break;
        }
        const part = (form: RegExp): string => form.exec(xml)?.[1] ?? '-';
        lines.push(
          [
            /<result[^>]* id=['"]([^'"]*)/,
            / stamp=['"]([^'"]*)/,
            /<message[^>]* from=['"]([^'"]*)/,
            /<body[^>]*>([^<]{0,24})/,
          ]
            .map(part)
            .join(' '),
        );
      }
    }
  } finally {
    await other.disconnect();
  }
}
