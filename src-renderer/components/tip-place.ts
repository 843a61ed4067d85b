/** A box in the window, in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Between what a tip is about and the tip, and from the edges of the window. */
const gap = 4;
const margin = 8;

/** Where a tip stands: in the middle below what it is about (or above it), on the other side where there is no room, within the window. */
export const placeTip = (
  about: Box,
  tip: { readonly width: number; readonly height: number },
  window: { readonly width: number; readonly height: number },
  above: boolean,
): { readonly left: number; readonly top: number } => {
  const over = about.top - gap - tip.height;
  const under = about.top + about.height + gap;
  const fitsOver = over >= margin;
  const fitsUnder = under + tip.height <= window.height - margin;
  const goesOver = above ? fitsOver || !fitsUnder : fitsOver && !fitsUnder;
  const middle = about.left + (about.width - tip.width) / 2;
  return {
    left: Math.round(Math.max(margin, Math.min(middle, window.width - margin - tip.width))),
    top: Math.round(goesOver ? over : under),
  };
};
