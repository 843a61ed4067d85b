export const notification = {
  /** In place of the text, where the settings hide it. */
  newMessage: 'New message',
  reply: 'Reply',
  markRead: 'Mark as read',
} as const;
