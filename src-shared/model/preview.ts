/** What stands behind the link of a message. */
export type LinkPreview =
  | {
      readonly is: 'card';
      /** The host that the link names, as the network writes it (T16). */
      readonly host: string;
      readonly title: string;
      readonly text: string | null;
      readonly picture: { readonly src: string; readonly width: number; readonly height: number } | null;
    }
  /** The user was never asked whether to look (T17). */
  | { readonly is: 'ask' }
  | { readonly is: 'none' };
