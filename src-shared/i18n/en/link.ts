/** Links to people and rooms (RFC 5122). */
export const link = {
  refused: 'Flint does not follow this link: it is damaged, or wants something that a link may not.',
  'chat-title': 'Open a chat with {jid}?',
  'chat-text': 'A link leads to this address. You have not chatted with it before.',
  'chat-open': 'Open the chat',
  'with-text': 'The link brings a text along. It is put where you write; nothing is sent.',
} as const;
