export const voice = {
  record: '录制语音消息',
  recording: '正在录制语音消息',
  starting: '正在等待麦克风',
  full: '已达到语音消息的最长时间',
  cancel: '删除录音',
  send: '发送录音',
  name: '语音消息 {date}.ogg',
  'fault-none': '未找到麦克风。请连接麦克风后重试。',
  'fault-refused': 'Flint 无权使用麦克风。请在系统设置中允许，然后重试。',
  'fault-busy': '麦克风没有响应，可能正被其他应用使用。请关闭该应用后重试。',
  'fault-failed': '录音失败。请重试。',
  'fault-empty': '没有录到内容。请多录一会儿。',
} as const;
