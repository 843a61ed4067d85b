import type { StreamBlock } from '../xep/0047-bytestreams';

/** XEP-0047 §2.1: the number has 16 bits. */
export const MAX_BLOCK = 65_535;

/** How much of a stream has come. */
export interface StreamProgress {
  /** The number that the next piece has to have. */
  readonly seq: number;
  readonly got: number;
}
export const nothingYet: StreamProgress = { seq: 0, got: 0 };

/** XEP-0047 §2.2: after 65535 it goes on with 0. */
export const nextSeq = (seq: number): number => (seq + 1) % 65_536;

/**
 * T20: whether a piece is the next one of its stream: in its turn, of bytes, no longer than was agreed and, with all before it,
 * no more than was offered.
 */
export const takeBlock = (
  progress: StreamProgress,
  { seq, bytes }: StreamBlock,
  { blockSize, size }: { readonly blockSize: number; readonly size: number },
): { readonly progress: StreamProgress; readonly bytes: Uint8Array } | 'broken' | 'too-many' => {
  if (seq !== progress.seq || bytes === null || bytes.length > blockSize) return 'broken';
  const got = progress.got + bytes.length;
  if (got > size) return 'too-many';
  return { progress: { seq: nextSeq(seq), got }, bytes };
};
