import { pictureHeader } from '../../../src-shared/model/picture-file';

/** Of characters of the address, which has the bytes in it. */
export const MAX_THUMBNAIL = 8_192;
const MAX_SIDE = 128;
const DATA = /^data:image\/(?:png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})$/;

/**
 * T21: a thumbnail (XEP-0264 §4) as it may be kept and shown, or null. Only what has its bytes in itself, so that nothing is
 * fetched for it: few, of one of three formats by their header, and small once they are drawn.
 */
export const checkThumbnail = (uri: string): string | null => {
  const [, data = ''] = uri.length <= MAX_THUMBNAIL ? (DATA.exec(uri) ?? []) : [];
  const bytes = Buffer.from(data, 'base64');
  const header = pictureHeader(bytes);
  if (!header) return null;
  const small = [header.width, header.height].every((side) => side > 0 && side <= MAX_SIDE);
  // Under the type that it has, not the one that is said.
  return small ? `data:${header.type};base64,${bytes.toString('base64')}` : null;
};
