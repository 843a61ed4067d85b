import { MAX_PICKED_BYTES, pickedFault, type PickedFault } from '../../../src-shared/model/picture-file';

export type Picked =
  | { readonly ok: true; readonly image: HTMLImageElement }
  | { readonly ok: false; readonly fault: PickedFault | 'broken' };

/** T21: a chosen file as a picture to draw. Its header is read first: what is no picture, or too great, is never decoded. */
export const pickPicture = async (file: File): Promise<Picked> => {
  // What is too long is not even read.
  const bytes = file.size > MAX_PICKED_BYTES ? new Uint8Array() : new Uint8Array(await file.arrayBuffer());
  const fault = pickedFault(file.size, bytes);
  if (fault) return { ok: false, fault };
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([bytes]));
  try {
    await image.decode();
    return { ok: true, image };
  } catch {
    URL.revokeObjectURL(image.src);
    return { ok: false, fault: 'broken' };
  }
};

/** The first file of a paste or a drop; null where there is none. */
export const fileIn = (data: DataTransfer | null): File | null => data?.files[0] ?? null;
