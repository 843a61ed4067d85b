export const notification = {
  newMessage: '新消息',
  request: '消息请求',
  reply: '回复',
  markRead: '标为已读',
} as const;
