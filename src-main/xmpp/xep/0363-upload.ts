/** HTTP file upload, XEP-0363: where a file may be put, and where others get it. */
import { attr, child, children, xml, type Element } from '../element';
import type { DiscoInfo } from './0030-disco';

export const UPLOAD = 'urn:xmpp:http:upload:0';

/** §4: what a service takes, in bytes; null: it names no limit. */
export const maxFileSize = ({ forms }: DiscoInfo): number | null => {
  const form = forms.find((one) => one.get('FORM_TYPE')?.[0] === UPLOAD);
  const size = Number(form?.get('max-file-size')?.[0] ?? NaN);
  return Number.isSafeInteger(size) && size > 0 ? size : null;
};

/** §5. */
export const slotRequest = (file: {
  readonly name: string;
  readonly size: number;
  readonly type: string;
}): Element =>
  xml('request', {
    xmlns: UPLOAD,
    filename: file.name,
    size: String(file.size),
    'content-type': file.type,
  });

/** A slot as the service gives it; nothing of it is trusted yet (guards/upload-slot.ts). */
export interface GivenSlot {
  readonly put: string;
  readonly get: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** §5; null when it is none. */
export const parseSlot = (iq: Element): GivenSlot | null => {
  const slot = child(iq, 'slot', UPLOAD);
  const put = slot && child(slot, 'put', UPLOAD);
  const get = slot && child(slot, 'get', UPLOAD);
  const [putUrl, getUrl] = [put && attr(put, 'url'), get && attr(get, 'url')];
  if (!put || !putUrl || !getUrl) return null;
  const headers = children(put, 'header', UPLOAD).map((header) => ({
    name: attr(header, 'name') ?? '',
    value: header.getText(),
  }));
  return { put: putUrl, get: getUrl, headers };
};
