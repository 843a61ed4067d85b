/** Forms that somebody else's program has made (XEP-0004): a room's settings. */
export const form = {
  open: 'All settings',
  title: 'All settings of {name}',
  failed: 'The settings could not be read.',
  again: 'Try again',
  refused: 'The room did not take these settings.',
  said: 'It said: {text}',
  'wrong-empty': 'The room wants something here.',
  'wrong-jid': 'One of these is not a valid address. Addresses look like name@example.org.',
  'wrong-choice': 'Choose one of those that are offered.',
  'wrong-refused': 'The room does not take this.',
} as const;
