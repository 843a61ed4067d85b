import { describe, expect, it } from 'vitest';
import { oggOfOpus, opusOfOgg } from '../../../src-renderer/features/voice/ogg';
import { packetSamples, streamSeconds } from '../../../src-renderer/features/voice/opus';
import { opusOfWebm } from '../../../src-renderer/features/voice/webm';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const HEAD = latin('OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0');
/** A frame of 20 ms (CELT, one frame). */
const packet = (length: number, fill = 7): Buffer =>
  Buffer.concat([Buffer.of(0xf8), Buffer.alloc(length - 1, fill)]);
const element = (id: string, body: Buffer): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(0x10000000 | body.length);
  return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
};
/** As a MediaRecorder writes it: segment and clusters without an end. */
const open = (id: string): Buffer =>
  Buffer.concat([Buffer.from(id, 'hex'), Buffer.from('01ffffffffffffff', 'hex')]);
const block = (frame: Buffer, flags = 0x80): Buffer =>
  element('a3', Buffer.concat([Buffer.of(0x81, 0, 0, flags), frame]));
const webm = (...blocks: Buffer[]): Buffer =>
  Buffer.concat([
    element('1a45dfa3', element('4282', latin('webm'))),
    open('18538067'),
    element('1549a966', element('2ad7b1', Buffer.of(15, 66, 64))),
    element(
      '1654ae6b',
      element('ae', Buffer.concat([element('86', latin('A_OPUS')), element('63a2', HEAD)])),
    ),
    open('1f43b675'),
    element('e7', Buffer.of(0)),
    ...blocks,
  ]);

describe('a voice message', () => {
  it('is taken out of what the recorder gives, and becomes an Ogg file that says how long it is', () => {
    const packets = Array.from({ length: 60 }, (_, n) => packet(n === 30 ? 600 : 80, n));
    const stream = opusOfWebm(webm(...packets.map((one) => block(one))));
    expect(stream?.packets.map((one) => Buffer.from(one))).toEqual(packets);
    expect(stream && streamSeconds(stream)).toBeCloseTo(1.2);
    const ogg = Buffer.from((stream && oggOfOpus(stream, 0xdeadbeef)) ?? []);
    expect(ogg.subarray(0, 6)).toEqual(latin('OggS\0\x02'));
    const last = ogg.lastIndexOf('OggS');
    expect(ogg[last + 5]).toBe(4);
    expect(Number(ogg.readBigUInt64LE(last + 6))).toBe(60 * 960);
    const back = opusOfOgg(ogg);
    expect(back?.packets.map((one) => Buffer.from(one))).toEqual(packets);
    expect(Buffer.from(back?.head ?? [])).toEqual(HEAD);
  });

  it('has pages with the sum that RFC 3533 wants', () => {
    const ogg = Buffer.from(oggOfOpus({ head: HEAD, packets: [packet(10)] }, 1) ?? []);
    // By another hand: bit by bit, over the page with its own sum left out.
    const page = Buffer.from(ogg.subarray(0, ogg.indexOf('OggS', 4)));
    const told = page.readUInt32LE(22);
    page.writeUInt32LE(0, 22);
    let sum = 0n;
    for (const byte of page)
      for (let bit = 7; bit >= 0; bit--) {
        const top = ((sum >> 31n) & 1n) ^ BigInt((byte >> bit) & 1);
        sum = ((sum << 1n) & 0xffffffffn) ^ (top === 1n ? 0x04c11db7n : 0n);
      }
    expect(told).toBe(Number(sum));
  });

  it('knows the length of a packet of every kind (RFC 6716 §3.1)', () => {
    const of = (config: number, count: number, more = 0): number | null =>
      packetSamples(Uint8Array.of((config << 3) | count, more));
    expect([of(0, 0), of(3, 0), of(13, 1), of(16, 0), of(31, 2), of(19, 3, 6)]).toEqual([
      480, 2880, 1920, 120, 1920, 5760,
    ]);
    expect([of(3, 3, 3), of(31, 3, 0), packetSamples(new Uint8Array())]).toEqual([null, null, null]);
  });

  it('of somebody else that is damaged, or of another kind, has no picture of its sound', () => {
    const good = Buffer.from(oggOfOpus({ head: HEAD, packets: [packet(300), packet(40)] }, 1) ?? []);
    expect(opusOfOgg(good)).not.toBeNull();
    for (let cut = 1; cut < good.length; cut++) {
      const less = opusOfOgg(good.subarray(0, cut));
      // Only at the end of a page could it be whole, and then its sound is missing.
      expect(less, String(cut)).toBeNull();
    }
    const two = Buffer.from(good);
    two.writeUInt32LE(2, two.lastIndexOf('OggS') + 14);
    const many = Buffer.from(good);
    many[many.indexOf('OpusHead') + 9] = 8;
    for (const bad of [two, many, latin('OggS'), Buffer.alloc(64)]) expect(opusOfOgg(bad)).toBeNull();
    expect(opusOfWebm(webm(block(packet(9), 0x82)))).toBeNull();
    expect(opusOfWebm(latin('\x1aE\xdf\xa3'))).toBeNull();
    expect(opusOfWebm(webm())).toBeNull();
  });
});
