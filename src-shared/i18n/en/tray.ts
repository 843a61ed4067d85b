/** The tray, and the menus that main draws. */
export const tray = {
  tooltip: '{account} · {presence}',
  unread: { one: '{count} unread message', other: '{count} unread messages' },
  saved: '{text} · {presence}',
  /** {time} is the time of day at which they end. */
  quiet: 'Quiet hours until {time}',
  connecting: 'Connecting …',
  signedOut: 'Not signed in',
  open: 'Open Flint',
  quit: 'Quit Flint',

  about: 'About Flint',
  services: 'Services',
  hide: 'Hide Flint',
  hideOthers: 'Hide others',
  showAll: 'Show all',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  window: 'Window',
  minimise: 'Minimise',
  zoom: 'Zoom',
  closeWindow: 'Close window',
} as const;
