import type { Peer } from '../peers/peer';

/** A place for a file on the server (XEP-0363), as any client is given one. */
export interface Slot {
  readonly put: string;
  readonly get: string;
  readonly headers: Readonly<Record<string, string>>;
}

const found = (xml: string, pattern: RegExp): string =>
  (pattern.exec(xml)?.[1] ?? '').replaceAll('&amp;', '&').replaceAll('&quot;', '"');

export async function askSlot(peer: Peer, service: string, name: string, size: number): Promise<Slot> {
  const id = `slot-${name}`;
  await peer.sendRaw(
    `<iq xmlns='jabber:client' type='get' id='${id}' to='${service}'><request xmlns='urn:xmpp:http:upload:0' filename='${name}' size='${String(size)}' content-type='application/octet-stream'/></iq>`,
  );
  const answer = await peer.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes(id));
  const headers = [...answer.matchAll(/<header[^>]*name=["']([^"']+)["'][^>]*>([^<]*)</g)];
  return {
    put: found(answer, /<put[^>]*\burl=["']([^"']+)/),
    get: found(answer, /<get[^>]*\burl=["']([^"']+)/),
    headers: Object.fromEntries(headers.map(([, header, value]) => [header ?? '', value ?? ''])),
  };
}

export async function putFile({ put, headers }: Slot, bytes: Uint8Array): Promise<void> {
  const done = await fetch(put, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: Buffer.from(bytes),
  });
  if (!done.ok) throw new Error(`PUT ${String(done.status)} of ${put}`);
}
