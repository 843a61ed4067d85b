/** The roster, RFC 6121 §2, with versions (§2.6, once XEP-0237). */
import type { Subscription } from '../../../src-shared/model/contact';
import { attr, child, children, xml, type Element } from '../element';

const ROSTER = 'jabber:iq:roster';
const ROSTER_VERSIONS = 'urn:xmpp:features:rosterver';
const PRE_APPROVAL = 'urn:xmpp:features:pre-approval';

export interface RosterItem {
  /** Bare JID as the server wrote it. */
  readonly jid: string;
  readonly name: string | null;
  readonly groups: readonly string[];
  /** `remove` only in a push. */
  readonly subscription: Subscription | 'remove';
  readonly asked: boolean;
  /** Who asks to see us need not be answered: they were told yes before (RFC 6121 §3.4). */
  readonly approved: boolean;
}

export const offersRosterVersions = (features: Element): boolean =>
  child(features, 'ver', ROSTER_VERSIONS) !== undefined;

/** RFC 6121 §3.4.1. */
export const offersPreApproval = (features: Element): boolean =>
  child(features, 'sub', PRE_APPROVAL) !== undefined;

/** Asks for the roster; `version` ('' for none) only where the server offers versions. */
export const rosterGet = (version: string | null): Element => xml('query', { xmlns: ROSTER, ver: version });

export const rosterSet = (jid: string, name: string | null, groups: readonly string[]): Element =>
  xml(
    'query',
    { xmlns: ROSTER },
    xml('item', { jid, name }, ...groups.map((group) => xml('group', {}, group))),
  );

export const rosterRemove = (jid: string): Element =>
  xml('query', { xmlns: ROSTER }, xml('item', { jid, subscription: 'remove' }));

const subscriptions: readonly string[] = ['none', 'to', 'from', 'both', 'remove'];

/** An item of a roster; null when it has no address. */
export const parseItem = (item: Element): RosterItem | null => {
  const jid = attr(item, 'jid');
  if (!jid) return null;
  const subscription = attr(item, 'subscription') ?? 'none';
  return {
    jid,
    name: attr(item, 'name') || null,
    groups: [...new Set(children(item, 'group', ROSTER).map((g) => g.getText()))].filter((g) => g !== ''),
    subscription: subscriptions.includes(subscription)
      ? (subscription as RosterItem['subscription'])
      : 'none',
    asked: attr(item, 'ask') === 'subscribe',
    // An xs:boolean.
    approved: ['true', '1'].includes(attr(item, 'approved') ?? ''),
  };
};

/** Version and unread items of a roster result or push; null when there is no query in it ("what you have still holds"). */
export const rosterOf = (
  iq: Element,
): { readonly version: string | null; readonly items: readonly Element[] } | null => {
  const query = child(iq, 'query', ROSTER);
  return query ? { version: attr(query, 'ver') ?? null, items: children(query, 'item', ROSTER) } : null;
};

/** The same with the items read. */
export const parseRoster = (
  iq: Element,
): { readonly version: string | null; readonly items: readonly RosterItem[] } | null => {
  const roster = rosterOf(iq);
  return roster && { ...roster, items: roster.items.map(parseItem).filter((item) => item !== null) };
};
