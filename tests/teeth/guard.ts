/** A guard of the product and how to take it away, so that the test of its row must fail. */
export interface Guard {
  /** The row of docs/checks.md. */
  readonly id: string;
  /** The source file, from the project's root. */
  readonly file: string;
  /** Its exact text, found once in the file. */
  readonly find: string;
  /** The guard as a pass-through. */
  readonly replace: string;
  /** The test file, from the project's root; those of its tests run that carry the id. */
  readonly test: string;
  /** A part of the titles of those that are about this guard, where not all of the row's tests are. */
  readonly title?: string;
  /** On which server it is seen to be missing, where Prosody does without what it guards. */
  readonly server?: 'ejabberd' | 'openfire';
}
