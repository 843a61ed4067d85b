/** In the files that an export writes. `language` is a BCP 47 tag, for dates and for the page. */
export const exported = {
  language: 'en',
  title: 'Chats of {account}',
  made: 'Exported by Flint on {date}',
  chats: 'Chats',
  me: 'Me',
  edited: 'edited',
  retracted: 'This message was taken back.',
  failed: 'not sent',
  'file-all': 'Flint chats {date}',
  'file-one': 'Flint chat with {name} {date}',
} as const;
