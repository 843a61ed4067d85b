import { readingKey } from '../../components/direction';

/** What a key does where a picture is looked at by itself. */
export type ViewerAct =
  | { readonly is: 'go'; readonly by: 1 | -1 }
  /** In pictures' widths and heights that are seen at once. */
  | { readonly is: 'pan'; readonly x: number; readonly y: number }
  | { readonly is: 'zoom'; readonly by: 1 | -1 }
  | { readonly is: 'fit' };

const zooms: Readonly<Record<string, ViewerAct>> = {
  '+': { is: 'zoom', by: 1 },
  '=': { is: 'zoom', by: 1 },
  '-': { is: 'zoom', by: -1 },
  '0': { is: 'fit' },
};
const PART = 0.2;
const pans: Readonly<Record<string, ViewerAct>> = {
  ArrowLeft: { is: 'pan', x: -PART, y: 0 },
  ArrowRight: { is: 'pan', x: PART, y: 0 },
  ArrowUp: { is: 'pan', x: 0, y: -PART },
  ArrowDown: { is: 'pan', x: 0, y: PART },
};
const ways: Readonly<Record<string, ViewerAct>> = {
  ArrowLeft: { is: 'go', by: -1 },
  ArrowRight: { is: 'go', by: 1 },
};

/**
 * Arrows move what is larger than the window, whichever way that runs; else they go to the picture before or after, which
 * stands where the window's direction has it. Null: none of its keys.
 */
export const viewerAct = (key: string, large: boolean, rtl: boolean): ViewerAct | null =>
  zooms[key] ?? (large ? pans[key] : ways[readingKey(key, rtl)]) ?? null;
