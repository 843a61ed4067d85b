/** vcard-temp, XEP-0054. */
import type { Card, CardEntry } from '../../../src-shared/model/card';
import { child, children, childText, xml, type Element } from '../element';

export const VCARD = 'vcard-temp';
/** More than any card needs: what is longer is cut off, not shown at length. */
const MAX_TEXT = 300;
const MAX_NOTE = 2_000;
const MAX_ENTRIES = 10;

export const vcardGet = (): Element => xml('vCard', { xmlns: VCARD });

/** The card of an answer; null when there is none in it. */
export const vcardOf = (iq: Element): Element | null => child(iq, 'vCard', VCARD) ?? null;

/** A text of a card as it may be shown; null for none. */
export const cardText = (text: string | null, max = MAX_TEXT): string | null =>
  text?.trim().slice(0, max) || null;

/** Those with a value, no more than a card needs. */
export const cardEntries = (
  found: readonly { readonly kind: CardEntry['kind']; readonly value: string | null }[],
): readonly CardEntry[] =>
  found.flatMap(({ kind, value }) => (value === null ? [] : [{ kind, value }])).slice(0, MAX_ENTRIES);

const text = (element: Element, name: string, max?: number): string | null =>
  cardText(childText(element, name, VCARD), max);
const joined = (element: Element, names: readonly string[], by: string): string | null =>
  cardText(
    names
      .flatMap((name) => text(element, name) ?? [])
      .filter((part) => part !== '')
      .join(by),
  );
const has = (element: Element, name: string): boolean => child(element, name, VCARD) !== undefined;
export const kindOf = (element: Element): CardEntry['kind'] => {
  if (has(element, 'CELL')) return 'mobile';
  if (has(element, 'FAX')) return 'fax';
  if (has(element, 'WORK')) return 'work';
  return has(element, 'HOME') ? 'home' : null;
};
const entries = (
  card: Element,
  name: string,
  value: (element: Element) => string | null,
): readonly CardEntry[] =>
  cardEntries(children(card, name, VCARD).map((one) => ({ kind: kindOf(one), value: value(one) })));

/** Some clients write the mail or the number as the element's own text. */
export const ownText = (element: Element, name: string): string | null =>
  text(element, name) ?? (element.getChildElements().length === 0 ? cardText(element.getText()) : null);

export const parseVcard = (card: Element): Card => {
  const name = child(card, 'N', VCARD);
  const organisation = child(card, 'ORG', VCARD);
  return {
    fullName: text(card, 'FN') ?? (name ? joined(name, ['GIVEN', 'MIDDLE', 'FAMILY'], ' ') : null),
    nickname: text(card, 'NICKNAME'),
    organisation: organisation ? joined(organisation, ['ORGNAME', 'ORGUNIT'], ', ') : null,
    title: text(card, 'TITLE'),
    role: text(card, 'ROLE'),
    phones: entries(card, 'TEL', (one) => ownText(one, 'NUMBER')),
    mails: entries(card, 'EMAIL', (one) => ownText(one, 'USERID')),
    addresses: entries(card, 'ADR', (one) =>
      joined(one, ['STREET', 'EXTADD', 'PCODE', 'LOCALITY', 'REGION', 'CTRY'], ', '),
    ),
    url: text(card, 'URL'),
    birthday: text(card, 'BDAY'),
    note: text(card, 'DESC', MAX_NOTE) ?? text(card, 'NOTE', MAX_NOTE),
  };
};

/** The picture of a card in base64; null when it has none. */
export const vcardPhoto = (card: Element): string | null => {
  const photo = child(card, 'PHOTO', VCARD);
  return photo ? childText(photo, 'BINVAL', VCARD) : null;
};
