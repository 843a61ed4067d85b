import type { Upload, UploadFault } from '../../../src-shared/model/file';
import type { FileSource, PreparedFile, Transfer } from '../../ports';
import { checkSlot, type UploadSlot } from '../../xmpp/guards/upload-slot';
import type { Link, StanzaError } from '../../xmpp/link';
import { parseSlot, slotRequest } from '../../xmpp/xep/0363-upload';
import type { FileReach } from './reach';
import type { UploadService } from './upload-service';

export type UploadFaultSaid = NonNullable<Upload['fault']>;
export const fault = (why: UploadFault, detail: string | null = null): UploadFaultSaid => ({ why, detail });

/** The server says "not now". */
export const BUSY_MS = 30_000;
const SOON_MS = 2_000;

/** What came of one try: the file is at the server, or it is not; `lost`: the line to it broke off. */
export type ServerWayEnd =
  | { readonly is: 'there'; readonly url: string }
  | { readonly is: 'lost' }
  | { readonly is: 'stopped' }
  | { readonly is: 'later'; readonly ms: number }
  | { readonly is: 'fault'; readonly fault: UploadFaultSaid };
const ends = (why: UploadFault, detail: string | null = null): ServerWayEnd => ({
  is: 'fault',
  fault: fault(why, detail),
});

const refusedBy = ({ condition, type }: StanzaError): ServerWayEnd => {
  if (condition === 'timeout' || condition === 'lost') return { is: 'later', ms: SOON_MS };
  // XEP-0363 §5.1: a quota that will be free again.
  if (condition === 'resource-constraint' && type === 'wait') return { is: 'later', ms: BUSY_MS };
  return ends('refused', condition);
};

/** Gives a file to the server (XEP-0363): a slot, then the bytes. */
export const createServerWay = (parts: {
  readonly transfer: Pick<Transfer, 'put'>;
  readonly service: UploadService;
  readonly reach: FileReach;
}): ((
  link: Link,
  name: string,
  source: FileSource,
  file: PreparedFile,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
) => Promise<ServerWayEnd>) => {
  const { transfer, service, reach } = parts;
  const askSlot = async (
    link: Link,
    name: string,
    file: PreparedFile,
  ): Promise<UploadSlot | ServerWayEnd> => {
    const to = service.jid;
    if (to === null) return ends('not-offered');
    const answer = await link.iq('get', slotRequest({ name, size: file.size, type: file.type }), { to });
    if (!answer.ok) return refusedBy(answer.error);
    const given = parseSlot(answer.iq);
    return (given && checkSlot(given, reach.plain())) ?? ends('unsafe');
  };
  return async (link, name, source, file, signal, onSent) => {
    const slot = await askSlot(link, name, file);
    if (!('put' in slot)) return slot;
    const outcome = await transfer.put(
      { url: slot.put, headers: slot.headers, source, file, reach: reach.own() },
      signal,
      onSent,
    );
    if (outcome.is === 'stopped') return { is: 'stopped' };
    if (outcome.is === 'gone' || outcome.is === 'unsafe') return ends(outcome.is);
    if (outcome.is === 'network') return { is: 'lost' };
    const { status } = outcome;
    if (status === 413) return ends('too-large');
    if (status < 200 || status >= 300) return ends('http', String(status));
    await service.noteHost(new URL(slot.get).hostname);
    return { is: 'there', url: slot.get };
  };
};
