/** vCard-based avatars, XEP-0153: the picture is in the card, its hash in every presence. */
import { child, childText, xml, type Element } from '../element';
import { avatarHash } from './0084-avatar';

const UPDATE = 'vcard-temp:x:update';

/** §3.1: the picture of who sent this presence; `none` where they have none, null where it does not say. */
export const parsePhotoHash = (presence: Element): { readonly hash: string } | 'none' | null => {
  const update = child(presence, 'x', UPDATE);
  const photo = update ? childText(update, 'photo', UPDATE) : null;
  if (photo === null) return null;
  if (photo.trim() === '') return 'none';
  const hash = avatarHash(photo);
  return hash === null ? null : { hash };
};

/** §4.1: the picture of this account by its hash; null: it has none. */
export const photoUpdate = (hash: string | null): Element =>
  xml('x', { xmlns: UPDATE }, xml('photo', {}, hash ?? undefined));
