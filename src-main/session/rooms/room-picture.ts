import { done, failed, type Outcome } from '../../../src-shared/ipc/errors';
import type { Picture } from '../../../src-shared/model/card';
import { sha1Hex } from '../../xmpp/stream/digest';
import { vcardGet, vcardOf } from '../../xmpp/xep/0054-vcard';
import { withPhoto } from '../../xmpp/xep/0054-vcard-edit';
import type { Avatars } from '../avatars';
import type { SessionContext } from '../context';
import { readPicture } from '../own-picture';
import { refusal } from '../profile';
import type { OneRoom } from './one-room';

/**
 * Gives a room another picture, or (null) none: in its card, which is read first so that what else is in it stays (XEP-0486 §2).
 * Whether we may, the service says; a room without a card has no picture.
 */
export const setRoomPicture = async (
  context: Pick<SessionContext, 'link'>,
  room: OneRoom | undefined,
  given: Picture | null,
  shown: Avatars['putRoom'],
): Promise<Outcome<null>> => {
  const link = context.link();
  if (!link) return failed('not-online');
  if (!room?.inside) return failed('no-room');
  if (!room.info.card) return failed('not-offered');
  const picture = given && readPicture(given);
  if (given && !picture) return failed('bad-picture');
  const answer = await link.iq('get', vcardGet(), { to: room.jid });
  if (!answer.ok && answer.error.condition !== 'item-not-found') return refusal(answer);
  const card = withPhoto(answer.ok ? vcardOf(answer.iq) : null, picture);
  const set = await link.iq('set', card, { to: room.jid });
  if (!set.ok) return refusal(set);
  await shown(room.jid, picture && sha1Hex(Buffer.from(picture.data, 'base64')), picture);
  return done;
};
