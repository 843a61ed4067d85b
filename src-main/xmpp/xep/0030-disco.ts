/** Service discovery, XEP-0030. */
import { parseJid } from '../../../src-shared/model/jid';
import { attr, child, children, xml, type Element } from '../element';
import { parseResultSet } from './0059-result-sets';

export const DISCO_INFO = 'http://jabber.org/protocol/disco#info';
const DISCO_ITEMS = 'http://jabber.org/protocol/disco#items';

export interface Identity {
  readonly category: string;
  readonly type: string;
  readonly lang: string;
  readonly name: string;
}
export interface DiscoInfo {
  readonly identities: readonly Identity[];
  readonly features: readonly string[];
  /** XEP-0128 forms: field names with their values, FORM_TYPE among them. */
  readonly forms: readonly ReadonlyMap<string, readonly string[]>[];
}

export const infoGet = (node?: string): Element => xml('query', { xmlns: DISCO_INFO, node });

/** The node that a disco#info request asks for ('' for none); null when it is no such request. */
export const requestedNode = (request: Element): string | null => {
  const query = child(request, 'query', DISCO_INFO);
  return query ? (attr(query, 'node') ?? '') : null;
};

const FORM = 'jabber:x:data';
const parseForm = (form: Element): ReadonlyMap<string, readonly string[]> =>
  new Map(
    children(form, 'field', FORM).flatMap((field) => {
      const name = attr(field, 'var');
      return name === undefined
        ? []
        : [[name, children(field, 'value', FORM).map((value) => value.getText())] as const];
    }),
  );

/** What an answer says; null when it is none. */
export const parseInfo = (iq: Element): DiscoInfo | null => {
  const query = child(iq, 'query', DISCO_INFO);
  if (!query) return null;
  return {
    identities: children(query, 'identity', DISCO_INFO).map((identity) => ({
      category: attr(identity, 'category') ?? '',
      type: attr(identity, 'type') ?? '',
      lang: attr(identity, 'xml:lang') ?? '',
      name: attr(identity, 'name') ?? '',
    })),
    features: children(query, 'feature', DISCO_INFO).map((feature) => attr(feature, 'var') ?? ''),
    forms: children(query, 'x', FORM).map(parseForm),
  };
};

/** §4.1; with a page (XEP-0059) only that much of a long list. */
export const itemsGet = (page?: Element): Element => xml('query', { xmlns: DISCO_ITEMS }, page);

export interface DiscoItem {
  readonly jid: string;
  readonly node: string | null;
  readonly name: string | null;
}

/** More is not looked at (T15). */
const MOST_ITEMS = 5_000;

/** §4.1: what an entity has; addresses that are none are left out. */
export const parseItems = (iq: Element): readonly DiscoItem[] => {
  const query = child(iq, 'query', DISCO_ITEMS);
  const items = query ? children(query, 'item', DISCO_ITEMS) : [];
  return items.slice(0, MOST_ITEMS).flatMap((item) => {
    const address = parseJid(attr(item, 'jid') ?? '');
    if (!address) return [];
    return [{ jid: address.bare, node: attr(item, 'node') ?? null, name: attr(item, 'name') || null }];
  });
};

/** Where the next page of an answer begins; null: it is whole. */
export const itemsEnd = (iq: Element): string | null => {
  const query = child(iq, 'query', DISCO_ITEMS);
  return query ? parseResultSet(query).last : null;
};

/** The query of an answer. */
export const infoQuery = (info: DiscoInfo, node?: string): Element =>
  xml(
    'query',
    { xmlns: DISCO_INFO, node },
    ...info.identities.map(({ category, type, name }) => xml('identity', { category, type, name })),
    ...info.features.map((feature) => xml('feature', { var: feature })),
  );
