import type { PictureType } from './card';
import { isTurned, orientationIn } from './orientation';

/** What a picture says of itself before anything of it is decoded. */
export interface PictureHeader {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
}

const ascii = (bytes: Uint8Array, at: number, text: string): boolean =>
  bytes.length >= at + text.length &&
  [...text].every((char, index) => bytes[at + index] === char.charCodeAt(0));
const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** ISO 15948 §11.2.2: IHDR comes first. */
const png = (bytes: Uint8Array): PictureHeader | null =>
  ascii(bytes, 0, '\x89PNG\r\n\x1a\n') && ascii(bytes, 12, 'IHDR') && bytes.length >= 24
    ? { type: 'image/png', width: viewOf(bytes).getUint32(16), height: viewOf(bytes).getUint32(20) }
    : null;

/** ITU T.81 §B.2.2: the first frame header (SOF) says it; segments before it are stepped over. */
const jpeg = (bytes: Uint8Array): PictureHeader | null => {
  const view = viewOf(bytes);
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return null;
  let orientation = 1;
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const [width, height] = [view.getUint16(at + 7), view.getUint16(at + 5)];
      return isTurned(orientation)
        ? { type: 'image/jpeg', width: height, height: width }
        : { type: 'image/jpeg', width, height };
    }
    if (marker === 0xe1 && ascii(bytes, at + 4, 'Exif\0\0'))
      orientation = orientationIn(bytes, at + 10, at + 2 + view.getUint16(at + 2));
    // Fill bytes; then whatever stands before a frame has a length of at least its own two bytes.
    if (marker === 0xff) at += 1;
    else if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xda) || view.getUint16(at + 2) < 2) return null;
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
};

/** RFC 9649 §2.4–2.7: lossy, lossless or extended. */
const webp = (bytes: Uint8Array): PictureHeader | null => {
  if (!ascii(bytes, 0, 'RIFF') || !ascii(bytes, 8, 'WEBP') || bytes.length < 30) return null;
  const view = viewOf(bytes);
  const header = (width: number, height: number): PictureHeader => ({ type: 'image/webp', width, height });
  const threeBytes = (at: number): number => view.getUint16(at, true) + ((bytes[at + 2] ?? 0) << 16);
  if (ascii(bytes, 12, 'VP8 '))
    return header(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  if (ascii(bytes, 12, 'VP8L') && bytes[20] === 0x2f) {
    const bits = view.getUint32(21, true);
    return header((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  if (ascii(bytes, 12, 'VP8X')) return header(threeBytes(24) + 1, threeBytes(27) + 1);
  return null;
};

/** T21: type and size in pixels, as it is drawn, by the first bytes of a PNG, JPEG or WebP; null for anything else. */
export const pictureHeader = (bytes: Uint8Array): PictureHeader | null =>
  png(bytes) ?? jpeg(bytes) ?? webp(bytes);

/** What may be chosen for a picture of one's own, as it comes from a camera. */
export const MAX_PICKED_BYTES = 30 * 1024 * 1024;
export const MAX_PICKED_SIDE = 16_384;
/** Decoded it takes four bytes a pixel. */
export const MAX_PICKED_PIXELS = 60_000_000;

export type PickedFault = 'type' | 'bytes' | 'pixels';

/** T21: whether a chosen file may be decoded; nothing of it has been until then. */
export const pickedFault = (size: number, bytes: Uint8Array): PickedFault | null => {
  if (size > MAX_PICKED_BYTES) return 'bytes';
  const header = pictureHeader(bytes);
  if (!header) return 'type';
  const { width, height } = header;
  const drawable = [width, height].every((side) => side > 0 && side <= MAX_PICKED_SIDE);
  return drawable && width * height <= MAX_PICKED_PIXELS ? null : 'pixels';
};

/**
 * The picture as it is published: one that every server takes (ejabberd lets 60,000 characters into a node, and base64 makes
 * four of three bytes).
 */
export const MAX_OWN_BYTES = 40 * 1024;
export const OWN_SIDES = [256, 192, 128, 96] as const;
