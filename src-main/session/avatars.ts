import { bareJid } from '../../src-shared/model/jid';
import type { AvatarOf, Picture } from '../../src-shared/model/card';
import { StoreError } from '../store/store';
import { attr, type Element } from '../xmpp/element';
import { checkPicture, MAX_PICTURE_BYTES } from '../xmpp/guards/picture';
import type { Link } from '../xmpp/link';
import { sha1Hex } from '../xmpp/stream/digest';
import { vcardGet, vcardOf, vcardPhoto } from '../xmpp/xep/0054-vcard';
import { parseEvent } from '../xmpp/xep/0060-pubsub';
import { AVATAR_METADATA, avatarHash, dataGet, parseData, parseMetadata } from '../xmpp/xep/0084-avatar';
import { parsePhotoHash } from '../xmpp/xep/0153-vcard-avatar';
import type { SessionContext } from './context';

/**
 * Pictures of contacts and of the account itself, kept by their hash (XEP-0084, XEP-0153; one may stand for the other,
 * XEP-0398). T31: of strangers none is looked at, none is fetched.
 *
 *   hash told ──known here──▶ theirs
 *      └─ not known ──▶ waits ──▶ fetched ──good (T21)──▶ kept, theirs
 *                                    └─ not good, or not there: not asked again on this stream
 */
export interface Avatars {
  /** From disk, before the network answers. */
  load(): Promise<void>;
  /** The database was made anew: its pictures are gone (R13). */
  forget(): Promise<void>;
  state(): readonly AvatarOf[];
  /** `own-card`: another client of this account speaks of another picture; the card says which it is (XEP-0153 §4.3). */
  handlePresence(presence: Element): Promise<'own-card' | null>;
  /** An event of the metadata node. */
  handleEvent(message: Element): Promise<void>;
  /** The picture in a card that was fetched anyway: the account's own. */
  foundInCard(bare: string, card: Element): Promise<void>;
  /** Hash of the own picture; null: there is none, undefined: not known yet. */
  own(): string | null | undefined;
  /** What a room says of its picture, as a whole (XEP-0486). */
  roomTold(room: string, photo: { readonly hash: string } | 'none'): Promise<void>;
  /** We gave a room another picture, or (null) took it away. */
  putRoom(room: string, hash: string | null, picture: Picture | null): Promise<void>;
  /** The own picture was published, or (null) removed. */
  putOwn(hash: string | null, picture: Picture | null): Promise<void>;
  wentOffline(): void;
}

/** What is to be fetched: an item, or (null) the picture of the card. */
interface Wanted {
  readonly bare: string;
  readonly hash: string;
  readonly item: string | null;
}

/** Questions under way at once, however many contacts come online together. */
const MAX_QUESTIONS = 3;

export const createAvatars = (
  context: Pick<SessionContext, 'account' | 'bare' | 'store' | 'hub' | 'ports' | 'link'>,
  mayFetch: (bare: string) => boolean,
  ownChanged: () => void = () => undefined,
): Avatars => {
  const { account, store, hub } = context;
  const hashes = new Map<string, string>();
  /** Whose node has told something on this stream: their presence then adds nothing (XEP-0398 makes both the same). */
  const byNode = new Set<string>();
  /** The last that was told of each, so that an answer that comes late is not taken for it. */
  const latest = new Map<string, string>();
  const asked = new Set<string>();
  /** Whether the own card, or node, was heard of. */
  let ownKnown = false;
  let queue: Wanted[] = [];
  let asking = 0;

  const put = async (bare: string, hash: string | null, picture: Picture | null): Promise<void> => {
    await store.putAvatar(bare, hash, picture);
    if (hash === null) hashes.delete(bare);
    else hashes.set(bare, hash);
    hub.emit({ topic: 'faces', type: 'avatar', account, jid: bare, hash });
    if (bare === context.bare) ownChanged();
  };

  const fetchData = async (link: Link, { bare, item }: Wanted): Promise<string | null> => {
    const answer = await link.iq('get', item === null ? vcardGet() : dataGet(item), { to: bare });
    if (!answer.ok) return null;
    if (item !== null) return parseData(answer.iq, item);
    const card = vcardOf(answer.iq);
    return card ? vcardPhoto(card) : null;
  };
  const fetchOne = async (wanted: Wanted): Promise<void> => {
    const link = context.link();
    const data = link ? await fetchData(link, wanted) : null;
    if (data === null || latest.get(wanted.bare) !== wanted.hash || !mayFetch(wanted.bare)) return;
    const picture = checkPicture(data, wanted.hash, sha1Hex);
    if (picture) await put(wanted.bare, wanted.hash, picture);
    else context.ports.log.warn('avatar-refused');
  };
  /** A disk that is full costs a picture, not the stream (R12). */
  const noted = (error: unknown): void => {
    const reason = error instanceof StoreError ? error.reason : 'unknown';
    context.ports.log.warn('avatar', { reason });
  };
  const next = (): void => {
    while (asking < MAX_QUESTIONS) {
      const wanted = queue.shift();
      if (!wanted) return;
      asking += 1;
      fetchOne(wanted)
        .catch(noted)
        .finally(() => {
          asking -= 1;
          next();
        });
    }
  };

  const told = async (bare: string, hash: string | null, item: string | null): Promise<void> => {
    if (hash === null) latest.delete(bare);
    else latest.set(bare, hash);
    if ((hashes.get(bare) ?? null) === hash) return;
    if (hash === null) return put(bare, null, null);
    if ((await store.picture(hash)) !== null) return put(bare, hash, null);
    const key = `${bare} ${hash} ${item === null ? 'card' : 'node'}`;
    if (asked.has(key)) return;
    asked.add(key);
    queue.push({ bare, hash, item });
    next();
  };

  const load = async (): Promise<void> => {
    for (const { jid, hash } of await store.avatars()) hashes.set(jid, hash);
  };
  return {
    load,
    async forget() {
      asked.clear();
      for (const bare of [...hashes.keys()]) await put(bare, null, null);
    },
    state: () => [...hashes].map(([jid, hash]) => ({ jid, hash })),
    async handlePresence(presence) {
      const type = attr(presence, 'type');
      const bare = bareJid(attr(presence, 'from') ?? '');
      if (type !== undefined || bare === null || !mayFetch(bare) || byNode.has(bare)) return null;
      const photo = parsePhotoHash(presence);
      if (photo === null) return null;
      if (bare === context.bare)
        return (photo === 'none' ? undefined : photo.hash) === hashes.get(bare) ? null : 'own-card';
      await told(bare, photo === 'none' ? null : photo.hash, null).catch(noted);
      return null;
    },
    async handleEvent(message) {
      const event = parseEvent(message);
      const bare = bareJid(attr(message, 'from') ?? context.bare);
      if (event?.node !== AVATAR_METADATA || bare === null || !mayFetch(bare)) return;
      const [item] = event.items;
      const info = item ? parseMetadata(item, MAX_PICTURE_BYTES) : null;
      if (info === null) return;
      byNode.add(bare);
      if (bare === context.bare) ownKnown = true;
      await told(bare, info === 'none' ? null : info.hash, info === 'none' ? null : info.item).catch(noted);
    },
    roomTold: (room, photo) => told(room, photo === 'none' ? null : photo.hash, null).catch(noted),
    async putRoom(room, hash, picture) {
      if (hash === null) latest.delete(room);
      else latest.set(room, hash);
      await put(room, hash, picture);
    },
    own: () => hashes.get(context.bare) ?? (ownKnown ? null : undefined),
    async putOwn(hash, picture) {
      ownKnown = true;
      if (hash === null) latest.delete(context.bare);
      else latest.set(context.bare, hash);
      await put(context.bare, hash, picture);
    },
    async foundInCard(bare, card) {
      if (bare === context.bare) ownKnown = true;
      if (byNode.has(bare)) return;
      const photo = vcardPhoto(card);
      const bytes = Buffer.from(photo ?? '', 'base64');
      const hash = bytes.length === 0 ? null : avatarHash(sha1Hex(bytes));
      if (hash === (hashes.get(bare) ?? null)) return;
      const picture = photo !== null && hash !== null ? checkPicture(photo, hash, sha1Hex) : null;
      if (hash === null || picture !== null) await put(bare, hash, picture);
    },
    wentOffline() {
      queue = [];
      asked.clear();
      byNode.clear();
    },
  };
};
