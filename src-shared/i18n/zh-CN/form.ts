export const form = {
  open: '全部设置',
  title: '{name} 的全部设置',
  failed: '无法读取设置。',
  again: '重试',
  refused: '聊天室没有接受这些设置。',
  said: '它的答复：{text}',
  'wrong-empty': '聊天室要求填写这一项。',
  'wrong-jid': '其中有无效的地址。地址的形式如 name@example.org。',
  'wrong-choice': '请从给出的选项中选择。',
  'wrong-refused': '聊天室不接受此内容。',
} as const;
