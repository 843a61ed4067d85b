export const notification = {
  /** In place of the text, where the settings hide it. */
  newMessage: { one: 'New message', other: '{count} new messages' },
  /** Who has written, and how many messages. */
  several: '{name} ({count})',
  summary: { one: '{count} new message in {chats} chats', other: '{count} new messages in {chats} chats' },
  /** A stranger has written; the notification shows the address and nothing of the message. */
  request: 'Message request',
  contactRequest: { one: 'Contact request', other: '{count} contact requests' },
  invitation: { one: 'Invitation to a room', other: '{count} invitations to rooms' },
  online: '{name} is online',
  buzz: 'Wants your attention',
  reply: 'Reply',
  markRead: 'Mark as read',
} as const;
