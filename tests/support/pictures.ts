import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(8 + data.length + 4);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), 8 + data.length);
  return out;
};
const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const header = (width: number, height: number): Buffer => {
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(width, 0);
  ihdr.writeUInt32BE(height, 4);
  // 8 bits, RGB.
  ihdr.writeUInt8(8, 8);
  ihdr.writeUInt8(2, 9);
  return chunk('IHDR', ihdr);
};

export type Colour = readonly [red: number, green: number, blue: number];

/** A real PNG of what stands at each point. */
export const pngFrom = (width: number, height: number, at: (x: number, y: number) => Colour): Buffer => {
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x++) row.set(at(x, y), 1 + x * 3);
    return row;
  });
  return Buffer.concat([
    SIGNATURE,
    header(width, height),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
/** In one colour with a light disc in it, that can be told apart on a picture of the window. */
export const pngOf = (side: number, colour: Colour): Buffer =>
  pngFrom(side, side, (x, y) =>
    Math.hypot(x - side / 2, y - side * 0.42) < side * 0.26 ? [250, 240, 225] : colour,
  );
/** A PNG's header that claims a size, with nothing behind it. */
export const pngClaiming = (width: number, height: number): Buffer =>
  Buffer.concat([SIGNATURE, header(width, height)]);

export const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');
