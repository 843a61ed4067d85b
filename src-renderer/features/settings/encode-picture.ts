import { MAX_OWN_BYTES, OWN_SIDES } from '../../../src-shared/model/picture-file';
import { squareOf, type Crop, type Size } from './crop';

export interface Encoded {
  readonly type: 'image/png' | 'image/jpeg';
  /** Base64. */
  readonly data: string;
}

export const draw = (canvas: HTMLCanvasElement, image: HTMLImageElement, size: Size, crop: Crop): void => {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { left, top, side } = squareOf(size, crop);
  context.imageSmoothingQuality = 'high';
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, left, top, side, side, 0, 0, canvas.width, canvas.height);
};

const encoded = (canvas: HTMLCanvasElement, type: Encoded['type'], quality?: number): Encoded | null => {
  const data = canvas.toDataURL(type, quality).split(',')[1] ?? '';
  return data !== '' && (data.length * 3) / 4 <= MAX_OWN_BYTES ? { type, data } : null;
};
const seesThrough = (canvas: HTMLCanvasElement): boolean =>
  canvas
    .getContext('2d')
    ?.getImageData(0, 0, canvas.width, canvas.height)
    .data.some((value, index) => index % 4 === 3 && value < 255) ?? false;

/**
 * The square as a picture that every server takes, anew from its pixels: nothing that the file said beside them (place,
 * camera) goes along. As large as it can be: PNG where it is small enough or has see-through parts, else JPEG.
 */
export const encodePicture = (image: HTMLImageElement, size: Size, crop: Crop): Encoded | null => {
  for (const side of OWN_SIDES) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = side;
    draw(canvas, image, size, crop);
    const png = encoded(canvas, 'image/png');
    if (png) return png;
    if (seesThrough(canvas)) continue;
    for (const quality of [0.92, 0.85, 0.75]) {
      const jpeg = encoded(canvas, 'image/jpeg', quality);
      if (jpeg) return jpeg;
    }
  }
  return null;
};
