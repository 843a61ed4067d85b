import type { DraftCatalogue } from '../catalogue';

export const contact: DraftCatalogue['contact'] = {
  card: 'Profil',
  'card-empty': 'Hier steht noch nichts.',
  'card-failed': 'Das Profil konnte nicht gelesen werden.',
  'full-name': 'Name',
  nickname: 'Spitzname',
  organisation: 'Firma',
  title: 'Position',
  phone: 'Telefon',
  'phone-home': 'Telefon privat',
  'phone-work': 'Telefon dienstlich',
  'phone-mobile': 'Mobil',
  'phone-fax': 'Fax',
  mail: 'E-Mail',
  address: 'Postanschrift',
  birthday: 'Geburtstag',
  note: 'Notiz',
  'last-seen': 'zuletzt gesehen: {when}',
  'last-seen-now': 'gerade eben gesehen',
};
