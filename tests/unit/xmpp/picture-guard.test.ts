import { describe, expect, it } from 'vitest';
import { checkPicture, MAX_PICTURE_BYTES, MAX_PICTURE_SIDE } from '../../../src-main/xmpp/guards/picture';
import { pngClaiming, pngOf, sha1 } from '../../support/pictures';

const check = (bytes: Buffer, hash = sha1(bytes)) => checkPicture(bytes.toString('base64'), hash, sha1);
const jpegOf = (width: number, height: number, before = Buffer.from([0xff, 0xe0, 0, 4, 0, 0])): Buffer => {
  const frame = Buffer.from([0xff, 0xc2, 0, 17, 8, 0, 0, 0, 0, 3]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), before, frame, Buffer.alloc(20)]);
};
const webpOf = (kind: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Buffer => {
  const bytes = Buffer.alloc(40);
  bytes.write('RIFF', 0, 'latin1');
  bytes.write(`WEBP${kind}`, 8, 'latin1');
  if (kind === 'VP8 ') {
    bytes.writeUInt16LE(width, 26);
    bytes.writeUInt16LE(height, 28);
  } else if (kind === 'VP8L') {
    bytes[20] = 0x2f;
    bytes.writeUInt32LE((width - 1) | ((height - 1) << 14), 21);
  } else {
    bytes.writeUIntLE(width - 1, 24, 3);
    bytes.writeUIntLE(height - 1, 27, 3);
  }
  return bytes;
};

describe('pictures of others', () => {
  it('are taken as PNG, JPEG and WebP, whatever breaks their lines', () => {
    const png = pngOf(32, [1, 2, 3]);
    expect(check(png)).toEqual({ type: 'image/png', data: png.toString('base64') });
    const folded = png.toString('base64').replace(/.{20}/gu, '$&\r\n ');
    expect(checkPicture(folded, sha1(png), sha1)).toEqual(check(png));
    expect(check(jpegOf(96, 64))).toMatchObject({ type: 'image/jpeg' });
    for (const kind of ['VP8 ', 'VP8L', 'VP8X'] as const)
      expect(check(webpOf(kind, 96, 64))).toMatchObject({ type: 'image/webp' });
  });

  it('T21 more bytes than an avatar needs are not taken, and not even decoded from base64', () => {
    const big = Buffer.concat([pngOf(8, [1, 2, 3]), Buffer.alloc(MAX_PICTURE_BYTES)]);
    expect(check(big)).toBeNull();
    const just = Buffer.concat([pngOf(8, [1, 2, 3]), Buffer.alloc(1000)]);
    expect(check(just)).not.toBeNull();
    let hashed = 0;
    const counting = (bytes: Uint8Array): string => {
      hashed += 1;
      return sha1(bytes);
    };
    expect(checkPicture('A'.repeat(MAX_PICTURE_BYTES * 2), sha1(big), counting)).toBeNull();
    const small = pngOf(8, [1, 2, 3]);
    const padded = small.toString('base64') + ' '.repeat(MAX_PICTURE_BYTES * 2);
    expect(checkPicture(padded, sha1(small), counting)).toBeNull();
    expect(hashed).toBe(0);
  });

  it('T21 a header that claims a size too great to draw is refused, in every format', () => {
    const most = MAX_PICTURE_SIDE;
    expect(check(pngClaiming(most, most))).not.toBeNull();
    expect(check(jpegOf(most, most))).not.toBeNull();
    for (const [width, height] of [
      [most + 1, 8],
      [8, most + 1],
      [0, 8],
      [0xffff, 0xffff],
    ] as const) {
      expect(check(pngClaiming(width, height))).toBeNull();
      expect(check(jpegOf(width, height))).toBeNull();
      if (width < 0x4000 && width > 0)
        for (const kind of ['VP8 ', 'VP8L', 'VP8X'] as const)
          expect(check(webpOf(kind, width, height))).toBeNull();
    }
    expect(check(pngClaiming(0x7fffffff, 1))).toBeNull();
    // Behind a segment as long as it can be, and behind one that leads nowhere.
    const long = Buffer.concat([Buffer.from([0xff, 0xe1, 0xff, 0xff]), Buffer.alloc(0xfffd)]);
    expect(check(jpegOf(5000, 5000, long))).toBeNull();
    expect(check(jpegOf(8, 8, Buffer.from([0xff, 0xe1, 0, 0])))).toBeNull();
  });

  it('T21 what is no PNG, JPEG or WebP is refused, whatever it is called', () => {
    for (const text of [
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      'GIF89a\x01\x00\x01\x00',
      'BM\x36\x00\x00\x00',
      '<!DOCTYPE html>',
      '',
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff\xd9',
      'RIFF\x00\x00\x00\x00WEBPVP8X',
    ])
      expect(check(Buffer.from(text, 'latin1'))).toBeNull();
    expect(checkPicture('not base64!', sha1(Buffer.from('x')), sha1)).toBeNull();
  });

  it('T21 bytes that do not have the promised SHA-1 are refused', () => {
    const png = pngOf(8, [1, 2, 3]);
    expect(check(png, sha1(pngOf(8, [3, 2, 1])))).toBeNull();
    expect(check(png, '')).toBeNull();
  });
});
