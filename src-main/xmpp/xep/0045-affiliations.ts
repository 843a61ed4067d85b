/** The lists of those who have a lasting place in a room, XEP-0045 §9.5 to §10.8. */
import { parseJid } from '../../../src-shared/model/jid';
import type { Affiliation } from '../../../src-shared/model/room';
import type { AffiliationEntry } from '../../../src-shared/model/room-powers';
import { attr, child, children, childText, xml, type Element } from '../element';

const MUC_ADMIN = 'http://jabber.org/protocol/muc#admin';
/** More than fits into a list that somebody reads; the rest is not looked at (T15). */
const MOST = 5_000;
const MAX_REASON = 500;

export const affiliationsGet = (affiliation: Affiliation): Element =>
  xml('query', { xmlns: MUC_ADMIN }, xml('item', { affiliation }));

/** Only those of the list that was asked for. */
export const parseAffiliations = (iq: Element, affiliation: Affiliation): readonly AffiliationEntry[] => {
  const query = child(iq, 'query', MUC_ADMIN);
  const found = new Map<string, AffiliationEntry>();
  for (const item of query ? children(query, 'item', MUC_ADMIN).slice(0, MOST) : []) {
    const jid = parseJid(attr(item, 'jid') ?? '')?.bare;
    if (jid === undefined || attr(item, 'affiliation') !== affiliation) continue;
    const reason = childText(item, 'reason', MUC_ADMIN)?.trim().slice(0, MAX_REASON) || null;
    found.set(jid, { jid, reason });
  }
  return [...found.values()];
};
