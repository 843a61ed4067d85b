/** Kinds of sound files that the window can play, told by their first bytes and by nothing else. */
export type SoundType = 'wav' | 'ogg' | 'mp3' | 'flac';

const text = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** MPEG audio without tags begins with a frame: eleven bits set, and a layer that exists (ISO/IEC 11172-3 §2.4.1.3). */
const isFrame = ([first = 0, second = 0]: Uint8Array): boolean =>
  first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) !== 0;

export const soundType = (bytes: Uint8Array): SoundType | null => {
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WAVE') return 'wav';
  if (text(bytes, 0, 4) === 'OggS') return 'ogg';
  if (text(bytes, 0, 4) === 'fLaC') return 'flac';
  return text(bytes, 0, 3) === 'ID3' || isFrame(bytes) ? 'mp3' : null;
};
