export const notification = {
  newMessage: '新消息',
  reply: '回复',
  markRead: '标为已读',
} as const;
