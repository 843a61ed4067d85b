import { open } from 'node:fs/promises';
import type { FilePieces, FileSource, PreparedFile } from '../../ports';
import { bytesOf, isSealed } from './source';

/** What was made in place of the file: it is in memory. */
const piecesOf = (bytes: Uint8Array): FilePieces => {
  let at = 0;
  return {
    next: (count) => {
      const piece = bytes.subarray(at, at + count);
      at += piece.length;
      return Promise.resolve(piece);
    },
    close: () => Promise.resolve(),
  };
};

/** A copy of ours, which can be read from its start alone. */
const sealedPieces = (source: FileSource, size: number): FilePieces => {
  const opened = bytesOf(source, size);
  let rest: Buffer = Buffer.alloc(0);
  return {
    async next(count) {
      try {
        while (rest.length < count) {
          const piece = await opened.next();
          if (piece.done === true) break;
          rest = Buffer.concat([rest, piece.value]);
        }
      } catch {
        return null;
      }
      const piece = rest.subarray(0, count);
      rest = rest.subarray(piece.length);
      return piece;
    },
    close: async () => {
      await opened.return(undefined);
    },
  };
};

/** Opens a file that goes out to be read piece by piece; null: it is gone. */
export const openPieces = async (
  source: FileSource,
  { size, bytes }: PreparedFile,
): Promise<FilePieces | null> => {
  if (bytes) return piecesOf(bytes);
  const file = await open(source.path).catch(() => null);
  if (!file) return null;
  if (isSealed(source)) {
    await file.close();
    return sealedPieces(source, size);
  }
  let at = 0;
  return {
    async next(count) {
      const wanted = Math.min(count, size - at);
      const piece = Buffer.alloc(wanted);
      for (let got = 0; got < wanted;) {
        const { bytesRead } = await file.read(piece, got, wanted - got, at + got);
        // It became shorter meanwhile.
        if (bytesRead === 0) return null;
        got += bytesRead;
      }
      at += wanted;
      return piece;
    },
    close: () => file.close(),
  };
};
