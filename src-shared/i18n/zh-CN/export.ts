/** In the files that an export writes. `language` is a BCP 47 tag, for dates and for the page. */
export const exported = {
  language: 'zh-CN',
  title: '{account} 的会话',
  made: '由 Flint 于 {date} 导出',
  chats: '会话',
  me: '我',
  edited: '已编辑',
  retracted: '此消息已撤回。',
  failed: '未发送',
  'file-all': 'Flint 会话 {date}',
  'file-one': 'Flint 与 {name} 的会话 {date}',
} as const;
