import {
  MAX_PICKED_BYTES,
  pickedFault,
  pictureHeader,
  type PictureHeader,
} from '../../../src-shared/model/picture-file';

/** A picture made smaller: never larger than it was, in bytes or in pixels. */
export interface SmallPicture {
  readonly file: File;
  readonly width: number;
  readonly height: number;
}

/** The longer side of a picture that is made smaller: a screen's. */
const SMALL_SIDE = 1_600;
const THUMBNAIL_SIDE = 40;
/** What XEP-0264 in a message may take of it. */
const MAX_THUMBNAIL = 4_000;
const JPEG = 'image/jpeg';

/** What a picture says of itself, where it may be decoded; null: it is none, or one that may not be. */
const headerOf = async (file: File): Promise<PictureHeader | null> => {
  if (!file.type.startsWith('image/') || file.size > MAX_PICKED_BYTES) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  return pickedFault(file.size, bytes) === null ? pictureHeader(bytes) : null;
};

/** Drawn so that its longer side is `side`, the right way up (EXIF). */
const drawn = async (file: File, side: number): Promise<OffscreenCanvas> => {
  const whole = await createImageBitmap(file);
  const scale = Math.min(1, side / Math.max(whole.width, whole.height));
  const [width, height] = [whole.width, whole.height].map((one) => Math.max(1, Math.round(one * scale)));
  const canvas = new OffscreenCanvas(width ?? 1, height ?? 1);
  const context = canvas.getContext('2d');
  if (context) {
    context.imageSmoothingQuality = 'high';
    context.drawImage(whole, 0, 0, canvas.width, canvas.height);
  }
  whole.close();
  return canvas;
};

/** Whether anything is to be seen through: JPEG has no way to say so. */
const isOpaque = (canvas: OffscreenCanvas): boolean => {
  const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
  for (let at = 3; data && at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
};

/** The picture with its longer side as a screen has it; null: it is no larger than that, or would not be fewer bytes. */
export const smallPicture = async (file: File): Promise<SmallPicture | null> => {
  try {
    const header = await headerOf(file);
    if (!header || Math.max(header.width, header.height) <= SMALL_SIDE) return null;
    const canvas = await drawn(file, SMALL_SIDE);
    const opaque = header.type === JPEG || isOpaque(canvas);
    const blob = await canvas.convertToBlob(opaque ? { type: JPEG, quality: 0.85 } : { type: 'image/png' });
    if (blob.size >= file.size) return null;
    const name = `${file.name.replace(/\.[^.]*$/u, '')}${opaque ? '.jpg' : '.png'}`;
    const { width, height } = canvas;
    return { file: new File([blob], name, { type: blob.type }), width, height };
  } catch {
    // What cannot be decoded here goes as it is.
    return null;
  }
};

/** A picture of a few hundred bytes, as an address; null: there is none. */
export const thumbnailOf = async (file: File): Promise<string | null> => {
  try {
    if (!(await headerOf(file))) return null;
    const blob = await (await drawn(file, THUMBNAIL_SIDE)).convertToBlob({ type: JPEG, quality: 0.5 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const address = `data:${JPEG};base64,${btoa(String.fromCharCode(...bytes))}`;
    return address.length <= MAX_THUMBNAIL ? address : null;
  } catch {
    return null;
  }
};
