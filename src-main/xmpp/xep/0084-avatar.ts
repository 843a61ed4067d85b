/** User avatar, XEP-0084: what there is in one node, the bytes in another. */
import { pictureTypes } from '../../../src-shared/model/card';
import { attr, children, xml, type Element } from '../element';
import { parseItems, type PubsubItem } from './0060-pubsub';

export const AVATAR_METADATA = 'urn:xmpp:avatar:metadata';
export const AVATAR_DATA = 'urn:xmpp:avatar:data';
const PUBSUB = 'http://jabber.org/protocol/pubsub';

/** SHA-1 in lower case hexadecimal; null for anything else. */
export const avatarHash = (text: string | undefined): string | null => {
  const hash = text?.trim().toLowerCase() ?? '';
  return /^[0-9a-f]{40}$/.test(hash) ? hash : null;
};

export interface AvatarInfo {
  readonly hash: string;
  /** The item that has the bytes, as its owner wrote it. */
  readonly item: string;
}

/**
 * §4.2.1: the picture that is offered, the PNG of several; `none` where there is none any more (§3.2), null where none of
 * them can be taken: bytes elsewhere (`url`) are not fetched.
 */
export const parseMetadata = (item: PubsubItem, maxBytes: number): AvatarInfo | 'none' | null => {
  if (!item.payload?.is('metadata', AVATAR_METADATA)) return null;
  const offered = children(item.payload, 'info', AVATAR_METADATA);
  if (offered.length === 0) return 'none';
  const usable = offered.filter(
    (info) =>
      attr(info, 'url') === undefined &&
      pictureTypes.some((type) => type === attr(info, 'type')) &&
      !(Number(attr(info, 'bytes')) > maxBytes),
  );
  const one = usable.find((info) => attr(info, 'type') === 'image/png') ?? usable[0];
  const id = one && attr(one, 'id');
  const hash = avatarHash(id);
  return hash !== null && id !== undefined ? { hash, item: id } : null;
};

/** §3.1, XEP-0060 §6.5.8: one item. */
export const dataGet = (item: string): Element =>
  xml('pubsub', { xmlns: PUBSUB }, xml('items', { node: AVATAR_DATA }, xml('item', { id: item })));

/** Base64 of an answer to dataGet; null when it has none. */
export const parseData = (iq: Element, item: string): string | null => {
  const found = parseItems(iq, AVATAR_DATA).find(({ id }) => id === item);
  return found?.payload?.is('data', AVATAR_DATA) ? found.payload.getText() : null;
};

/** §3.1: the bytes, base64. */
export const avatarData = (base64: string): Element => xml('data', { xmlns: AVATAR_DATA }, base64);

/** §4.2: one picture, a square; null (§3.2): none any more. */
export const avatarMetadata = (
  info: {
    readonly id: string;
    readonly type: string;
    readonly bytes: number;
    readonly side: number;
  } | null,
): Element => {
  if (!info) return xml('metadata', { xmlns: AVATAR_METADATA });
  const { id, type, bytes, side } = info;
  const attrs = { id, type, bytes: String(bytes), width: String(side), height: String(side) };
  return xml('metadata', { xmlns: AVATAR_METADATA }, xml('info', attrs));
};
