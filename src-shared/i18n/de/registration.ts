import type { DraftCatalogue } from '../catalogue';

export const registration: DraftCatalogue['registration'] = {
  ask: 'Um Mitgliedschaft bitten…',
  'ask-title': 'Um Mitgliedschaft in {name} bitten',
  'ask-send': 'Senden',
  failed: 'Was der Raum wissen will, konnte nicht gelesen werden.',
  refused: 'Der Raum hat das nicht angenommen.',
  taken: 'Dieser Name gehört hier jemand anderem.',
  'waiting-title': 'Deine Bitte ist unterwegs',
  'waiting-text': 'Wer den Raum betreibt, entscheidet. Tritt wieder bei, sobald du davon gehört hast.',
  nick: 'Namen reservieren…',
  'nick-title': 'Namen in {name} reservieren',
  'nick-send': 'Reservieren',
  kept: '{nick} ist für dich reserviert.',
  member: 'Du bist hier eingetragen.',
};
