/** No camera writes more into its first directory. */
const MOST_ENTRIES = 200;

/**
 * EXIF §4.6.5: which way up the picture is, 1 … 8; 1 where it does not say.
 *
 * @param start where the TIFF header begins
 * @param end of the segment
 */
export const orientationIn = (bytes: Uint8Array, start: number, end: number): number => {
  if (end > bytes.length || start + 8 > end) return 1;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = view.getUint16(start) === 0x4949;
  const first = start + view.getUint32(start + 4, little);
  if (first + 2 > end) return 1;
  const entries = Math.min(view.getUint16(first, little), MOST_ENTRIES);
  for (let n = 0, at = first + 2; n < entries && at + 12 <= end; n++, at += 12) {
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
};

/** Of a camera that was held upright: what is drawn is as high as the frame is wide. */
export const isTurned = (orientation: number): boolean => orientation >= 5;
