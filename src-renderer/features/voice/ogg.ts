import { channelsOf, packetSamples, type OpusStream } from './opus';

/** Ogg (RFC 3533) with one stream of Opus (RFC 7845): what every client plays, and what says how long it is. */
const HEADER = 27;
const MOST_SEGMENTS = 255;
/** Half a second and less for each page, so that one can begin anywhere. */
const MOST_PACKETS = 25;
const GOES_ON = 1;
const BEGINS = 2;
const ENDS = 4;

/** RFC 3533 §6: polynomial 0x04c11db7, from 0, not reflected. */
const CRC = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});
const checksum = (page: Uint8Array): number => {
  let sum = 0;
  for (const byte of page) sum = ((sum << 8) ^ (CRC[((sum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  return sum;
};

const segmentsOf = (packet: Uint8Array): number => Math.floor(packet.length / 255) + 1;

interface Page {
  readonly packets: readonly Uint8Array[];
  readonly flags: number;
  /** Samples up to its end. */
  readonly granule: number;
}

const pageBytes = ({ packets, flags, granule }: Page, serial: number, sequence: number): Uint8Array => {
  const lacing = packets.flatMap((packet) => [
    ...Array<number>(segmentsOf(packet) - 1).fill(255),
    packet.length % 255,
  ]);
  const start = HEADER + lacing.length;
  const out = new Uint8Array(start + packets.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(out.buffer);
  out.set([0x4f, 0x67, 0x67, 0x53, 0, flags]);
  view.setBigUint64(6, BigInt(granule), true);
  view.setUint32(14, serial, true);
  view.setUint32(18, sequence, true);
  out[26] = lacing.length;
  out.set(lacing, HEADER);
  let at = start;
  for (const packet of packets) {
    out.set(packet, at);
    at += packet.length;
  }
  view.setUint32(22, checksum(out), true);
  return out;
};

/** RFC 7845 §5.2: who made it, and nothing more. */
const tags = (): Uint8Array => {
  const vendor = new TextEncoder().encode('Flint');
  const out = new Uint8Array(8 + 4 + vendor.length + 4);
  out.set(new TextEncoder().encode('OpusTags'));
  new DataView(out.buffer).setUint32(8, vendor.length, true);
  out.set(vendor, 12);
  return out;
};

/** The stream as an Ogg file; null: it is none that can be one. `serial`: of 32 bits, any. */
export const oggOfOpus = ({ head, packets }: OpusStream, serial: number): Uint8Array<ArrayBuffer> | null => {
  if (channelsOf(head) === null || packets.length === 0) return null;
  const pages: Page[] = [
    { packets: [head], flags: BEGINS, granule: 0 },
    { packets: [tags()], flags: 0, granule: 0 },
  ];
  let granule = 0;
  let open: Uint8Array[] = [];
  let segments = 0;
  for (const [index, packet] of packets.entries()) {
    const samples = packetSamples(packet);
    if (samples === null || segmentsOf(packet) > MOST_SEGMENTS) return null;
    if (open.length === MOST_PACKETS || segments + segmentsOf(packet) > MOST_SEGMENTS) {
      pages.push({ packets: open, flags: 0, granule });
      [open, segments] = [[], 0];
    }
    open.push(packet);
    segments += segmentsOf(packet);
    granule += samples;
    if (index === packets.length - 1) pages.push({ packets: open, flags: ENDS, granule });
  }
  const parts = pages.map((page, sequence) => pageBytes(page, serial, sequence));
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

/** The packets of an Ogg file, which somebody else has made; null: it is not one stream of Opus from its start to its end. */
export const opusOfOgg = (bytes: Uint8Array): OpusStream | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole: Uint8Array[] = [];
  let part: Uint8Array[] = [];
  let serial: number | null = null;
  for (let at = 0; at < bytes.length;) {
    if (at + HEADER > bytes.length || view.getUint32(at) !== 0x4f676753 || bytes[at + 4] !== 0) return null;
    const flags = bytes[at + 5] ?? 0;
    serial ??= view.getUint32(at + 14, true);
    if (serial !== view.getUint32(at + 14, true)) return null;
    if (((flags & GOES_ON) !== 0) !== part.length > 0) return null;
    const lacing = bytes.subarray(at + HEADER, at + HEADER + (bytes[at + 26] ?? 0));
    at += HEADER + lacing.length;
    let from = at;
    for (const length of lacing) {
      at += length;
      if (length === 255) continue;
      if (at > bytes.length) return null;
      whole.push(join([...part, bytes.subarray(from, at)]));
      [part, from] = [[], at];
    }
    if (at > bytes.length) return null;
    if (at > from) part.push(bytes.subarray(from, at));
  }
  const [head, tag, ...packets] = whole;
  const good = head && tag && channelsOf(head) !== null && part.length === 0 && packets.length > 0;
  return good ? { head, packets } : null;
};

const join = (parts: readonly Uint8Array[]): Uint8Array => {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};
