/** Hats of occupants, XEP-0317: what somebody is in a room beside role and affiliation. */
import { attr, child, children, type Element } from '../element';

/** Today's, and what it was before it was an XEP. ejabberd 23 speaks the older one, and does not say that it does. */
const HATS = ['urn:xmpp:hats:0', 'xmpp:prosody.im/protocol/hats:1'] as const;
export type HatsForm = (typeof HATS)[number];

/** In which form a room says that it gives hats (§2); null: it gives none, and what a presence has of them is its author's. */
export const hatsForm = (features: readonly string[]): HatsForm | null =>
  HATS.find((form) => features.includes(form)) ?? null;

const MOST = 5;
const MAX_TITLE = 60;

/** §3.1: their titles, as they are written; by form, since an occupant may write any but the room's own. */
export const parseHats = (presence: Element): Partial<Readonly<Record<HatsForm, readonly string[]>>> => {
  const found: Partial<Record<HatsForm, readonly string[]>> = {};
  for (const form of HATS) {
    const hats = child(presence, 'hats', form);
    if (!hats) continue;
    const titles = children(hats, 'hat', form).map((hat) => (attr(hat, 'title') ?? '').trim());
    found[form] = [...new Set(titles)]
      .filter((title) => title !== '')
      .slice(0, MOST)
      .map((title) => (title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE - 1)}…` : title));
  }
  return found;
};
