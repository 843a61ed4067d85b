/** Sound and video that are played in their place. */
import { fileNameOf, typeOfName, type SharedFile } from './file';

/** T20: what is played, by its first bytes; nothing else is ever given to a decoder. */
export type MediaType = 'video/mp4' | 'video/webm' | 'audio/ogg' | 'audio/mpeg' | 'audio/wav' | 'audio/flac';

/** Where the window finds what it plays. */
export const MEDIA_SCHEME = 'flint-media';
export const MEDIA_HOST = 'flint';

/** How it is shown. */
export type MediaKind = 'audio' | 'video';

const AUDIO = /^(?:audio\/(?:mp4|x-m4a|mpeg|mp3|ogg|opus|wav|x-wav|wave|flac|x-flac|webm)|application\/ogg)$/;
const VIDEO = /^video\/(?:mp4|webm)$/;

/** Whether a message shares something to be played, by what is said of it; null: it does not. */
export const mediaKind = (file: SharedFile): MediaKind | null => {
  if (file.direct) return null;
  const type = file.type ?? typeOfName(fileNameOf(file));
  if (AUDIO.test(type)) return 'audio';
  return VIDEO.test(type) ? 'video' : null;
};

/** How much of a file has to be there to tell. */
const HEAD_BYTES = 128;
const isAt = (text: string, at: number, wanted: string): boolean =>
  text.slice(at, at + wanted.length) === wanted;

/** MPEG-1/2 layer III, ISO 11172-3 §2.4.2.3: eleven ones, then a version, a layer, a rate that there are. */
const isMpegFrame = (bytes: Uint8Array): boolean => {
  const [sync = 0, kind = 0, rates = 0] = bytes;
  const version = (kind >> 3) & 3;
  return (
    sync === 0xff &&
    kind >> 5 === 7 &&
    version !== 1 &&
    ((kind >> 1) & 3) === 1 &&
    rates >> 4 !== 15 &&
    ((rates >> 2) & 3) !== 3
  );
};

/** What the bytes are: MP4, WebM (no other Matroska), Ogg, MP3, WAV or FLAC; null: anything else. */
export const mediaType = (bytes: Uint8Array): MediaType | null => {
  const text = String.fromCharCode(...bytes.subarray(0, HEAD_BYTES));
  if (isAt(text, 4, 'ftyp')) return 'video/mp4';
  if (isAt(text, 0, '\x1aE\xdf\xa3') && /\x42\x82[\x80-\xff]webm/u.test(text)) return 'video/webm';
  if (isAt(text, 0, 'OggS')) return 'audio/ogg';
  if (isAt(text, 0, 'fLaC')) return 'audio/flac';
  if (isAt(text, 0, 'RIFF') && isAt(text, 8, 'WAVE')) return 'audio/wav';
  return isAt(text, 0, 'ID3') || isMpegFrame(bytes) ? 'audio/mpeg' : null;
};
