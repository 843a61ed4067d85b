/**
 * Privacy lists, XEP-0016: invisibility as XEP-0126 §3.1 uses them, and blocking where a server has no XEP-0191. One list
 * at a time holds for a session: the active one, else the default one. So the invisible list repeats who is blocked.
 */
import { attr, child, children, xml, type Element } from '../element';

const PRIVACY = 'jabber:iq:privacy';
export const INVISIBLE = 'flint-invisible';
/** Our default list, where the account had none. */
export const BLOCK_LIST = 'flint-blocked';

/** A rule; `stanzas` is empty where it holds for all kinds. Their order is that of the list. */
export interface PrivacyRule {
  readonly type: string | null;
  readonly value: string | null;
  readonly action: 'allow' | 'deny';
  readonly stanzas: readonly string[];
}

/** Answered with a result only by a server that has privacy lists. */
export const privacyGet = (): Element => xml('query', { xmlns: PRIVACY });

/** Names of an answer to privacyGet; the default list is the one that holds for sessions without an active one (§2.4). */
export const parseListNames = (
  iq: Element,
): { readonly default: string | null; readonly all: readonly string[] } => {
  const query = child(iq, 'query', PRIVACY);
  const chosen = query && child(query, 'default', PRIVACY);
  return {
    default: (chosen && attr(chosen, 'name')) || null,
    all: query ? children(query, 'list', PRIVACY).flatMap((list) => attr(list, 'name') ?? []) : [],
  };
};

/** §2.6: a list was changed, here or by another session; its name, or null when the request is no such push. */
export const parseListPush = (iq: Element): string | null => {
  const query = child(iq, 'query', PRIVACY);
  const list = query && child(query, 'list', PRIVACY);
  return (list && attr(list, 'name')) ?? null;
};

export const listGet = (name: string): Element => xml('query', { xmlns: PRIVACY }, xml('list', { name }));

export const parseList = (iq: Element): readonly PrivacyRule[] => {
  const query = child(iq, 'query', PRIVACY);
  const list = query && child(query, 'list', PRIVACY);
  const items = [...(list ? children(list, 'item', PRIVACY) : [])];
  const orderOf = (item: Element): number => Number(attr(item, 'order') ?? 0);
  return items
    .sort((a, b) => orderOf(a) - orderOf(b))
    .map((item) => ({
      type: attr(item, 'type') ?? null,
      value: attr(item, 'value') ?? null,
      action: attr(item, 'action') === 'allow' ? 'allow' : 'deny',
      stanzas: item.getChildElements().map((one) => one.getName()),
    }));
};

export const denyAll = (jid: string): PrivacyRule => ({
  type: 'jid',
  value: jid,
  action: 'deny',
  stanzas: [],
});

/** Lets through what no rule before it has refused. */
export const allowRest: PrivacyRule = { type: null, value: null, action: 'allow', stanzas: [] };

/** Who is blocked by a list: addresses whose messages it refuses. */
export const blockedBy = (items: readonly PrivacyRule[]): readonly string[] =>
  items.flatMap(({ type, value, action, stanzas }) =>
    type === 'jid' && value !== null && action === 'deny' && (!stanzas.length || stanzas.includes('message'))
      ? [value]
      : [],
  );

/** Defines a list; the rules hold in this order. */
export const listSet = (name: string, items: readonly PrivacyRule[]): Element =>
  xml(
    'query',
    { xmlns: PRIVACY },
    xml(
      'list',
      { name },
      ...items.map(({ type, value, action, stanzas }, index) =>
        xml(
          'item',
          { type, value, action, order: String(index + 1) },
          ...stanzas.map((stanza) => xml(stanza, {})),
        ),
      ),
    ),
  );

/** Makes a list the default one. */
export const defaultSet = (name: string): Element =>
  xml('query', { xmlns: PRIVACY }, xml('default', { name }));

/** Defines the list that holds back all presence of ours; `others` are the rules that hold beside it. */
export const invisibleList = (others: readonly PrivacyRule[]): Element =>
  listSet(INVISIBLE, [
    // Whole bans come first: what is refused altogether needs no second rule.
    ...others.filter(({ action, stanzas }) => action === 'deny' && stanzas.length === 0),
    { type: null, value: null, action: 'deny', stanzas: ['presence-out'] },
    ...others.filter(({ action, stanzas }) => action !== 'deny' || stanzas.length > 0),
  ]);

/** Makes a list active for this session, or (null) declines any. */
export const activeSet = (name: string | null): Element =>
  xml('query', { xmlns: PRIVACY }, xml('active', { name }));
