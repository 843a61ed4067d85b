/** What the user directory of a server asks for (XEP-0055), whether in a form or in the four old fields. */
export interface SearchField {
  readonly name: string;
  /** '' where the directory says none. */
  readonly label: string;
  readonly kind: 'text' | 'toggle' | 'choice';
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}
export interface SearchForm {
  /** Address of the directory. */
  readonly service: string;
  readonly instructions: string;
  readonly fields: readonly SearchField[];
}

/** Everything in it was written by others: text to show, nothing to trust. */
export interface SearchFound {
  readonly columns: readonly { readonly name: string; readonly label: string }[];
  readonly rows: readonly { readonly jid: string; readonly values: readonly string[] }[];
  /** There were more than are shown. */
  readonly more: boolean;
}
