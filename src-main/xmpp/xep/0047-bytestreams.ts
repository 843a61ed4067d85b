/** In-band bytestreams, XEP-0047: a file in pieces, each an IQ of its own, through the servers that carry the messages. */
import { attr, child, xml, type Element } from '../element';

export const IBB = 'http://jabber.org/protocol/ibb';

/** §2.1. `blockSize`: the most bytes that a piece may have. */
export const openStream = (sid: string, blockSize: number): Element =>
  xml('open', { xmlns: IBB, sid, 'block-size': String(blockSize), stanza: 'iq' });

/** §2.2. `seq` counts from 0 and, after 65535, from 0 again. */
export const streamBlock = (sid: string, seq: number, bytes: Uint8Array): Element =>
  xml('data', { xmlns: IBB, sid, seq: String(seq) }, Buffer.from(bytes).toString('base64'));

/** §2.3. */
export const closeStream = (sid: string): Element => xml('close', { xmlns: IBB, sid });

/** A piece as it came; `bytes` null: it is no base64. */
export interface StreamBlock {
  readonly seq: number;
  readonly bytes: Uint8Array | null;
}
export type StreamRequest = { readonly sid: string } & (
  | { readonly is: 'open'; readonly blockSize: number; readonly byIq: boolean }
  | { readonly is: 'data'; readonly block: StreamBlock }
  | { readonly is: 'close' }
);

const whole = (text: string | undefined): number => (/^\d{1,6}$/.test(text ?? '') ? Number(text) : NaN);

/** §2.2: anything but base64 is refused, not read as well as it goes. Some write it in lines. */
const fromBase64 = (text: string): Uint8Array | null => {
  const plain = text.replace(/\s+/gu, '');
  const good = plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
  return good ? Buffer.from(plain, 'base64') : null;
};

/** What an IQ wants of a bytestream; null: nothing. */
export const parseStreamRequest = (iq: Element): StreamRequest | null => {
  if (attr(iq, 'type') !== 'set') return null;
  const [open, data, close] = ['open', 'data', 'close'].map((name) => child(iq, name, IBB));
  const sid = attr(open ?? data ?? close ?? iq, 'sid');
  if (sid === undefined) return null;
  if (open) {
    const byIq = (attr(open, 'stanza') ?? 'iq') === 'iq';
    return { sid, is: 'open', blockSize: whole(attr(open, 'block-size')), byIq };
  }
  if (data)
    return { sid, is: 'data', block: { seq: whole(attr(data, 'seq')), bytes: fromBase64(data.getText()) } };
  return { sid, is: 'close' };
};
