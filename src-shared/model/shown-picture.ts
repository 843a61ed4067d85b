/** T21: whether a picture that somebody sent may be decoded, by its first bytes. */
import { pictureHeader } from './picture-file';

export interface ShownHeader {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';
  readonly width: number;
  readonly height: number;
}

const MAX_SIDE = 16_384;
/** Decoded it takes four bytes a pixel. */
const MAX_PIXELS = 40_000_000;

/** The logical screen of a GIF (GIF89a §18). */
const gif = (bytes: Uint8Array): ShownHeader | null => {
  const begins = String.fromCharCode(...bytes.subarray(0, 6));
  if ((begins !== 'GIF87a' && begins !== 'GIF89a') || bytes.length < 10) return null;
  const side = (at: number): number => (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  return { type: 'image/gif', width: side(6), height: side(8) };
};

/** What it says of itself; null: no PNG, JPEG, WebP or GIF, or of a size that is not drawn. */
export const shownHeader = (bytes: Uint8Array): ShownHeader | null => {
  const header = pictureHeader(bytes) ?? gif(bytes);
  if (!header) return null;
  const { width, height } = header;
  const drawable = [width, height].every((side) => side > 0 && side <= MAX_SIDE);
  return drawable && width * height <= MAX_PIXELS ? header : null;
};
