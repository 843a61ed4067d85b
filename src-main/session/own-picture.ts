import { done, failed, type Outcome } from '../../src-shared/ipc/errors';
import type { Picture } from '../../src-shared/model/card';
import { MAX_OWN_BYTES, OWN_SIDES, pictureHeader } from '../../src-shared/model/picture-file';
import type { IqOutcome, Link } from '../xmpp/link';
import { sha1Hex } from '../xmpp/stream/digest';
import { vcardGet, vcardOf } from '../xmpp/xep/0054-vcard';
import { withPhoto } from '../xmpp/xep/0054-vcard-edit';
import { publish } from '../xmpp/xep/0060-pubsub';
import { avatarData, avatarMetadata, AVATAR_DATA, AVATAR_METADATA } from '../xmpp/xep/0084-avatar';
import type { SessionContext } from './context';
import { CONVERSION, refusal } from './profile';
import type { Turn } from './turn';

/**
 * The picture of the account itself, published in both ways: in a node (XEP-0084) and in the card, with its hash in presence
 * (XEP-0153); once where the server makes one of the other (XEP-0398).
 */
export interface OwnPicture {
  set(picture: Picture): Promise<Outcome<null>>;
  remove(): Promise<Outcome<null>>;
}

const isLost = (answer: IqOutcome): boolean =>
  !answer.ok && ['timeout', 'lost'].includes(answer.error.condition);

/** T21: cut to a square and encoded as it is to be; null: it is not. */
export const readPicture = ({ type, data }: Picture): Picture | null => {
  const bytes = Buffer.from(data, 'base64');
  const header = pictureHeader(bytes);
  const side = OWN_SIDES.find((one) => one === header?.width && one === header.height);
  const fits = bytes.length <= MAX_OWN_BYTES && header?.type === type && side !== undefined;
  return fits ? { type, data: bytes.toString('base64') } : null;
};

export const createOwnPicture = (
  context: Pick<SessionContext, 'link' | 'features'>,
  inTurn: Turn,
  /** It is published: shown here, and told in presence. */
  published: (hash: string | null, picture: Picture | null) => Promise<void>,
): OwnPicture => {
  /** XEP-0084 §3.1: the bytes first, then what there is. */
  const toNode = async (link: Link, picture: Picture | null): Promise<IqOutcome> => {
    if (!picture) return link.iq('set', publish(AVATAR_METADATA, 'current', avatarMetadata(null)));
    const bytes = Buffer.from(picture.data, 'base64');
    const id = sha1Hex(bytes);
    const sent = await link.iq('set', publish(AVATAR_DATA, id, avatarData(picture.data)));
    if (!sent.ok) return sent;
    const header = pictureHeader(bytes);
    const info = { id, type: picture.type, bytes: bytes.length, side: header?.width ?? 0 };
    return link.iq('set', publish(AVATAR_METADATA, id, avatarMetadata(info)));
  };
  /** XEP-0153 §3.1. A card that could not be read is not written over. */
  const toCard = async (link: Link, picture: Picture | null): Promise<IqOutcome> => {
    const answer = await link.iq('get', vcardGet());
    if (!answer.ok && answer.error.condition !== 'item-not-found') return answer;
    return link.iq('set', withPhoto(answer.ok ? vcardOf(answer.iq) : null, picture));
  };

  const put = (picture: Picture | null): Promise<Outcome<null>> =>
    inTurn(async () => {
      const link = context.link();
      if (!link) return failed('not-online');
      const node = await toNode(link, picture);
      if (isLost(node)) return refusal(node);
      if (!node.ok || !context.features().has(CONVERSION)) {
        const card = await toCard(link, picture);
        if (!card.ok && (!node.ok || isLost(card))) return refusal(card);
      }
      const hash = picture ? sha1Hex(Buffer.from(picture.data, 'base64')) : null;
      await published(hash, picture);
      return done;
    });

  return {
    set(given) {
      const picture = readPicture(given);
      return picture ? put(picture) : Promise.resolve(failed('bad-picture'));
    },
    remove: () => put(null),
  };
};
