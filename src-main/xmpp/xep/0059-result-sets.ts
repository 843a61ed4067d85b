/** Result set management, XEP-0059. */
import { child, childText, xml, type Element } from '../element';

const RSM = 'http://jabber.org/protocol/rsm';

/** Which page of a result: the one after an item, the one before an item, or (`last`) the last one of all. */
export type PageOf =
  | { readonly side: 'after'; readonly id: string }
  | { readonly side: 'before'; readonly id: string }
  | { readonly side: 'first' | 'last' };

export const resultSet = (page: PageOf, max: number): Element =>
  xml(
    'set',
    { xmlns: RSM },
    xml('max', {}, String(max)),
    page.side === 'after' ? xml('after', {}, page.id) : null,
    page.side === 'before' ? xml('before', {}, page.id) : null,
    page.side === 'last' ? xml('before', {}) : null,
  );

export interface ResultSet {
  readonly first: string | null;
  readonly last: string | null;
}

export const parseResultSet = (parent: Element): ResultSet => {
  const set = child(parent, 'set', RSM);
  const text = (name: string): string | null => (set && childText(set, name, RSM)) || null;
  return { first: text('first'), last: text('last') };
};
