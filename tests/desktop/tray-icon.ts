import type dbus from 'dbus-next';
import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

/** What the panel is asked to draw. */
export interface TrayIcon {
  /** A name in the icon theme; empty when there are pixels. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Changes when, and only when, the picture does. */
  readonly hash: string;
  /** The largest picture as a PNG file. */
  png(): Buffer;
}

/** @param properties those of an org.kde.StatusNotifierItem */
export function readIcon(properties: Readonly<Record<string, dbus.Variant>>): TrayIcon {
  const name = (properties['IconName']?.value as string | undefined) ?? '';
  const pixmaps = (properties['IconPixmap']?.value ?? []) as readonly [number, number, Uint8Array][];
  const [width, height, argb] = [...pixmaps].sort((a, b) => b[0] - a[0])[0] ?? [0, 0, new Uint8Array()];
  const bytes = Buffer.from(argb);
  const hash = createHash('sha256')
    .update(`${name} ${String(width)} ${String(height)} `)
    .update(bytes)
    .digest('hex');
  return { name, width, height, hash, png: () => encodePng(width, height, bytes) };
}

/** PNG (RFC 2083) of 8-bit RGBA, from the ARGB32 in network byte order that StatusNotifierItem carries. */
function encodePng(width: number, height: number, argb: Buffer): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 4));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      const to = y * (1 + width * 4) + 1 + x * 4;
      argb.copy(rows, to, from + 1, from + 4);
      rows[to + 3] = argb[from] ?? 0;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
