import type { SharedFile } from '../../../src-shared/model/file';
import type { Element } from '../../xmpp/element';
import { parseOob } from '../../xmpp/xep/0066-oob';
import { parseFileSharing } from '../../xmpp/xep/0447-file-sharing';
import { sealedLinkIn } from '../../xmpp/xep/0454-media-sharing';

const MAX_URL = 8_192;
const isAddress = (url: string): boolean =>
  url.length <= MAX_URL && /^https?:\/\/[^\s/]/i.test(url) && URL.canParse(url);

/** The address of the file that a message without a text is: of XEP-0447, else of XEP-0066. */
export const fileAddress = (stanza: Element): string | null =>
  [parseFileSharing(stanza)?.url, parseOob(stanza)?.trim()].find((url) => url && isAddress(url)) ?? null;

/**
 * The file that a message is about: one of XEP-0447, else one whose address is the whole body (XEP-0066; what is said beside
 * an address is a text with a link), or a link with a key (XEP-0454). Whether it may be fetched is decided when it is.
 */
export const fileIn = (stanza: Element, body: string): { readonly file?: SharedFile } => {
  const shared = parseFileSharing(stanza);
  if (shared && isAddress(shared.url)) return { file: shared };
  const nothingSaid = { name: null, type: null, size: null, width: null, height: null, sha256: null };
  const sealed = sealedLinkIn(body);
  if (sealed !== null) return { file: { url: sealed, ...nothingSaid } };
  const url = parseOob(stanza)?.trim() ?? '';
  if (url !== body.trim() || !isAddress(url)) return {};
  return { file: { url, ...nothingSaid } };
};
