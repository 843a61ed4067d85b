/** Stateless file sharing, XEP-0447, with the file's metadata (XEP-0446) and a thumbnail (XEP-0264). */
import { promisedHash, type SharedFile } from '../../../src-shared/model/file';
import { attr, child, childText, children, xml, type Element } from '../element';
import { hashElement, parseHashes } from './0300-hashes';
import { checkThumbnail } from '../guards/thumbnail';
import { fallbackFor } from './0428-fallback';

export const SHARING = 'urn:xmpp:sfs:0';
const METADATA = 'urn:xmpp:file:metadata:0';
const URL_DATA = 'http://jabber.org/protocol/url-data';

/** XEP-0264. */
const THUMBS = 'urn:xmpp:thumbs:1';

/** Characters. */
const MAX_DESC = 5_000;

const number = (value: number | null, name: string): Element | null =>
  value === null ? null : xml(name, {}, String(value));

const thumbnail = (file: SharedFile): Element | null => {
  const type = /^data:([^;]+)/.exec(file.thumbnail ?? '')?.[1];
  return type === undefined
    ? null
    : xml('thumbnail', { xmlns: THUMBS, uri: file.thumbnail, 'media-type': type });
};

/** §3.1, and that the body is for clients that do not know it. */
export const fileSharing = (file: SharedFile): readonly Element[] => {
  const hash = promisedHash(file);
  return [
    xml(
      'file-sharing',
      { xmlns: SHARING, disposition: file.type?.startsWith('image/') ? 'inline' : 'attachment' },
      xml(
        'file',
        { xmlns: METADATA },
        file.type === null ? null : xml('media-type', {}, file.type),
        file.name === null ? null : xml('name', {}, file.name),
        number(file.size, 'size'),
        number(file.width, 'width'),
        number(file.height, 'height'),
        hash && hashElement(hash),
        thumbnail(file),
      ),
      xml('sources', {}, xml('url-data', { xmlns: URL_DATA, target: file.url })),
    ),
    fallbackFor(SHARING),
  ];
};

const count = (file: Element, name: string): number | null => {
  const value = Number(childText(file, name, METADATA) || NaN);
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
};
/** Of one line, and no longer than any that is shown. */
const words = (file: Element, name: string, most: number): string | null =>
  childText(file, name, METADATA)?.replace(/\s+/gu, ' ').trim().slice(0, most) || null;

const hashes = (file: Element): Pick<SharedFile, 'sha256' | 'otherHash'> => {
  const { told } = parseHashes(file);
  const sha256 = told.find(({ algo }) => algo === 'sha-256');
  const [strongest] = told;
  if (sha256 || !strongest || strongest.algo === 'sha-256') return { sha256: sha256?.hex ?? null };
  return { sha256: null, otherHash: { algo: strongest.algo, hex: strongest.hex } };
};

const thumbnailIn = (file: Element): Pick<SharedFile, 'thumbnail'> => {
  const [first] = children(file, 'thumbnail', THUMBS);
  const thumbnail = first && checkThumbnail(attr(first, 'uri') ?? '');
  return thumbnail ? { thumbnail } : {};
};

/** What its sender says of it (XEP-0446 §2), as a text below it; null: nothing. */
export const fileDescription = (message: Element): string | null => {
  const sharing = child(message, 'file-sharing', SHARING);
  const file = sharing && child(sharing, 'file', METADATA);
  return (file && childText(file, 'desc', METADATA)?.trim().slice(0, MAX_DESC)) || null;
};

/** The first file with an address (§3.1); null: there is none. */
export const parseFileSharing = (message: Element): SharedFile | null => {
  const sharing = child(message, 'file-sharing', SHARING);
  const file = sharing && child(sharing, 'file', METADATA);
  const sources = sharing && child(sharing, 'sources', SHARING);
  const url = (sources ? children(sources, 'url-data', URL_DATA) : [])
    .map((one) => attr(one, 'target'))
    .find((target) => target !== undefined);
  if (!file || url === undefined) return null;
  const type = words(file, 'media-type', 100)?.toLowerCase() ?? null;
  return {
    url,
    name: words(file, 'name', 500),
    type: type !== null && /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : null,
    size: count(file, 'size'),
    width: count(file, 'width'),
    height: count(file, 'height'),
    ...hashes(file),
    ...thumbnailIn(file),
  };
};
