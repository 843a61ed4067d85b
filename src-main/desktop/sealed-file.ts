import { createCipheriv, createDecipheriv, randomBytes, type DecipherGCM } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

/** How files of conversations lie on the disk: AES-256-GCM, before which stand its IV and its tag. */
const CIPHER = 'aes-256-gcm';
const [IV_BYTES, TAG_BYTES] = [12, 16];
/** So much longer is a file than what was sealed into it. */
export const SEAL_BYTES = IV_BYTES + TAG_BYTES;

/** @param key 64 hexadecimal digits */
export const seal = (key: string, bytes: Uint8Array): Buffer => {
  const iv = randomBytes(IV_BYTES);
  const close = createCipheriv(CIPHER, Buffer.from(key, 'hex'), iv);
  const body = Buffer.concat([close.update(bytes), close.final()]);
  return Buffer.concat([iv, close.getAuthTag(), body]);
};

const openerOf = (key: string, head: Buffer): DecipherGCM => {
  const opener = createDecipheriv(CIPHER, Buffer.from(key, 'hex'), head.subarray(0, IV_BYTES));
  opener.setAuthTag(head.subarray(IV_BYTES, SEAL_BYTES));
  return opener;
};

/** Throws where it is not what was sealed with this key. */
export const unseal = (key: string, sealed: Buffer): Buffer => {
  const opener = openerOf(key, sealed);
  return Buffer.concat([opener.update(sealed.subarray(SEAL_BYTES)), opener.final()]);
};

/**
 * Piece by piece. Whether all of it is what was sealed is known at the end alone: the last piece comes once it is, or it rejects,
 * and nobody has had the whole.
 */
export async function* unsealed(path: string, key: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  const head = Buffer.alloc(SEAL_BYTES);
  try {
    await file.read(head, 0, SEAL_BYTES, 0);
  } finally {
    await file.close();
  }
  const opener = openerOf(key, head);
  let last: Buffer | null = null;
  for await (const piece of createReadStream(path, { start: SEAL_BYTES }) as AsyncIterable<Buffer>) {
    if (last) yield last;
    last = opener.update(piece);
  }
  opener.final();
  if (last) yield last;
}
