export const link = {
  refused: 'Flint 不会打开这个链接：链接已损坏，或包含不允许的操作。',
  'chat-title': '与 {jid} 开始会话？',
  'chat-text': '这个链接指向该地址，你之前没有和对方聊过。',
  'chat-open': '打开会话',
  'with-text': '链接附带了一段文字，它会放进输入框，不会自动发送。',
} as const;
