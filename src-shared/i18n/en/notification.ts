export const notification = {
  newMessage: 'New message',
  reply: 'Reply',
  markRead: 'Mark as read',
} as const;
