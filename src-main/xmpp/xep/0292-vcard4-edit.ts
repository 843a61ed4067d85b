/** One's own vCard4, XEP-0292 §4.2: changed in place, so that what others wrote into it stays (RFC 6350, RFC 6351). */
import type { CardEntry } from '../../../src-shared/model/card';
import {
  emptyProfile,
  maxProfileEntries,
  maxProfileNote,
  noAddress,
  sameField,
  type PostalAddress,
  type Profile,
} from '../../../src-shared/model/profile';
import { child, children, childText, xml, type Element } from '../element';
import { cardText } from './0054-vcard';
import { wholeDate } from './0054-vcard-edit';
import { kindOf, VCARD4 } from './0292-vcard4';
import { propertiesOf, withEntries, withProperty, type Properties } from './card-edit';

const text = (element: Element | undefined, name: string, max?: number): string =>
  (element && cardText(childText(element, name, VCARD4), max)) ?? '';
const textsOf = (element: Element | undefined): readonly Element[] =>
  element ? children(element, 'text', VCARD4) : [];

const parts = Object.keys(noAddress) as readonly (keyof PostalAddress)[];

const phoneOf = (element: Element): CardEntry | null => {
  const value = text(element, 'text') || text(element, 'uri').replace(/^tel:/u, '');
  return value === '' ? null : { kind: kindOf(element), value };
};
const mailOf = (element: Element): CardEntry | null => {
  const value = text(element, 'text');
  return value === '' ? null : { kind: kindOf(element), value };
};
const shown = (card: Element, name: string, read: (element: Element) => CardEntry | null) =>
  children(card, name, VCARD4)
    .flatMap((one) => read(one) ?? [])
    .slice(0, maxProfileEntries);

export const vcard4Profile = (card: Element | null): Profile => {
  if (!card) return emptyProfile;
  const property = (name: string): Element | undefined => child(card, name, VCARD4);
  const name = property('n');
  const birthday = property('bday');
  const address = property('adr');
  const [organisation, unit] = textsOf(property('org')).map((one) => cardText(one.getText()) ?? '');
  return {
    fullName: text(property('fn'), 'text'),
    given: text(name, 'given'),
    family: text(name, 'surname'),
    nickname: text(property('nickname'), 'text'),
    organisation: organisation ?? '',
    unit: unit ?? '',
    title: text(property('title'), 'text'),
    role: text(property('role'), 'text'),
    url: text(property('url'), 'uri') || text(property('url'), 'text'),
    birthday: wholeDate(text(birthday, 'date') || text(birthday, 'date-time') || text(birthday, 'text')),
    note: text(property('note'), 'text', maxProfileNote),
    phones: shown(card, 'tel', phoneOf),
    mails: shown(card, 'email', mailOf),
    address: address
      ? { ...noAddress, ...Object.fromEntries(parts.map((part) => [part, text(address, part)])) }
      : noAddress,
  };
};

/** What a property says beside its value: language, preference, types of others. */
const parametersOf = (before: Element | undefined): Properties =>
  propertiesOf(before ?? null).filter((one) => one.getName() === 'parameters');

const simple = (all: Properties, name: string, value: string, type = 'text'): Properties =>
  withProperty(
    all,
    name,
    value === ''
      ? null
      : xml(name, {}, ...parametersOf(all.find((one) => one.getName() === name)), xml(type, {}, value)),
  );

/** A structured property with some of its parts changed; gone once it says nothing. */
const structured = (all: Properties, name: string, values: Readonly<Record<string, string>>): Properties => {
  const before = all.find((one) => one.getName() === name);
  let inner: Properties = propertiesOf(before ?? null);
  for (const [part, value] of Object.entries(values))
    inner = withProperty(inner, part, value === '' ? null : xml(part, {}, value));
  const says = inner.some((one) => one.getName() !== 'parameters' && one.getText().trim() !== '');
  return withProperty(all, name, says ? xml(name, {}, ...inner) : null);
};

/** RFC 6350 §6.6.4: the organisation, then its units, of which the first is ours. */
const organisation = (all: Properties, { organisation: name, unit }: Profile): Properties => {
  const before = all.find((one) => one.getName() === 'org');
  const further = textsOf(before)
    .slice(2)
    .map((one) => one.getText());
  const texts = [name, unit, ...further];
  while (texts.at(-1) === '') texts.pop();
  return withProperty(
    all,
    'org',
    texts.length === 0
      ? null
      : xml('org', {}, ...parametersOf(before), ...texts.map((one) => xml('text', {}, one))),
  );
};

/** RFC 6351 §5: a date in its basic form, anything else as text. */
const birthday = (all: Properties, value: string): Properties => {
  const basic = value.replace(/^(\d{4})-(\d{2})-(\d{2})$/u, '$1$2$3');
  return simple(all, 'bday', basic, /^\d{8}$/u.test(basic) ? 'date' : 'text');
};

/** RFC 6350 §5.6: of the types those that we know are ours to change. */
const types = { home: 'home', work: 'work', mobile: 'cell', fax: 'fax' } as const;
const parameters = (kind: CardEntry['kind'], before: Element | null): Element | null => {
  const [old] = parametersOf(before ?? undefined);
  const others = propertiesOf(old ?? null).filter((one) => one.getName() !== 'type');
  const further = propertiesOf(propertiesOf(old ?? null).find((one) => one.getName() === 'type') ?? null)
    .map((one) => one.getText())
    .filter((one) => !Object.values<string>(types).includes(one.toLowerCase()));
  const all = [...(kind === null ? [] : [types[kind]]), ...further];
  const type = all.length > 0 ? xml('type', {}, ...all.map((one) => xml('text', {}, one))) : null;
  return type || others.length > 0 ? xml('parameters', {}, type, ...others) : null;
};
const entry =
  (name: 'tel' | 'email', type: 'uri' | 'text', scheme = '') =>
  ({ kind, value }: CardEntry, before: Element | null): Element =>
    xml(name, {}, parameters(kind, before), xml(type, {}, `${scheme}${value}`));

/** The card with those of these fields that it does not say yet. */
export const editVcard4 = (
  card: Element | null,
  next: Profile,
  fields: readonly (keyof Profile)[],
): Element => {
  const now = vcard4Profile(card);
  const differs = (field: keyof Profile): boolean => fields.includes(field) && !sameField(now, next, field);
  let all = propertiesOf(card);
  for (const [field, name] of [
    ['fullName', 'fn'],
    ['nickname', 'nickname'],
    ['title', 'title'],
    ['role', 'role'],
    ['note', 'note'],
  ] as const)
    if (differs(field)) all = simple(all, name, next[field]);
  if (differs('url')) all = simple(all, 'url', next.url, 'uri');
  if (differs('given') || differs('family'))
    all = structured(all, 'n', { surname: next.family, given: next.given });
  if (differs('organisation') || differs('unit')) all = organisation(all, next);
  if (differs('birthday')) all = birthday(all, next.birthday);
  if (differs('address')) all = structured(all, 'adr', { ...next.address });
  // As other clients write it, and as servers that make a vcard-temp of it expect it.
  if (differs('phones')) all = withEntries(all, 'tel', next.phones, phoneOf, entry('tel', 'uri', 'tel:'));
  if (differs('mails')) all = withEntries(all, 'email', next.mails, mailOf, entry('email', 'text'));
  return xml('vcard', { xmlns: VCARD4 }, ...all);
};
