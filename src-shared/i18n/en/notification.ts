export const notification = {
  /** In place of the text, where the settings hide it. */
  newMessage: 'New message',
  /** A stranger has written; the notification shows the address and nothing of the message. */
  request: 'Message request',
  reply: 'Reply',
  markRead: 'Mark as read',
} as const;
