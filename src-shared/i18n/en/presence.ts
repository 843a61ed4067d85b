export const presence = {
  online: 'Online',
  chat: 'Free to chat',
  away: 'Away',
  phone: 'On the phone',
  xa: 'Extended away',
  dnd: 'Do not disturb',
  invisible: 'Invisible',
  offline: 'Offline',
} as const;
