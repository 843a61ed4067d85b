/** Becoming a member of a room, or having a name in it for oneself. */
export const registration = {
  ask: 'Ask to be a member…',
  'ask-title': 'Ask to be a member of {name}',
  'ask-send': 'Send',
  failed: 'What the room wants to know could not be read.',
  refused: 'The room did not take this.',
  taken: 'This name is somebody else’s here.',
  'waiting-title': 'Your request is on its way',
  'waiting-text': 'Somebody who runs the room decides. Join again once you have heard of it.',
  nick: 'Reserve a name…',
  'nick-title': 'Reserve a name in {name}',
  'nick-send': 'Reserve',
  kept: '{nick} is reserved for you.',
  member: 'You are registered here.',
} as const;
