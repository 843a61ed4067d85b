import type { TextKey } from '../../../src-shared/i18n';
import type { Card, CardEntry } from '../../../src-shared/model/card';
import { plainName } from '../../text/names';

export interface CardRow {
  readonly key: TextKey;
  readonly text: string;
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
    .filter(({ key }) => key === 'contact.title' || key === 'contact.organisation')
    .map(({ text }) => text),
  phones: rows.filter(({ key }) => key.startsWith('contact.phone')).slice(0, 2),
});

/** A card as lines to show, in their order; `name` is what is shown above them already. */
export const cardRows = (card: Card, name: string, date: (at: number) => string): readonly CardRow[] => {
  const row = (key: TextKey, text: string | null): readonly CardRow[] => {
    const plain = plainName(text ?? '');
    return plain === '' ? [] : [{ key, text: plain }];
  };
  const all = (list: readonly CardEntry[], key: (entry: CardEntry) => TextKey): readonly CardRow[] =>
    list.flatMap((entry) => row(key(entry), entry.value));
  return [
    ...(card.fullName === name ? [] : row('contact.full-name', card.fullName)),
    ...(card.nickname === name ? [] : row('contact.nickname', card.nickname)),
    ...row('contact.title', card.title),
    ...row('contact.organisation', card.organisation),
    ...all(card.phones, ({ kind }) => (kind ? phoneKeys[kind] : 'contact.phone')),
    ...all(card.mails, () => 'contact.mail'),
    ...all(card.addresses, () => 'contact.address'),
    ...row('contact.birthday', card.birthday && birthdayText(card.birthday, date)),
    ...(card.note?.trim() ? [{ key: 'contact.note', text: card.note.trim(), long: true } as const] : []),
  ];
};
