import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { prepareFile } from '../../../src-main/desktop/transfer/local-file';
import { pictureHeader } from '../../../src-shared/model/picture-file';
import { withoutMetadata } from '../../../src-shared/model/picture-metadata';
import { photoOf, photoScan } from '../../support/photo';
import { pngOf } from '../../support/pictures';

describe('a picture before it is sent', () => {
  it('a JPEG loses place, comment and what is behind its end, and keeps colours and what is seen', () => {
    const clean = Buffer.from(withoutMetadata(photoOf()) ?? []);
    const text = clean.toString('latin1');
    for (const told of ['GPS', 'Exif', 'xmpmeta', 'IPTC', 'Romeo', 'second picture'])
      expect(text).not.toContain(told);
    expect(text).toContain('ICC_PROFILE');
    expect(text).toContain('JFIF');
    expect(clean.includes(photoScan)).toBe(true);
    expect(pictureHeader(clean)).toEqual({ type: 'image/jpeg', width: 30, height: 20 });
    expect(clean.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
  });

  it.each([
    [6, false],
    [8, true],
  ])('which way up it is stays: %i', (orientation, little) => {
    const clean = Buffer.from(withoutMetadata(photoOf({ orientation, little })) ?? []);
    const at = clean.indexOf('Exif\0\0', 0, 'latin1');
    expect(at).toBeGreaterThan(0);
    // The TIFF header, the count, tag, type, count; then the value.
    expect(clean.readUInt16BE(at + 6 + 18)).toBe(orientation);
    expect(clean.toString('latin1')).not.toContain('GPS');
    // As it is drawn: the camera was held upright.
    expect(pictureHeader(clean)).toEqual({ type: 'image/jpeg', width: 20, height: 30 });
    // Cleaned once more it is the same.
    expect(Buffer.from(withoutMetadata(clean) ?? [])).toEqual(clean);
  });

  it('a PNG loses its texts', () => {
    const png = pngOf(4, [1, 2, 3]);
    const text = Buffer.concat([Buffer.from([0, 0, 0, 5]), Buffer.from('tEXtplace'), Buffer.alloc(4)]);
    const told = Buffer.concat([png.subarray(0, 33), text, png.subarray(33)]);
    expect(Buffer.from(withoutMetadata(told) ?? [])).toEqual(png);
  });

  it('a GIF loses comments and what programs wrote into it, and goes on moving', () => {
    const block = (label: number, ...pieces: string[]): Buffer =>
      Buffer.concat([
        Buffer.from([0x21, label]),
        ...pieces.map((piece) => Buffer.from(`${String.fromCharCode(piece.length)}${piece}`, 'latin1')),
        Buffer.from([0]),
      ]);
    const head = Buffer.from('GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
    const loop = block(0xff, 'NETSCAPE2.0', '\x01\0\0');
    const image = Buffer.from(',\0\0\0\0\x02\0\x02\0\0\x02\x02\x84\x51\0', 'latin1');
    const end = Buffer.from(';');
    const told = [block(0xfe, 'taken by Romeo'), block(0xff, 'XMP DataXMP', '<x:xmpmeta/>')];
    const clean = withoutMetadata(Buffer.concat([head, ...told, loop, image, end, Buffer.from('Verona')]));
    expect(Buffer.from(clean ?? [])).toEqual(Buffer.concat([head, loop, image, end]));
    expect(withoutMetadata(Buffer.concat([head, loop, image]))).toBeNull();
  });

  it('what is damaged, or no picture, is left alone', () => {
    expect(withoutMetadata(Buffer.from('no picture'))).toBeNull();
    expect(withoutMetadata(photoOf().subarray(0, 60))).toBeNull();
    expect(withoutMetadata(Buffer.from([0xff, 0xd8]))).toBeNull();
    expect(withoutMetadata(Buffer.alloc(0))).toBeNull();
  });
});

describe('a file that is prepared to be sent', () => {
  const prepared = async (name: string, bytes: Uint8Array, clean = true) => {
    const folder = await mkdtemp(join(tmpdir(), 'flint-prepared-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, name);
    await writeFile(path, bytes);
    return prepareFile({ path, key: null }, clean);
  };

  it.each([
    ['larger than what is drawn', { width: 8_000, height: 6_000 }, [null, null]],
    ['that says late how large it is', { before: 700_000 }, [30, 20]],
  ])('a photo %s goes without its place all the same', async (_, parts, size) => {
    const file = await prepared('IMG_1.JPG', photoOf(parts));
    if (typeof file === 'string') throw new Error(file);
    expect(Buffer.from(file.bytes ?? []).toString('latin1')).not.toMatch(/GPS|Romeo|xmpmeta/u);
    expect(file).toMatchObject({ type: 'image/jpeg', width: size[0], height: size[1], changed: null });
    expect(file.bytes).toHaveLength(file.size);
  });

  it.each([
    ['photo.heic', Buffer.from('\0\0\0\x18ftypheic', 'latin1')],
    ['photo', Buffer.from('\0\0\0\x18ftypavif', 'latin1')],
    ['scan.bin', Buffer.from('II*\0\x08', 'latin1')],
    ['late.tiff', Buffer.from('what no program wrote')],
    ['broken.jpg', photoOf().subarray(0, 200)],
  ])('%s is asked about, where its place cannot be taken out', async (name, bytes) => {
    expect(await prepared(name, bytes)).toBe('hidden-details');
    expect(await prepared(name, bytes, false)).toMatchObject({ size: bytes.length, bytes: null });
  });

  it.each([
    ['letter.txt', Buffer.from('But soft')],
    ['film.mp4', Buffer.from('\0\0\0\x18ftypisom', 'latin1')],
    ['drawing.svg', Buffer.from('<svg/>')],
  ])('%s goes as it is', async (name, bytes) => {
    expect(await prepared(name, bytes)).toMatchObject({ size: bytes.length, bytes: null });
  });
});
