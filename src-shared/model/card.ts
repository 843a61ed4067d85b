/** What people tell of themselves: their card (vCard) and their picture. */

/** A telephone number, a mail or a postal address; `kind` where the card says which. */
export interface CardEntry {
  readonly kind: 'home' | 'work' | 'mobile' | 'fax' | null;
  readonly value: string;
}

/** Every part is as its owner wrote it: text to show, nothing to trust. */
export interface Card {
  readonly fullName: string | null;
  readonly nickname: string | null;
  readonly organisation: string | null;
  readonly title: string | null;
  /** What they do there: a part, where the title is a rank. */
  readonly role: string | null;
  readonly phones: readonly CardEntry[];
  readonly mails: readonly CardEntry[];
  readonly addresses: readonly CardEntry[];
  /** A page of theirs; as they wrote it. */
  readonly url: string | null;
  readonly birthday: string | null;
  readonly note: string | null;
}

export const emptyCard: Card = {
  fullName: null,
  nickname: null,
  organisation: null,
  title: null,
  role: null,
  phones: [],
  mails: [],
  addresses: [],
  url: null,
  birthday: null,
  note: null,
};

export const isEmptyCard = (card: Card): boolean =>
  Object.values(card).every((part: unknown) => part === null || (Array.isArray(part) && part.length === 0));

/** Which picture an address has: SHA-1 of its bytes, as both avatar extensions name it. */
export interface AvatarOf {
  readonly jid: string;
  readonly hash: string;
}

export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type PictureType = (typeof pictureTypes)[number];

/** A picture that was found good (T21). */
export interface Picture {
  readonly type: PictureType;
  /** Base64. */
  readonly data: string;
}

/** How people look, and how the account calls itself. */
export interface Faces {
  readonly avatars: readonly AvatarOf[];
  readonly ownName: string | null;
}
