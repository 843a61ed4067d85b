/** What a notification can be about: each kind has a rule of its own. */
export const noticeKinds = ['message', 'request', 'contact', 'online'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What a rule can say. */
export const noticeParts = ['show', 'text', 'sound'] as const;
export type NoticePart = (typeof noticeParts)[number];

export interface NoticeRule {
  readonly show: boolean;
  /** With what was written. */
  readonly text: boolean;
  readonly sound: boolean;
}
export type NoticeRules = Readonly<Record<NoticeKind, NoticeRule>>;

/** T31: of a stranger there is neither a word nor a sound. */
export const partsOf: Readonly<Record<NoticeKind, readonly NoticePart[]>> = {
  message: ['show', 'text', 'sound'],
  request: ['show'],
  contact: ['show', 'sound'],
  // Its sound is one of those that have a page of their own.
  online: ['show', 'text'],
};

export const defaultNotices: NoticeRules = {
  message: { show: true, text: true, sound: true },
  request: { show: true, text: false, sound: false },
  contact: { show: true, text: false, sound: false },
  online: { show: false, text: true, sound: false },
};

/** While the screen is locked: as ever, without what was written, or not at all. */
export const lockedRules = ['show', 'no-text', 'nothing'] as const;
export type LockedRule = (typeof lockedRules)[number];
