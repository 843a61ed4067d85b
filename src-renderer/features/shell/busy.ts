/** An open dialog or menu has the keyboard for itself, and so has a picture that is looked at. */
export const isBusy = (): boolean => document.querySelector('.dlg, .menu, .viewer') !== null;
