import type { DraftCatalogue } from '../catalogue';

export const link: DraftCatalogue['link'] = {
  refused: 'Flint folgt diesem Link nicht: Er ist beschädigt oder will etwas, das ein Link nicht darf.',
  'chat-title': 'Chat mit {jid} öffnen?',
  'chat-text': 'Ein Link führt zu dieser Adresse. Ihr habt euch noch nie geschrieben.',
  'chat-open': 'Chat öffnen',
  'with-text': 'Der Link bringt einen Text mit. Er kommt dorthin, wo du schreibst; gesendet wird nichts.',
};
