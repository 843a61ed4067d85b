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
  member: 'Du bist hier registriert.',
  'give-back': 'Zurückgeben…',
  'give-back-title': 'Deine Registrierung in {name} beenden?',
  'give-back-nick-title': 'Den Namen {nick} zurückgeben?',
  'give-back-text': 'Andere können den Namen dann nehmen.',
  'give-back-service': 'Andere können den Namen dann nehmen, in allen Räumen auf {name}.',
  'give-back-member': 'Du bist dann kein Mitglied mehr, und andere können den Namen nehmen.',
  'give-back-out':
    'Du bist dann kein Mitglied mehr. Dieser Raum ist nur für Mitglieder: Du bist draußen, und jemand muss dich wieder einlassen.',
  'give-back-action': 'Zurückgeben',
};
