/** OMEMO media sharing, XEP-0454: a file that lies encrypted at its server, and a link with its key. */
import { isLoopbackHost } from '../../../src-shared/model/file';

/** What a link of the scheme aesgcm says. */
export interface SealedLink {
  /** Where it lies, without the key: the key never leaves this computer (T19). */
  readonly url: string;
  readonly iv: Uint8Array;
  readonly key: Uint8Array;
}

const KEY_BYTES = 32;
/** §3: twelve; older clients took sixteen. */
const IV_BYTES: readonly number[] = [12, 16];
const MAX_LINK = 8_192;

/**
 * A link of the scheme aesgcm, or null: it is another, or has no such key.
 *
 * @param plainAllowed whether one to this very computer means http there (see `isPlainAllowed`)
 */
export const parseSealedLink = (text: string, plainAllowed: boolean): SealedLink | null => {
  const [, place = '', secret = ''] =
    text.length <= MAX_LINK ? (/^aesgcm:\/\/([^\s#]+)#([0-9a-f]+)$/i.exec(text) ?? []) : [];
  const bytes = Buffer.from(secret, 'hex');
  const ivBytes = bytes.length - KEY_BYTES;
  if (secret.length % 2 === 1 || !IV_BYTES.includes(ivBytes) || !URL.canParse(`https://${place}`))
    return null;
  const plain = plainAllowed && isLoopbackHost(new URL(`https://${place}`).hostname);
  return {
    url: `${plain ? 'http' : 'https'}://${place}`,
    iv: bytes.subarray(0, ivBytes),
    key: bytes.subarray(ivBytes),
  };
};

/** The link that a message is, where it is one: a thumbnail may follow it (§3). */
export const sealedLinkIn = (body: string): string | null => {
  const [link = '', ...more] = body.trim().split('\n');
  const alone = more.every((line) => line.startsWith('data:'));
  return alone && parseSealedLink(link, false) ? link : null;
};
