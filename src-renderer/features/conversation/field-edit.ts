import type { Edit } from './styling';

/** Makes an edit in a field and selects what it says. */
export const putInField = (field: HTMLTextAreaElement, edit: Edit): void => {
  field.focus();
  field.setSelectionRange(edit.from, edit.to);
  // The one way to write into a field that can be undone with Ctrl+Z.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand('insertText', false, edit.text);
  field.setSelectionRange(edit.start, edit.end);
};
