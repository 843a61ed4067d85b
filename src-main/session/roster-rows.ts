import type { RosterRow } from '../store/store';
import type { RosterItem } from '../xmpp/xep/6121-roster';

/** Nothing that is shown or kept of the two differs. */
export const isSame = (one: RosterRow | undefined, other: RosterRow): boolean =>
  one?.name === other.name &&
  one.subscription === other.subscription &&
  one.asked === other.asked &&
  one.approved === other.approved &&
  one.shared === other.shared &&
  one.groups.length === other.groups.length &&
  one.groups.every((group, index) => group === other.groups[index]);

/** They may see our presence. */
export const shares = (row: RosterRow | undefined): boolean =>
  row?.subscription === 'from' || row?.subscription === 'both';

/** We may see theirs. */
export const sees = (row: RosterRow | undefined): boolean =>
  row?.subscription === 'to' || row?.subscription === 'both';

/** An item of the server's list as it is kept, under its bare JID. */
export const toRow = (
  item: RosterItem & { readonly subscription: RosterRow['subscription'] },
  bare: string,
  sharedGroups: readonly string[],
): RosterRow => ({
  jid: bare,
  name: item.name,
  groups: item.groups,
  subscription: item.subscription,
  asked: item.asked,
  ...(item.approved ? { approved: true } : {}),
  shared: item.groups.some((group) => sharedGroups.includes(group)),
});
