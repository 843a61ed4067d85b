export const notification = {
  newMessage: { other: '{count} 条新消息' },
  several: '{name}（{count}）',
  summary: { other: '{chats} 个会话有 {count} 条新消息' },
  request: '消息请求',
  contactRequest: { other: '{count} 个联系人请求' },
  invitation: { other: '{count} 个聊天室邀请' },
  online: '{name} 上线了',
  buzz: '向你发送了一个窗口抖动',
  reply: '回复',
  markRead: '标为已读',
} as const;
