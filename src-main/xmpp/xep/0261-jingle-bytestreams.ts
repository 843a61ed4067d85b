/** In-band bytestreams as a transport of Jingle, XEP-0261. */
import { attr, xml, type Element } from '../element';

export const JINGLE_IBB = 'urn:xmpp:jingle:transports:ibb:1';

export interface JingleStream {
  /** Names the bytestream (XEP-0047). */
  readonly sid: string;
  readonly blockSize: number;
}

/** §2.1. */
export const streamTransport = ({ sid, blockSize }: JingleStream): Element =>
  xml('transport', { xmlns: JINGLE_IBB, sid, 'block-size': String(blockSize) });

const MAX_SID = 200;

/** `bad`: of no name, or without the size of its blocks. Null: another transport. */
export const parseStreamTransport = (transport: Element): JingleStream | 'bad' | null => {
  if (!transport.is('transport', JINGLE_IBB)) return null;
  const [sid = '', size = ''] = [attr(transport, 'sid'), attr(transport, 'block-size')];
  const blockSize = /^\d{1,5}$/.test(size) ? Number(size) : 0;
  return sid === '' || sid.length > MAX_SID || blockSize < 1 ? 'bad' : { sid, blockSize };
};
