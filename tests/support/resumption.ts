/** A session that a hostile server is asked to go on with. */
import type { Resumption } from '../../src-main/xmpp/link';
import { jid } from './hostile-server';

export const sm = "xmlns='urn:xmpp:sm:3'";
export const incoming = (id: string): string =>
  `<message xmlns='jabber:client' id='${id}' from='romeo@hostile.test/x'/>`;
export const before: Resumption = {
  id: 'sm-1',
  version: 'urn:xmpp:sm:3',
  jid,
  handled: 4,
  max: 60,
  location: null,
  mechanism: 'SCRAM-SHA-256',
};
