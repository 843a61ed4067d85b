/** Files in Jingle sessions, XEP-0234: what is offered, and what is said of it. */
import { attr, child, children, childText, xml, type Element } from '../element';
import { hashAlgos, hashElement, parseHashes, type HashAlgo, type NamedHash } from './0300-hashes';

export const JINGLE_FILES = 'urn:xmpp:jingle:apps:file-transfer:5';
const ERRORS = 'urn:xmpp:jingle:apps:file-transfer:errors:0';

export interface JingleFile {
  /** As its sender wrote it; empty: it is not said. */
  readonly name: string;
  readonly size: number;
  /** Media type; null: it is not said. */
  readonly type: string | null;
  /** When it was changed last, epoch milliseconds; null: it is not said. */
  readonly date: number | null;
  /** Null: it is not said, or not yet. */
  readonly hash: NamedHash | null;
  /** Those that its sender may tell a hash of later; `promised`: he says so. */
  readonly algos: readonly HashAlgo[];
  readonly promised: boolean;
}

/** §5. */
export const fileDescription = ({
  name,
  size,
  type,
  date,
  hash,
}: Pick<JingleFile, 'name' | 'size' | 'type' | 'date' | 'hash'>): Element =>
  xml(
    'description',
    { xmlns: JINGLE_FILES },
    xml(
      'file',
      {},
      date === null ? null : xml('date', {}, `${new Date(date).toISOString().slice(0, 19)}Z`),
      type === null ? null : xml('media-type', {}, type),
      name === '' ? null : xml('name', {}, name),
      xml('size', {}, String(size)),
      hash && hashElement(hash),
    ),
  );

const MAX_NAME = 1_000;

/** What a description offers; `bad`: no whole file, or none that can be taken as it is said. Null: it is about no file. */
export const parseFileDescription = (description: Element): JingleFile | 'bad' | null => {
  if (!description.is('description', JINGLE_FILES)) return null;
  const file = child(description, 'file', JINGLE_FILES);
  if (!file) return 'bad';
  const text = (name: string): string => childText(file, name, JINGLE_FILES)?.trim() ?? '';
  const [name, size, type] = [text('name'), text('size'), text('media-type')];
  const bytes = /^\d{1,16}$/.test(size) ? Number(size) : NaN;
  if (!Number.isSafeInteger(bytes) || name.length > MAX_NAME || isPart(file, bytes)) return 'bad';
  const { told, named } = parseHashes(file);
  const [hash = null] = told;
  return {
    ...{ name, size: bytes, date: parseDate(text('date')), hash },
    type: /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type.toLowerCase() : null,
    algos: hash ? [hash.algo] : named.length > 0 ? named : hashAlgos,
    promised: named.length > 0,
  };
};

/** XEP-0082; what is none, or of no time that a file can be of, is not said. */
const parseDate = (text: string): number | null => {
  const at = /^\d{4}-\d\d-\d\d(?:T[\d:]{8}(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : NaN;
  return Number.isNaN(at) || at < 0 ? null : at;
};

/** §6.4: a piece of a file. We neither keep what has come of one nor send one from its middle; a range over all is no piece. */
const isPart = (file: Element, size: number): boolean =>
  children(file, 'range', JINGLE_FILES).some((range) => {
    const [offset, length] = [attr(range, 'offset') ?? '0', attr(range, 'length') ?? String(size)];
    return (
      ![offset, length].every((one) => /^\d{1,16}$/.test(one)) || Number(offset) > 0 || Number(length) < size
    );
  });

/** Whether an answer to an offer of ours, of so many bytes, wants a piece of it only. */
export const wantsPart = (description: Element, size: number): boolean => {
  const file = child(description, 'file', JINGLE_FILES);
  return file !== undefined && isPart(file, size);
};

/** §8.2: the hashes that a session-info tells of the whole file; null: it is about something else. */
export const parseChecksum = (info: Element): readonly NamedHash[] | null => {
  if (!info.is('checksum', JINGLE_FILES)) return null;
  const file = child(info, 'file', JINGLE_FILES);
  return file ? parseHashes(file).told : [];
};

/** §8.1: whether a session-info says that the file is there. */
export const isReceived = (info: Element): boolean => info.is('received', JINGLE_FILES);

/** §9: what goes along with a reason. */
export const fileTooLarge = (): Element => xml('file-too-large', { xmlns: ERRORS });
export const fileNotAvailable = (): Element => xml('file-not-available', { xmlns: ERRORS });
export const isTooLarge = (detail: Element): boolean => detail.is('file-too-large', ERRORS);
