import { open } from 'node:fs/promises';
import type { FilePieces, PreparedFile } from '../../ports';

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

/** Opens a file of the user's to be read piece by piece; null: it is gone. */
export const openPieces = async (path: string, { size, bytes }: PreparedFile): Promise<FilePieces | null> => {
  if (bytes) return piecesOf(bytes);
  const file = await open(path).catch(() => null);
  if (!file) return null;
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
