import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createTransfer } from '../../../src-main/desktop/transfer';
import { photoOf } from '../../support/photo';
import { pngOf } from '../../support/pictures';

const key = 'a'.repeat(64);
const account = 'b'.repeat(32);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const setUp = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'flint-sealed-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const transfer = createTransfer(folder);
  const keep = async (name: string, bytes: Uint8Array) => ({
    path: await transfer.copies.keep(account, 'id', name, key, bytes),
    key,
  });
  return { folder, transfer, keep };
};
const prepared = async (
  transfer: ReturnType<typeof createTransfer>,
  ...how: Parameters<typeof transfer.prepare>
) => {
  const file = await transfer.prepare(...how);
  if (typeof file === 'string') throw new Error(file);
  return file;
};

/** A host that takes what is put to it. */
const host = async () => {
  const got: Buffer[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      got.push(Buffer.concat(pieces));
      response.writeHead(201).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { got, url: `http://localhost:${String((server.address() as AddressInfo).port)}/` };
};
const reach = { plain: true, mayGo: () => true, pins: () => [] };

it('a copy lies sealed on the disk, and is told of as what it was', async () => {
  const { transfer, keep } = await setUp();
  const picture = pngOf(64, [40, 90, 160]);
  const source = await keep('pasted.png', picture);
  const onDisk = await readFile(source.path);
  expect(onDisk.includes(picture.subarray(0, 16))).toBe(false);
  expect(await prepared(transfer, source, false)).toMatchObject({
    ...{
      type: 'image/png',
      width: 64,
      height: 64,
      size: picture.length,
      sha256: sha256(picture),
      bytes: null,
    },
  });
  const words = Buffer.from('But soft');
  expect(await prepared(transfer, await keep('note.txt', words), false)).toMatchObject({
    type: 'text/plain',
    size: words.length,
  });
});

it('a photo goes without its place from a sealed copy too', async () => {
  const { transfer, keep } = await setUp();
  const { bytes } = await prepared(transfer, await keep('IMG_1.JPG', photoOf()), true);
  expect(Buffer.from(bytes ?? []).toString('latin1')).not.toMatch(/GPS|Romeo|xmpmeta/u);
  expect(bytes?.length).toBeGreaterThan(0);
});

it('a sealed copy is put whole, piece by piece', async () => {
  const { transfer, keep } = await setUp();
  const { got, url } = await host();
  const large = randomBytes(3_000_000);
  const source = await keep('large.bin', large);
  const file = await prepared(transfer, source, false);
  const told: number[] = [];
  const answer = await transfer.put(
    { url, headers: {}, source, file, reach },
    new AbortController().signal,
    (sent) => told.push(sent),
  );
  expect(answer).toEqual({ is: 'answer', status: 201 });
  expect(got.map(sha256)).toEqual([sha256(large)]);
  expect(Math.max(...told.map((sent, at) => sent - (told[at - 1] ?? 0)))).toBeLessThanOrEqual(65_536);
});

it('and goes to another computer in pieces of any length', async () => {
  const { transfer, keep } = await setUp();
  const large = randomBytes(300_000);
  const source = await keep('large.bin', large);
  const pieces = await transfer.open(source, await prepared(transfer, source, false));
  const got: Uint8Array[] = [];
  for (;;) {
    const piece = await pieces?.next(4_096);
    if (!piece || piece.length === 0) break;
    got.push(piece);
  }
  await pieces?.close();
  expect(sha256(Buffer.concat(got))).toBe(sha256(large));
  expect(new Set(got.slice(0, -1).map(({ length }) => length))).toEqual(new Set([4_096]));
});

it('what is not what was sealed goes nowhere', async () => {
  const { transfer, keep } = await setUp();
  const { got, url } = await host();
  const source = await keep('note.txt', Buffer.from('But soft, what light'));
  const file = await prepared(transfer, source, false);
  const onDisk = await readFile(source.path);
  onDisk[onDisk.length - 1] = (onDisk.at(-1) ?? 0) ^ 1;
  await writeFile(source.path, onDisk);
  expect(await transfer.prepare(source, false)).toBe('unreadable');
  expect(await transfer.prepare({ ...source, key: 'c'.repeat(64) }, false)).toBe('unreadable');
  const signal = new AbortController().signal;
  expect(await transfer.put({ url, headers: {}, source, file, reach }, signal, () => undefined)).toEqual({
    is: 'gone',
  });
  expect(got).toEqual([]);
  const pieces = await transfer.open(source, file);
  expect(await pieces?.next(4_096)).toBeNull();
  await pieces?.close();
  await rm(source.path);
  expect(await transfer.prepare(source, false)).toBe('gone');
  expect(await transfer.open(source, file)).toBeNull();
});

it('a photo that is not what was sealed is not cleaned either', async () => {
  const { transfer, keep } = await setUp();
  const source = await keep('IMG_1.JPG', photoOf());
  const onDisk = await readFile(source.path);
  onDisk[onDisk.length - 1] = (onDisk.at(-1) ?? 0) ^ 1;
  await writeFile(source.path, onDisk);
  expect(await transfer.prepare(source, true)).toBe('unreadable');
});

it('what an earlier version kept lies open, and is read as it lies', async () => {
  const { folder, transfer } = await setUp();
  const path = join(folder, account, 'old', 'pasted.txt');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'But soft');
  const file = await prepared(transfer, { path, key }, false);
  expect(file).toMatchObject({ size: 8, sha256: sha256(Buffer.from('But soft')), type: 'text/plain' });
  const { got, url } = await host();
  const signal = new AbortController().signal;
  await transfer.put({ url, headers: {}, source: { path, key }, file, reach }, signal, () => undefined);
  expect(got.map(String)).toEqual(['But soft']);
});

it('a sweep leaves what waits, and what is of others', async () => {
  const { folder, transfer } = await setUp();
  const bytes = Buffer.from('But soft');
  for (const id of ['waits', 'left']) await transfer.copies.keep(account, id, 'a.txt', key, bytes);
  await transfer.copies.keep('c'.repeat(32), 'left', 'a.txt', key, bytes);
  await transfer.copies.sweep(account, new Set(['waits']));
  expect(await readdir(join(folder, account))).toEqual(['waits']);
  expect(await readdir(join(folder, 'c'.repeat(32)))).toEqual(['left']);
  // Whoever never pasted anything has no folder.
  await transfer.copies.sweep('d'.repeat(32), new Set());
});
