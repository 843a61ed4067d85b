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
}

/** Every guard, and each step of outbox, archive and resume that a row names. */
export const guards: readonly Guard[] = [
  {
    id: 'T13',
    file: 'src-renderer/text/MessageText.ts',
    find: "token.type === 'text' ? token.text :",
    replace: "token.type === 'text' ? h('span', { innerHTML: token.text }) :",
    test: 'tests/security/markup.test.ts',
  },
  {
    id: 'T13',
    file: 'src-renderer/features/console/xml-nodes.ts',
    find: "token.kind === 'text' ? token.text :",
    replace: "token.kind === 'text' ? h('span', { innerHTML: token.text }) :",
    test: 'tests/security/markup.test.ts',
  },
  {
    id: 'T23',
    file: 'src-renderer/text/tokens.ts',
    find: 'if (url === null || !schemes.test(url)) return null;',
    replace: 'if (url === null) return value;',
    test: 'tests/unit/text/tokens.test.ts',
  },
  {
    id: 'T16',
    file: 'src-renderer/text/names.ts',
    find: ".replace(bidiControls, '')",
    replace: '',
    test: 'tests/unit/text/names.test.ts',
  },
];
