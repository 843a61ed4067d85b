import { isBareAddress, type SharedFile } from '../../../src-shared/model/file';
import type { Element } from '../../xmpp/element';
import { parseOob } from '../../xmpp/xep/0066-oob';
import { isAllFallback, withoutFallback } from '../../xmpp/xep/0428-fallback';
import { fileDescription, parseFileSharing, SHARING } from '../../xmpp/xep/0447-file-sharing';
import { sealedLinkIn } from '../../xmpp/xep/0454-media-sharing';

const MAX_URL = 8_192;
const isAddress = (url: string): boolean =>
  url.length <= MAX_URL && /^https?:\/\/[^\s/]/i.test(url) && URL.canParse(url);

/** The address of the file that a message without a text is: of XEP-0447, else of XEP-0066. */
export const fileAddress = (stanza: Element): string | null =>
  [parseFileSharing(stanza)?.url, parseOob(stanza)?.trim()].find((url) => url && isAddress(url)) ?? null;

/** What is said beside a shared file: what is there for clients that do not know such files is its address. */
const beside = (stanza: Element, body: string, url: string): string => {
  const said = isAllFallback(stanza, body, SHARING) ? url : withoutFallback(stanza, body, SHARING).body;
  return isBareAddress(said) ? (fileDescription(stanza) ?? url) : said;
};

/**
 * The file that a message is about: one of XEP-0447, else one whose address is the whole body (XEP-0066; what is said beside
 * an address is a text with a link), or a link with a key (XEP-0454). Whether it may be fetched is decided when it is.
 */
export const fileIn = (
  stanza: Element,
  body: string,
): { readonly file?: SharedFile; readonly body?: string } => {
  const shared = parseFileSharing(stanza);
  if (shared && isAddress(shared.url)) return { file: shared, body: beside(stanza, body, shared.url) };
  const nothingSaid = { name: null, type: null, size: null, width: null, height: null, sha256: null };
  const sealed = sealedLinkIn(body);
  if (sealed !== null) return { file: { url: sealed, ...nothingSaid } };
  const url = parseOob(stanza)?.trim() ?? '';
  if (url !== body.trim() || !isAddress(url)) return {};
  return { file: { url, ...nothingSaid } };
};
