import { createHash } from 'node:crypto';

const algorithms = { 'sha-1': 'sha1', 'sha-256': 'sha256' } as const;
export type HashName = keyof typeof algorithms;

export const isHashName = (name: string): name is HashName => Object.hasOwn(algorithms, name);

/** The hash of a text's UTF-8 bytes in base64 (names of XEP-0300). */
export const digest = (name: HashName, text: string): string =>
  createHash(algorithms[name]).update(text, 'utf8').digest('base64');

/** SHA-1 of bytes in lower case hexadecimal, as avatars are named (XEP-0084 §4.2, XEP-0153 §3). */
export const sha1Hex = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

/** What a file can be checked by; MD5 (XEP-0096) and SHA-1 find accidents, nothing more. */
const fileHashes = { md5: 'md5', 'sha-1': 'sha1', 'sha-256': 'sha256', 'sha-512': 'sha512' } as const;
export type FileHashName = keyof typeof fileHashes;
export interface HashStream {
  add(piece: Uint8Array): void;
  /** Lower case hexadecimal; asked once, at the end. */
  hex(): string;
}

/** The hash of what comes piece by piece. */
export const hashStream = (name: FileHashName): HashStream => {
  const hash = createHash(fileHashes[name]);
  return {
    add: (piece) => {
      hash.update(piece);
    },
    hex: () => hash.digest('hex'),
  };
};

/** The hash of bytes that are all here. */
export const hashHex = (name: FileHashName, bytes: Uint8Array): string => {
  const hash = hashStream(name);
  hash.add(bytes);
  return hash.hex();
};

/** SHA-256 as lower case hexadecimal. */
export const sha256Hex = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');
