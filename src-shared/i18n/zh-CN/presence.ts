export const presence = {
  online: '在线',
  chat: '有空聊天',
  away: '离开',
  phone: '通话中',
  xa: '长时间离开',
  dnd: '请勿打扰',
  invisible: '隐身',
  offline: '离线',
} as const;
