/** What a list lets its parent do. */
export interface FocusHandle {
  /** Takes the focus; `first` and `last` also choose the row. */
  readonly focus: (end?: 'first' | 'last' | 'same') => void;
}
export interface ListHandle<Row> extends FocusHandle {
  readonly activate: (index: number) => void;
  /** Opens the row's context menu, as a click with the other button would. */
  readonly openMenu: (row: Row) => void;
}
