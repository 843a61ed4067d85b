/**
 * Where the keyboard stood before menus, cards and dialogs took it. A dialog gives the focus back to what had it when it opened; where
 * that was a line of a menu or of the palette, it is gone by then, and the keyboard would stand nowhere.
 */
let home: HTMLElement | null = null;
/** What lies over the rest and has the keyboard for itself. */
export const OVERLAYS = '.menu, .pop, .dlg, .viewer';

/** The keyboard was used last, not the pointer. */
let keyed = false;

/** From now on; once for a window. */
export const watchFocus = (page: Document): void => {
  page.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && !target.closest(OVERLAYS)) home = target;
  });
  page.addEventListener('keydown', () => (keyed = true), { capture: true, passive: true });
  page.addEventListener('pointerdown', () => (keyed = false), { capture: true, passive: true });
};
export const isKeyed = (): boolean => keyed;
/** Something lies over the rest, or is about to go. */
export const isCovered = (): boolean => document.querySelector(OVERLAYS) !== null;

/** When all that closes now has gone, and the keyboard with it. Who has taken the focus meanwhile keeps it. */
export const whenNowhere = (act: () => void): void => {
  setTimeout(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) act();
  });
};
/** Whether the keyboard stood there last. */
export const isHome = (place: HTMLElement | null): boolean => home !== null && place?.contains(home) === true;
export const giveFocusHome = (event: Event): void => {
  const { activeElement } = document;
  if (activeElement && activeElement !== document.body && !activeElement.closest(OVERLAYS))
    // What was opened from it has the keyboard already.
    event.preventDefault();
  whenNowhere(() => home?.focus());
};
