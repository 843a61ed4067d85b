/** vCard4 over XMPP, XEP-0292: the card as an item of a node of one's own (§4), in the XML of RFC 6351. */
import type { Card, CardEntry } from '../../../src-shared/model/card';
import { child, children, childText, type Element } from '../element';
import { itemsGet, parseItems } from './0060-pubsub';
import { cardEntries, cardText } from './0054-vcard';

export const VCARD4_NODE = 'urn:xmpp:vcard4';
export const VCARD4 = 'urn:ietf:params:xml:ns:vcard-4.0';
const MAX_NOTE = 2_000;

export const vcard4Get = (): Element => itemsGet(VCARD4_NODE);

const value = (property: Element | undefined, type = 'text', max?: number): string | null =>
  property ? cardText(childText(property, type, VCARD4), max) : null;

/** RFC 6350 §5.6 and §6.4.1: of several types the one that says most. */
export const kindOf = (property: Element): CardEntry['kind'] => {
  const parameters = child(property, 'parameters', VCARD4);
  const type = parameters && child(parameters, 'type', VCARD4);
  const types = type ? children(type, 'text', VCARD4).map((one) => one.getText().toLowerCase()) : [];
  if (types.includes('cell')) return 'mobile';
  return (['fax', 'work', 'home'] as const).find((kind) => types.includes(kind)) ?? null;
};

const entries = (
  card: Element,
  name: string,
  read: (property: Element) => string | null,
): readonly CardEntry[] =>
  cardEntries(children(card, name, VCARD4).map((one) => ({ kind: kindOf(one), value: read(one) })));

const address = (property: Element): string | null =>
  cardText(
    ['street', 'ext', 'code', 'locality', 'region', 'country']
      .flatMap((part) => cardText(childText(property, part, VCARD4)) ?? [])
      .join(', '),
  );

/** The item of an answer that is the card, and its name; null when there is none in it. */
export const vcard4Of = (iq: Element): { readonly id: string; readonly card: Element } | null => {
  const item = parseItems(iq, VCARD4_NODE)[0];
  return item?.payload?.is('vcard', VCARD4) ? { id: item.id, card: item.payload } : null;
};

/** The card of an answer; null when there is none in it. */
export const parseVcard4 = (iq: Element): Card | null => {
  const card = vcard4Of(iq)?.card;
  if (!card) return null;
  const property = (name: string): Element | undefined => child(card, name, VCARD4);
  const birthday = property('bday');
  return {
    fullName: value(property('fn')),
    nickname: value(property('nickname')),
    organisation: cardText(
      children(property('org') ?? card, 'text', VCARD4)
        .map((one) => one.getText().trim())
        .filter((part) => part !== '')
        .join(', '),
    ),
    title: value(property('title')),
    role: value(property('role')),
    phones: entries(card, 'tel', (one) => value(one) ?? value(one, 'uri')?.replace(/^tel:/u, '') ?? null),
    mails: entries(card, 'email', (one) => value(one)),
    addresses: entries(card, 'adr', address),
    url: value(property('url'), 'uri') ?? value(property('url')),
    birthday: value(birthday, 'date') ?? value(birthday, 'date-time') ?? value(birthday),
    note: value(property('note'), 'text', MAX_NOTE),
  };
};
