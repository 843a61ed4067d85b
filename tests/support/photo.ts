const segment = (marker: number, body: Buffer | string): Buffer => {
  const data = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};
/** EXIF with a turned picture and a place in words. */
const exif = (orientation: number, little: boolean): Buffer => {
  const tiff = Buffer.alloc(26);
  tiff.write(little ? 'II' : 'MM', 0, 'latin1');
  const u16 = (value: number, at: number): number =>
    little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const u32 = (value: number, at: number): number =>
    little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  u16(42, 2);
  u32(8, 4);
  u16(1, 8);
  u16(0x0112, 10);
  u16(3, 12);
  u32(1, 14);
  u16(orientation, 18);
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS 45.44N 10.99E')]);
};
const frame = (width: number, height: number): Buffer => {
  const body = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  body.writeUInt16BE(height, 1);
  body.writeUInt16BE(width, 3);
  return segment(0xc0, body);
};
/** What is seen of it. */
export const photoScan = Buffer.concat([
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([1, 2, 0xff, 0, 0xff, 0xd0, 3]),
]);

export interface PhotoParts {
  readonly width?: number;
  readonly height?: number;
  /** EXIF §4.6.5. */
  readonly orientation?: number;
  readonly little?: boolean;
  /** So many bytes stand before the frame. */
  readonly before?: number;
}

/** A JPEG as it comes from a camera: it tells where, when and by whom it was taken, in each of the places for it. */
export const photoOf = (parts: PhotoParts = {}): Buffer => {
  const { width = 30, height = 20, orientation = 1, little = false, before = 0 } = parts;
  const fillers = Array.from({ length: Math.ceil(before / 65_000) }, () =>
    segment(0xe5, Buffer.alloc(65_000)),
  );
  return Buffer.concat([
    ...[Buffer.from([0xff, 0xd8]), segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0')],
    ...[segment(0xe1, exif(orientation, little)), ...fillers],
    ...[segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>'), segment(0xed, 'Photoshop 3.0\0IPTC')],
    ...[segment(0xe2, 'ICC_PROFILE\0\x01\x01profile'), segment(0xfe, 'taken by Romeo')],
    ...[frame(width, height), photoScan, Buffer.from([0xff, 0xd9])],
    Buffer.from('a second picture with its own place'),
  ]);
};
