import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message } from '../../src-shared/model/conversation';
import type { Upload } from '../../src-shared/model/file';
import type { Peer } from '../peers/peer';
import type { TestCore } from '../support/core';
import type { Pair } from './support';

/** A file on the disk of whoever runs Flint. */
export const fileOnDisk = async (
  core: TestCore,
  name: string,
  bytes: Uint8Array | string,
): Promise<string> => {
  const folder = join(core.dir, 'mine');
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
};

export const uploadsOf = async ({
  juliet,
  account,
}: Pick<Pair, 'juliet' | 'account'>): Promise<readonly Upload[]> =>
  (await juliet.ask('file.uploads', { account })).value;

/** The text of an attribute or element that a pattern finds in XML. */
const found = (xml: string, pattern: RegExp): string =>
  (pattern.exec(xml)?.[1] ?? '').replaceAll('&amp;', '&').replaceAll('&quot;', '"');

/** Another client puts a file to its server (XEP-0363) and answers where it is. */
export const peerUploads = async (
  peer: Peer,
  service: string,
  file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array },
): Promise<string> => {
  const id = `slot-${file.name}`;
  await peer.sendRaw(
    `<iq type='get' id='${id}' to='${service}'><request xmlns='urn:xmpp:http:upload:0' filename='${file.name}' size='${String(file.bytes.length)}' content-type='${file.type}'/></iq>`,
  );
  const answer = await peer.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes(id));
  const put = found(answer, /<put[^>]*\burl=["']([^"']+)/);
  const headers = [...answer.matchAll(/<header[^>]*name=["']([^"']+)["'][^>]*>([^<]*)</g)].map(
    ([, name, value]) => [name ?? '', value ?? ''] as [string, string],
  );
  const done = await fetch(put, {
    method: 'PUT',
    headers: { ...Object.fromEntries(headers), 'content-type': file.type },
    body: Buffer.from(file.bytes),
  });
  if (!done.ok) throw new Error(`PUT ${String(done.status)} of ${put}`);
  return found(answer, /<get[^>]*\burl=["']([^"']+)/);
};

export const peerShares = (peer: Peer, to: string, url: string, type = 'chat'): Promise<void> => {
  const text = url.replaceAll('&', '&amp;');
  return peer.sendRaw(
    `<message type='${type}' to='${to}' id='f${String(url.length)}'><body>${text}</body><x xmlns='jabber:x:oob'><url>${text}</url></x></message>`,
  );
};

/** The message that shares a file, once it is there. */
export const sharedIn = (
  { juliet, account }: Pick<Pair, 'juliet' | 'account'>,
  peer: string,
  fits: (message: Message) => boolean = () => true,
): Promise<Message> =>
  juliet.until(async () => {
    const { value } = await juliet.ask('file.list', { account, peer, before: null, limit: 50 });
    return value.find(fits);
  }, 'a message with a file');
