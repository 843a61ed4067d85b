/** Files in conversations: what a message shares, and what is on its way to the server. */

/** What a message says of the file behind its address; a part that nobody told is null. */
export interface SharedFile {
  readonly url: string;
  readonly name: string | null;
  /** Media type, lower case. */
  readonly type: string | null;
  readonly size: number | null;
  readonly width: number | null;
  readonly height: number | null;
  /** SHA-256, lower case hexadecimal. */
  readonly sha256: string | null;
  /** The strongest other one, where no SHA-256 is told. */
  readonly otherHash?: { readonly algo: 'sha-512' | 'sha-1'; readonly hex: string };
  /** A small picture of it, as a data: address (XEP-0264). */
  readonly thumbnail?: string;
  /** It goes from one computer to the other, and no server keeps it: there is no address. */
  readonly direct?: DirectFile;
}

/** An address, and nothing else is said. */
export const isBareAddress = (text: string): boolean => /^\s*(?:https?|aesgcm):\/\/\S+\s*$/iu.test(text);

/** What its sender says beside a file; null: nothing but where it is. */
export const captionOf = ({
  file,
  body,
}: {
  readonly file?: SharedFile;
  readonly body: string;
}): string | null => (!file || file.direct || body.trim() === '' || isBareAddress(body) ? null : body);

/** What its bytes are promised to be; null: nobody promised anything. */
export const promisedHash = ({
  sha256,
  otherHash,
}: Pick<SharedFile, 'sha256' | 'otherHash'>): {
  readonly algo: 'sha-512' | 'sha-256' | 'sha-1';
  readonly hex: string;
} | null => (sha256 === null ? (otherHash ?? null) : { algo: 'sha-256', hex: sha256 });

/** Why a file that somebody offered is not here, each with words of its own. */
export const directFaults = [
  'lost', // the connection, or Flint, ended meanwhile
  'silent', // nothing more came
  'stopped', // its sender called it off
  'expired', // its sender waited long enough
  'failed-there', // the other app could not give it
  'too-many', // more bytes than were offered
  'broken', // pieces that are missing, or none
  'changed', // other bytes than were promised
  'disk',
  'cancelled', // by us
] as const;
export type DirectFault = (typeof directFaults)[number];

/** How far a file has come that was offered by one computer to the other. */
export type DirectFile =
  | { readonly state: 'offered' | 'running' | 'done' | 'declined' }
  | { readonly state: 'failed'; readonly why: DirectFault };

/** Why a file did not go, each with words of its own. */
export const uploadFaults = [
  'too-large', // detail: what the server takes, in bytes
  'empty',
  'gone', // it is no longer where it was
  'unreadable',
  'hidden-details', // a picture that may tell where it was taken, of a kind that cannot be made silent: asked before it goes
  'not-offered', // the server has no upload
  'refused', // detail: the server's condition
  'unsafe', // the server named an address that may not be used (T18)
  'http', // detail: the status
  'network',
  // Of those that go to the other computer itself, because the server keeps none.
  'room', // to one person alone
  'nobody', // nobody is online to take it
  'no-way', // whoever is online cannot take it
  'declined',
  'busy', // the other side takes no more for now
  'no-answer',
  'stopped', // the other side called it off
  'failed-there', // the other app could not take it
  'too-large-there',
  'damaged', // what came there is not what was promised
  'line', // the connection broke off
] as const;
export type UploadFault = (typeof uploadFaults)[number];

/** A file on its way into a conversation. */
export interface Upload {
  readonly id: number;
  readonly peer: string;
  readonly name: string;
  readonly size: number;
  /** `asking`: it was offered to the other side's computer, and waits for a yes. */
  readonly state: 'waiting' | 'asking' | 'sending' | 'failed';
  /** Bytes that have gone. */
  readonly sent: number;
  /** Bytes a second; null as long as nobody can tell. */
  readonly speed: number | null;
  readonly fault: { readonly why: UploadFault; readonly detail: string | null } | null;
}

/** What the server takes of files (XEP-0363). */
export type UploadOffer =
  | { readonly is: 'unknown' | 'none' }
  /** Null: it names no limit. */
  | { readonly is: 'offered'; readonly maxBytes: number | null };

/** What is shown of the picture, the sound or the video that a message shares. */
export type FileView =
  /** `src`: where the window finds it. */
  | { readonly is: 'picture'; readonly src: string; readonly width: number; readonly height: number }
  | { readonly is: 'media'; readonly src: string }
  /** Not fetched before the user asks: its sender is no contact, it is larger than the user wants, or unknown to be small. */
  | { readonly is: 'held'; readonly why: 'stranger' | 'large' };

/** A file that is being saved. */
export interface Download {
  /** The message that shares it. */
  readonly id: number;
  readonly got: number;
  readonly size: number | null;
  readonly state: 'running' | 'done' | 'ended';
}

/** A name of this very computer. */
export const isLoopbackHost = (host: string): boolean =>
  /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);

/** T20: no name of a file is longer; those of file systems end at 255 bytes. */
const MAX_NAME = 120;
/** Names that Windows keeps for devices. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/**
 * T20: the last part of a name that somebody else gave, as a file of ours may be called: no way into another folder, nothing
 * that hides what it is (control characters, direction marks), no name that means a device or a hidden file.
 */
export const safeFileName = (given: string): string => {
  const last = given.split(/[/\\]/u).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Surrogate}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/gu, '');
  const [, stem = plain, end = ''] = /^(.*?)(\.[^.]{1,12})?$/su.exec(plain) ?? [];
  const name = [...stem].slice(0, MAX_NAME).join('') + end;
  if (name === '') return 'file';
  return DEVICE.test(name) ? `_${name}` : name;
};

/** What a file is called: by its sender, else by the end of its address. */
export const fileNameOf = ({ name, url }: Pick<SharedFile, 'name' | 'url'>): string => {
  if (name !== null && name.trim() !== '') return safeFileName(name);
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  const last = path.split('/').at(-1) ?? '';
  try {
    return safeFileName(decodeURIComponent(last));
  } catch {
    return safeFileName(last);
  }
};

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  heic: 'image/heic',
  heif: 'image/heif',
  avif: 'image/avif',
  jxl: 'image/jxl',
  jp2: 'image/jp2',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  dng: 'image/x-adobe-dng',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  mkv: 'video/x-matroska',
  pdf: 'application/pdf',
  zip: 'application/zip',
  gz: 'application/gzip',
  tar: 'application/x-tar',
  '7z': 'application/x-7z-compressed',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
  xml: 'application/xml',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

/** The end of a name without its dot, lower case. */
export const extensionOf = (name: string): string => /\.([^.]{1,12})$/u.exec(name)?.[1]?.toLowerCase() ?? '';

/** What a file is by its name. */
export const typeOfName = (name: string): string => TYPES[extensionOf(name)] ?? 'application/octet-stream';

/** A kind of picture that is shown in its place. */
export const isPictureFile = (file: SharedFile): boolean =>
  !file.direct && /^image\/(?:png|jpeg|gif|webp)$/.test(file.type ?? typeOfName(fileNameOf(file)));
