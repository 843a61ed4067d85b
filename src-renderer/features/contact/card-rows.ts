import type { TextKey } from '../../../src-shared/i18n';
import type { Card, CardEntry } from '../../../src-shared/model/card';
import { plainName } from '../../text/names';

export interface CardRow {
  readonly key: TextKey;
  readonly text: string;
  /** Where it leads: only by the gate for links (T23). */
  readonly href?: string;
  /** It can be copied: what one writes to, calls or opens. */
  readonly copies?: true;
  /** Several lines, as they were written. */
  readonly long?: boolean;
}

/** A whole date (RFC 3339) as the language writes it; anything else as its owner wrote it. */
const birthdayText = (text: string, date: (at: number) => string): string => {
  const whole = /^(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?$/u.exec(text);
  if (!whole) return text;
  const at = new Date(Number(whole[1]), Number(whole[2]) - 1, Number(whole[3]));
  return at.getMonth() === Number(whole[2]) - 1 ? date(at.getTime()) : text;
};
/** What an owner wrote as the address of a page, as a link; null where it is none, or leads elsewhere. */
const pageOf = (text: string): string | null => {
  if (/^https?:\/\//iu.test(text)) return URL.canParse(text) ? text : null;
  const bare = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:\/\S*)?$/u.test(text);
  return bare && URL.canParse(`https://${text}`) ? `https://${text}` : null;
};
const mailOf = (text: string): string | null =>
  /^[^\s@?&]+@[^\s@?&]+$/u.test(text) ? `mailto:${text}` : null;

const phoneKeys = {
  home: 'contact.phone-home',
  work: 'contact.phone-work',
  mobile: 'contact.phone-mobile',
  fax: 'contact.phone-fax',
} as const;

/** What somebody is, and how to call them: so much of a card fits beside a name. */
export const glanceOf = (
  rows: readonly CardRow[],
): { readonly job: readonly string[]; readonly phones: readonly CardRow[] } => ({
  job: rows
    .filter(({ key }) => ['contact.title', 'contact.role', 'contact.organisation'].includes(key))
    .map(({ text }) => text),
  phones: rows.filter(({ key }) => key.startsWith('contact.phone')).slice(0, 2),
});

/** A card as lines to show, in their order; `name` is what is shown above them already. */
export const cardRows = (card: Card, name: string, date: (at: number) => string): readonly CardRow[] => {
  const row = (key: TextKey, text: string | null, more: Partial<CardRow> = {}): readonly CardRow[] => {
    const plain = plainName(text ?? '');
    return plain === '' ? [] : [{ key, text: plain, ...more }];
  };
  const all = (
    list: readonly CardEntry[],
    key: (entry: CardEntry) => TextKey,
    more?: (value: string) => Partial<CardRow>,
  ): readonly CardRow[] => list.flatMap((entry) => row(key(entry), entry.value, more?.(entry.value)));
  /** With a way to it and to the clipboard. */
  const usable = (href: string | null): Partial<CardRow> => ({
    ...(href === null ? {} : { href }),
    copies: true,
  });
  return [
    ...(card.fullName === name ? [] : row('contact.full-name', card.fullName)),
    ...(card.nickname === name ? [] : row('contact.nickname', card.nickname)),
    ...row('contact.title', card.title),
    ...row('contact.role', card.role),
    ...row('contact.organisation', card.organisation),
    ...all(
      card.phones,
      ({ kind }) => (kind ? phoneKeys[kind] : 'contact.phone'),
      () => usable(null),
    ),
    ...all(
      card.mails,
      () => 'contact.mail',
      (value) => usable(mailOf(value.trim())),
    ),
    ...row('contact.url', card.url, usable(pageOf((card.url ?? '').trim()))),
    ...all(card.addresses, () => 'contact.address'),
    ...row('contact.birthday', card.birthday && birthdayText(card.birthday, date)),
    ...(card.note?.trim() ? [{ key: 'contact.note', text: card.note.trim(), long: true } as const] : []),
  ];
};
