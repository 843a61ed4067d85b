import type { Picture } from '../../../src-shared/model/card';
import { pictureHeader } from '../../../src-shared/model/picture-file';

/** T21: more than any avatar needs (XEP-0153 §4 asks for 8 KiB, XEP-0084 §5 for 64 KiB). */
export const MAX_PICTURE_BYTES = 256 * 1024;
/** Of each side: what the window decodes is at most 4 MiB, however small the file is. */
export const MAX_PICTURE_SIDE = 1_024;

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
  const header = pictureHeader(bytes);
  if (!header) return null;
  const fits = [header.width, header.height].every((side) => side > 0 && side <= MAX_PICTURE_SIDE);
  return fits ? { type: header.type, data: bytes.toString('base64') } : null;
};
