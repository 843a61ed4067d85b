/** A screen or a window, of which a picture can be taken. */
export interface ScreenSource {
  readonly id: string;
  /** As its app calls it. */
  readonly name: string;
  readonly kind: 'screen' | 'window';
  /** A small picture, as a data: address. */
  readonly preview: string;
}
