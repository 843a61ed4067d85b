/** One's own vcard-temp, XEP-0054 §3.2: changed in place, so that what others wrote into it stays. */
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
import { cardText, kindOf, ownText, VCARD } from './0054-vcard';
import { propertiesOf, withEntries, withProperty, type Properties } from './card-edit';

const text = (element: Element | undefined, name: string, max?: number): string =>
  (element && cardText(childText(element, name, VCARD), max)) ?? '';

/** ISO 8601: the basic form is read as the extended one. */
export const wholeDate = (date: string): string => date.replace(/^(\d{4})(\d{2})(\d{2})$/u, '$1-$2-$3');

const addressParts: Readonly<Record<keyof PostalAddress, string>> = {
  street: 'STREET',
  code: 'PCODE',
  locality: 'LOCALITY',
  region: 'REGION',
  country: 'CTRY',
};
const parts = Object.keys(addressParts) as readonly (keyof PostalAddress)[];

const entryOf =
  (inner: string) =>
  (element: Element): CardEntry | null => {
    const value = ownText(element, inner);
    return value === null ? null : { kind: kindOf(element), value };
  };
const phoneOf = entryOf('NUMBER');
const mailOf = entryOf('USERID');
const shown = (card: Element, name: string, read: (element: Element) => CardEntry | null) =>
  children(card, name, VCARD)
    .flatMap((one) => read(one) ?? [])
    .slice(0, maxProfileEntries);

export const vcardProfile = (card: Element | null): Profile => {
  if (!card) return emptyProfile;
  const name = child(card, 'N', VCARD);
  const organisation = child(card, 'ORG', VCARD);
  const address = child(card, 'ADR', VCARD);
  return {
    fullName: text(card, 'FN'),
    given: text(name, 'GIVEN'),
    family: text(name, 'FAMILY'),
    nickname: text(card, 'NICKNAME'),
    organisation: text(organisation, 'ORGNAME'),
    unit: text(organisation, 'ORGUNIT'),
    title: text(card, 'TITLE'),
    role: text(card, 'ROLE'),
    url: text(card, 'URL'),
    birthday: wholeDate(text(card, 'BDAY')),
    note: text(card, 'DESC', maxProfileNote),
    phones: shown(card, 'TEL', phoneOf),
    mails: shown(card, 'EMAIL', mailOf),
    address: address
      ? {
          ...noAddress,
          ...Object.fromEntries(parts.map((part) => [part, text(address, addressParts[part])])),
        }
      : noAddress,
  };
};

const simple = (all: Properties, name: string, value: string): Properties =>
  withProperty(all, name, value === '' ? null : xml(name, {}, value));

/** A structured property with some of its parts changed; gone once it says nothing. */
const structured = (all: Properties, name: string, values: Readonly<Record<string, string>>): Properties => {
  const before = all.find((one) => one.getName() === name);
  let inner: Properties = propertiesOf(before ?? null);
  for (const [part, value] of Object.entries(values)) inner = simple(inner, part, value);
  const says = inner.some((one) => one.getText().trim() !== '');
  return withProperty(all, name, says ? xml(name, {}, ...inner) : null);
};

/** What says which kind of telephone or mail it is; further marks (PREF, VOICE, INTERNET) stay. */
const marks = { home: 'HOME', work: 'WORK', mobile: 'CELL', fax: 'FAX' } as const;
const entry =
  (name: 'TEL' | 'EMAIL', inner: 'NUMBER' | 'USERID') =>
  ({ kind, value }: CardEntry, before: Element | null): Element => {
    const others = propertiesOf(before).filter(
      (one) => one.getName() !== inner && !Object.values<string>(marks).includes(one.getName()),
    );
    const usual = before ? [] : [xml(name === 'EMAIL' ? 'INTERNET' : 'VOICE', {})];
    const mark = kind === null ? [] : [xml(marks[kind], {})];
    return xml(name, {}, ...mark, ...usual, ...others, xml(inner, {}, value));
  };

/** The card with those of these fields that it does not say yet. */
export const editVcard = (
  card: Element | null,
  next: Profile,
  fields: readonly (keyof Profile)[],
): Element => {
  const now = vcardProfile(card);
  const differs = (field: keyof Profile): boolean => fields.includes(field) && !sameField(now, next, field);
  const names = {
    fullName: 'FN',
    nickname: 'NICKNAME',
    title: 'TITLE',
    role: 'ROLE',
    url: 'URL',
    birthday: 'BDAY',
    note: 'DESC',
  } as const;
  let all = propertiesOf(card);
  for (const [field, name] of Object.entries(names) as [keyof typeof names, string][])
    if (differs(field)) all = simple(all, name, next[field]);
  if (differs('given') || differs('family'))
    all = structured(all, 'N', { FAMILY: next.family, GIVEN: next.given });
  if (differs('organisation') || differs('unit'))
    all = structured(all, 'ORG', { ORGNAME: next.organisation, ORGUNIT: next.unit });
  if (differs('address'))
    all = structured(
      all,
      'ADR',
      Object.fromEntries(parts.map((part) => [addressParts[part], next.address[part]])),
    );
  if (differs('phones')) all = withEntries(all, 'TEL', next.phones, phoneOf, entry('TEL', 'NUMBER'));
  if (differs('mails')) all = withEntries(all, 'EMAIL', next.mails, mailOf, entry('EMAIL', 'USERID'));
  return xml('vCard', { xmlns: VCARD }, ...all);
};

/** The card with another picture in it, or (null) none: XEP-0153 §3.1. */
export const withPhoto = (
  card: Element | null,
  photo: { readonly type: string; readonly data: string } | null,
): Element =>
  xml(
    'vCard',
    { xmlns: VCARD },
    ...withProperty(
      propertiesOf(card),
      'PHOTO',
      photo && xml('PHOTO', {}, xml('TYPE', {}, photo.type), xml('BINVAL', {}, photo.data)),
    ),
  );
