import type { Picture, PictureType } from '../../../src-shared/model/card';

/** T21: more than any avatar needs (XEP-0153 §4 asks for 8 KiB, XEP-0084 §5 for 64 KiB). */
export const MAX_PICTURE_BYTES = 256 * 1024;
/** Of each side: what the window decodes is at most 4 MiB, however small the file is. */
export const MAX_PICTURE_SIDE = 1_024;

interface Header {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
}

const ascii = (bytes: Buffer, at: number, text: string): boolean =>
  bytes.length >= at + text.length && bytes.toString('latin1', at, at + text.length) === text;

/** ISO 15948 §11.2.2: IHDR comes first. */
const png = (bytes: Buffer): Header | null =>
  ascii(bytes, 0, '\x89PNG\r\n\x1a\n') && ascii(bytes, 12, 'IHDR') && bytes.length >= 24
    ? { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : null;

/** ITU T.81 §B.2.2: the first frame header (SOF) says it; segments before it are stepped over. */
const jpeg = (bytes: Buffer): Header | null => {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return { type: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    // Fill bytes; then whatever stands before a frame has a length of at least its own two bytes.
    if (marker === 0xff) at += 1;
    else if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xda) || bytes.readUInt16BE(at + 2) < 2)
      return null;
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
};

/** RFC 9649 §2.4–2.7: lossy, lossless or extended. */
const webp = (bytes: Buffer): Header | null => {
  if (!ascii(bytes, 0, 'RIFF') || !ascii(bytes, 8, 'WEBP') || bytes.length < 30) return null;
  const header = (width: number, height: number): Header => ({ type: 'image/webp', width, height });
  if (ascii(bytes, 12, 'VP8 '))
    return header(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff);
  if (ascii(bytes, 12, 'VP8L') && bytes[20] === 0x2f) {
    const bits = bytes.readUInt32LE(21);
    return header((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  if (ascii(bytes, 12, 'VP8X')) return header(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1);
  return null;
};

/**
 * T21: a picture of somebody else as it may be kept and shown, or null. Nothing is decoded: the bytes are few, they are those
 * that were promised, they begin as one of three formats, and their header says a size that is harmless to draw.
 *
 * @param base64 as it came, line ends included
 * @param hash SHA-1 that was promised, lower case hexadecimal
 * @param sha1 of bytes, in the same form
 */
export const checkPicture = (
  base64: string,
  hash: string,
  sha1: (bytes: Uint8Array) => string,
): Picture | null => {
  if (base64.length > MAX_PICTURE_BYTES * 1.5) return null;
  const data = base64.replace(/\s+/gu, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return null;
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > MAX_PICTURE_BYTES || sha1(bytes) !== hash) return null;
  const header = png(bytes) ?? jpeg(bytes) ?? webp(bytes);
  if (!header) return null;
  const fits = [header.width, header.height].every((side) => side > 0 && side <= MAX_PICTURE_SIDE);
  return fits ? { type: header.type, data: bytes.toString('base64') } : null;
};
