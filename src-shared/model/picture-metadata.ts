/** Takes out of a picture what tells of its maker: place, camera, names, earlier versions. What is seen stays as it is. */
import { typeOfName } from './file';
import { orientationIn } from './orientation';

const u16 = (bytes: Uint8Array, at: number, little = false): number => {
  const [a, b] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
  return little ? a | (b << 8) : (a << 8) | b;
};
const u32 = (bytes: Uint8Array, at: number, little = false): number =>
  little
    ? u16(bytes, at, true) + u16(bytes, at + 2, true) * 0x10000
    : u16(bytes, at) * 0x10000 + u16(bytes, at + 2);
const hasText = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((char, n) => bytes[at + n] === char.charCodeAt(0));
const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

/** An APP1 segment that says which way up, and nothing else. */
const orientationOnly = (value: number): Uint8Array =>
  // Marker, length 34, "Exif", TIFF header (big-endian, first directory at 8), one entry: 0x0112, SHORT, 1, value; no next one.
  Uint8Array.from([
    ...[0xff, 0xe1, 0x00, 0x22, 0x45, 0x78, 0x69, 0x66, 0x00, 0x00, 0x4d, 0x4d, 0x00, 0x2a, 0, 0, 0, 8],
    ...[0x00, 0x01, 0x01, 0x12, 0x00, 0x03, 0, 0, 0, 1, 0x00, value, 0x00, 0x00, 0, 0, 0, 0],
  ]);

/** Segments that say how to draw it: JFIF, a colour profile, Adobe's kind of colours. */
const isForDrawing = (bytes: Uint8Array, marker: number, at: number): boolean =>
  (marker === 0xe0 && hasText(bytes, at + 4, 'JFIF\0')) ||
  (marker === 0xe2 && hasText(bytes, at + 4, 'ICC_PROFILE\0')) ||
  (marker === 0xee && hasText(bytes, at + 4, 'Adobe'));

/** ITU T.81 §B.1.1: after a scan's header come its data, up to the next marker that is none of the data's own. */
const endOfScan = (bytes: Uint8Array, from: number): number => {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
};

/**
 * A JPEG without its metadata: no EXIF but which way up it is, no XMP, no IPTC, no comments, and nothing behind its end, where
 * cameras put further pictures. Null when it is no JPEG that can be read through.
 */
const cleanJpeg = (bytes: Uint8Array): Uint8Array | null => {
  if (u16(bytes, 0) !== 0xffd8) return null;
  const head: Uint8Array[] = [];
  const parts: Uint8Array[] = [];
  let orientation = 1;
  let at = 2;
  while (at + 4 <= bytes.length || bytes[at + 1] === 0xd9) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) {
      const turned = orientation === 1 ? [] : [orientationOnly(orientation)];
      return joined([bytes.subarray(0, 2), ...head, ...turned, ...parts, bytes.subarray(at, at + 2)]);
    }
    const length = u16(bytes, at + 2);
    const end = at + 2 + length;
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8) || length < 2 || end > bytes.length) return null;
    const isApp = marker >= 0xe0 && marker <= 0xef;
    if (marker === 0xe1 && hasText(bytes, at + 4, 'Exif\0\0'))
      orientation = orientationIn(bytes, at + 10, end);
    if (marker === 0xda) {
      const after = endOfScan(bytes, end);
      parts.push(bytes.subarray(at, after));
      at = after;
      continue;
    }
    if (isApp ? isForDrawing(bytes, marker, at) : marker !== 0xfe)
      (marker === 0xe0 ? head : parts).push(bytes.subarray(at, end));
    at = end;
  }
  return null;
};

/** Of a PNG: text, EXIF and times (ISO 15948 §11.3.4). */
const TOLD = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME'];
const cleanPng = (bytes: Uint8Array): Uint8Array | null => {
  if (!hasText(bytes, 0, '\x89PNG\r\n\x1a\n')) return null;
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + u32(bytes, at);
    if (end > bytes.length) return null;
    if (!TOLD.some((name) => hasText(bytes, at + 4, name))) parts.push(bytes.subarray(at, end));
    if (hasText(bytes, at + 4, 'IEND')) return joined(parts);
    at = end;
  }
  return null;
};

/** Of a WebP: its EXIF and XMP chunks (RFC 9649 §2.7.1.5), and the flags that announce them. */
const cleanWebp = (bytes: Uint8Array): Uint8Array | null => {
  if (!hasText(bytes, 0, 'RIFF') || !hasText(bytes, 8, 'WEBP')) return null;
  const parts: Uint8Array[] = [Uint8Array.from(bytes.subarray(0, 12))];
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = u32(bytes, at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (end > bytes.length) return null;
    if (hasText(bytes, at, 'VP8X')) {
      const flags = Uint8Array.from(bytes.subarray(at, end));
      flags[8] = (flags[8] ?? 0) & ~0b1100;
      parts.push(flags);
    } else if (!hasText(bytes, at, 'EXIF') && !hasText(bytes, at, 'XMP '))
      parts.push(bytes.subarray(at, end));
    at = end;
  }
  const out = joined(parts);
  new DataView(out.buffer).setUint32(4, out.length - 8, true);
  return out;
};

/** GIF89a §15: pieces with their length before them, up to one without any; -1 where there is no such end. */
const endOfPieces = (bytes: Uint8Array, from: number): number => {
  let at = from;
  for (let length = bytes[at]; length !== undefined; length = bytes[at]) {
    at += 1 + length;
    if (length === 0) return at;
  }
  return -1;
};
/** A table of colours, where the flags announce one (GIF89a §19, §21). */
const tableBytes = (flags = 0): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
/** Extensions of an application that say how to draw it: how often it is repeated, its colour profile. */
const DRAWS = ['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012'];

/** Of a GIF: comments, what applications put into it (XMP among it), and what is behind its end (GIF89a §24, §26, §27). */
const cleanGif = (bytes: Uint8Array): Uint8Array | null => {
  if (!hasText(bytes, 0, 'GIF87a') && !hasText(bytes, 0, 'GIF89a')) return null;
  let at = 13 + tableBytes(bytes[10]);
  const parts = [bytes.subarray(0, at)];
  for (let kind = bytes[at]; kind !== 0x3b; kind = bytes[at]) {
    if (kind !== 0x21 && kind !== 0x2c) return null;
    const pieces = kind === 0x2c ? at + 11 + tableBytes(bytes[at + 9]) : at + 2;
    const end = endOfPieces(bytes, pieces);
    if (end === -1) return null;
    const label = kind === 0x21 ? bytes[at + 1] : null;
    const stays = label === 0xff ? DRAWS.some((name) => hasText(bytes, at + 3, name)) : label !== 0xfe;
    if (stays) parts.push(bytes.subarray(at, end));
    at = end;
  }
  return joined([...parts, bytes.subarray(at, at + 1)]);
};

/** The picture without what it tells beside what is seen; null where it is none of these kinds, or damaged. */
export const withoutMetadata = (bytes: Uint8Array): Uint8Array | null =>
  cleanJpeg(bytes) ?? cleanPng(bytes) ?? cleanWebp(bytes) ?? cleanGif(bytes);

/** How files begin that tell of their maker, and those of cameras: HEIF, AVIF and CR3 say what they are in their first box. */
const BEGINS = [
  '\xff\xd8',
  '\x89PNG',
  'GIF8',
  'II*\0',
  'MM\0*',
  'IIRO',
  'IIU\0',
  'FUJIFILM',
  '8BPS',
  '\xff\x0a',
];
const BRANDS = /^(?:hei[cxms]|hev[cxms]|mif[12]|msf1|avi[fs]|miaf|crx )$/;
const brandOf = (bytes: Uint8Array): string =>
  hasText(bytes, 4, 'ftyp') ? String.fromCharCode(...bytes.subarray(8, 12)) : '';

/** Whether a file may tell where and by whom it was taken: a picture by its first bytes, or by its name where they say nothing. */
export const isTellingPicture = (head: Uint8Array, name: string): boolean =>
  BEGINS.some((text) => hasText(head, 0, text)) ||
  hasText(head, 8, 'WEBP') ||
  BRANDS.test(brandOf(head)) ||
  /^image\/(?!svg)/.test(typeOfName(name));
