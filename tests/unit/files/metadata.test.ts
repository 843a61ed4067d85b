import { describe, expect, it } from 'vitest';
import { pictureHeader } from '../../../src-shared/model/picture-file';
import { withoutMetadata } from '../../../src-shared/model/picture-metadata';
import { pngOf } from '../../support/pictures';

const segment = (marker: number, body: Buffer | string): Buffer => {
  const data = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};
/** EXIF with a turned picture and a place in words. */
const exif = (orientation: number, little: boolean): Buffer => {
  const tiff = Buffer.alloc(26);
  tiff.write(little ? 'II' : 'MM', 0, 'latin1');
  const u16 = (value: number, at: number): number =>
    little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const u32 = (value: number, at: number): number =>
    little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  u16(42, 2);
  u32(8, 4);
  u16(1, 8);
  u16(0x0112, 10);
  u16(3, 12);
  u32(1, 14);
  u16(orientation, 18);
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS 45.44N 10.99E')]);
};
const frame = segment(0xc0, Buffer.from([8, 0, 20, 0, 30, 1, 1, 0x11, 0]));
const scan = Buffer.concat([
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([1, 2, 0xff, 0, 0xff, 0xd0, 3]),
]);
const start = Buffer.from([0xff, 0xd8]);
const end = Buffer.from([0xff, 0xd9]);
const jpeg = (orientation: number, little = false): Buffer =>
  Buffer.concat([
    ...[start, segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0'), segment(0xe1, exif(orientation, little))],
    ...[segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>'), segment(0xed, 'Photoshop 3.0\0IPTC')],
    ...[segment(0xe2, 'ICC_PROFILE\0\x01\x01profile'), segment(0xfe, 'taken by Romeo'), frame, scan, end],
    Buffer.from('a second picture with its own place'),
  ]);

describe('a picture before it is sent', () => {
  it('a JPEG loses place, comment and what is behind its end, and keeps colours and what is seen', () => {
    const clean = Buffer.from(withoutMetadata(jpeg(1)) ?? []);
    const text = clean.toString('latin1');
    for (const told of ['GPS', 'Exif', 'xmpmeta', 'IPTC', 'Romeo', 'second picture'])
      expect(text).not.toContain(told);
    expect(text).toContain('ICC_PROFILE');
    expect(text).toContain('JFIF');
    expect(clean.includes(scan)).toBe(true);
    expect(pictureHeader(clean)).toEqual({ type: 'image/jpeg', width: 30, height: 20 });
    expect(clean.subarray(-2)).toEqual(end);
  });

  it.each([
    [6, false],
    [8, true],
  ])('which way up it is stays: %i', (orientation, little) => {
    const clean = Buffer.from(withoutMetadata(jpeg(orientation, little)) ?? []);
    const at = clean.indexOf('Exif\0\0', 0, 'latin1');
    expect(at).toBeGreaterThan(0);
    // The TIFF header, the count, tag, type, count; then the value.
    expect(clean.readUInt16BE(at + 6 + 18)).toBe(orientation);
    expect(clean.toString('latin1')).not.toContain('GPS');
    // Cleaned once more it is the same.
    expect(Buffer.from(withoutMetadata(clean) ?? [])).toEqual(clean);
  });

  it('a PNG loses its texts', () => {
    const png = pngOf(4, [1, 2, 3]);
    const text = Buffer.concat([Buffer.from([0, 0, 0, 5]), Buffer.from('tEXtplace'), Buffer.alloc(4)]);
    const told = Buffer.concat([png.subarray(0, 33), text, png.subarray(33)]);
    expect(Buffer.from(withoutMetadata(told) ?? [])).toEqual(png);
  });

  it('what is damaged, or no picture, is left alone', () => {
    expect(withoutMetadata(Buffer.from('no picture'))).toBeNull();
    expect(withoutMetadata(jpeg(1).subarray(0, 60))).toBeNull();
    expect(withoutMetadata(start)).toBeNull();
    expect(withoutMetadata(Buffer.alloc(0))).toBeNull();
  });
});
