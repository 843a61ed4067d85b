/** Keys, as they are named on the keyboards of the language. On a Mac they have signs. */
export const key = {
  ctrl: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  enter: 'Enter',
  escape: 'Esc',
  delete: 'Delete',
  end: 'End',
  space: 'Space',
};
