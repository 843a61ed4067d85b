import { createReadStream } from 'node:fs';
import type { FileSource } from '../../ports';
import { unsealed } from '../sealed-file';

/** Ends the name of a copy that lies sealed; those of earlier versions lie open. */
export const SEALED = '.sealed';

export const isSealed = ({ path, key }: FileSource): boolean => key !== null && path.endsWith(SEALED);

/**
 * The bytes of a file that goes out, piece by piece. Of a file of the user's no more than `most`, which may have become longer
 * meanwhile; a sealed one is as it was, or rejects.
 */
export async function* bytesOf(source: FileSource, most: number): AsyncGenerator<Buffer> {
  const { path, key } = source;
  if (key !== null && isSealed(source)) yield* unsealed(path, key);
  else if (most > 0) yield* createReadStream(path, { end: most - 1 }) as AsyncIterable<Buffer>;
}
