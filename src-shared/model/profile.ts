import type { CardEntry } from './card';

/** The first postal address of a card, in its parts. */
export interface PostalAddress {
  readonly street: string;
  readonly code: string;
  readonly locality: string;
  readonly region: string;
  readonly country: string;
}

/** What one says of oneself, as far as it can be changed here; '' for nothing. The cards may hold more, which stays. */
export interface Profile {
  readonly fullName: string;
  readonly given: string;
  readonly family: string;
  readonly nickname: string;
  readonly organisation: string;
  readonly unit: string;
  readonly title: string;
  readonly role: string;
  readonly url: string;
  /** A whole date as YYYY-MM-DD; anything else as it was written. */
  readonly birthday: string;
  readonly note: string;
  readonly phones: readonly CardEntry[];
  readonly mails: readonly CardEntry[];
  readonly address: PostalAddress;
}

export const noAddress: PostalAddress = { street: '', code: '', locality: '', region: '', country: '' };
export const emptyProfile: Profile = {
  fullName: '',
  given: '',
  family: '',
  nickname: '',
  organisation: '',
  unit: '',
  title: '',
  role: '',
  url: '',
  birthday: '',
  note: '',
  phones: [],
  mails: [],
  address: noAddress,
};

export const profileFields = Object.keys(emptyProfile) as readonly (keyof Profile)[];
export const maxProfileText = 300;
export const maxProfileNote = 2_000;
export const maxProfileEntries = 10;

/** Whether both say the same, field by field. */
export const sameField = (a: Profile, b: Profile, field: keyof Profile): boolean =>
  JSON.stringify(plain(a[field])) === JSON.stringify(plain(b[field]));
export const sameProfile = (a: Profile, b: Profile): boolean =>
  profileFields.every((field) => sameField(a, b, field));

/** Objects with their keys in one order, whoever made them. */
const plain = (part: Profile[keyof Profile]): unknown => {
  if (typeof part === 'string') return part;
  if ('street' in part) return Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1));
  return part.map(({ kind, value }) => [kind, value]);
};

/**
 * What is to be written: everything that was changed here, beside what was changed elsewhere meanwhile; null where both
 * changed one field, each to something else.
 *
 * @param base what the changes here started from
 * @param fresh what the cards say now
 */
export const mergeProfile = (base: Profile, next: Profile, fresh: Profile): Profile | null => {
  const clash = profileFields.some(
    (field) =>
      !sameField(base, next, field) && !sameField(base, fresh, field) && !sameField(next, fresh, field),
  );
  if (clash) return null;
  const changed = profileFields.filter((field) => !sameField(base, next, field));
  return { ...fresh, ...Object.fromEntries(changed.map((field) => [field, next[field]])) };
};
