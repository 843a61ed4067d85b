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
  {
    id: 'T11',
    file: 'src-main/store/tables/messages.ts',
    find: "WHERE origin_id = ? AND peer = ? AND direction = 'out'",
    replace: "WHERE origin_id = ? AND ? IS NOT NULL AND direction = 'out'",
    test: 'tests/unit/store/outbox.test.ts',
  },
  {
    id: 'T12',
    file: 'src-main/xmpp/guards/delay.ts',
    find: 'if (!delay || (delay.from !== own.domain && delay.from !== own.bare)) return now;',
    replace: 'if (!delay) return now;',
    test: 'tests/unit/xep/message.test.ts',
  },
  {
    id: 'T12',
    file: 'src-main/xmpp/guards/delay.ts',
    find: 'return delay.at < EARLIEST ? now : Math.min(delay.at, now);',
    replace: 'return delay.at;',
    test: 'tests/unit/xep/message.test.ts',
  },
  {
    id: 'T13',
    file: 'src-main/xmpp/xep/6121-message.ts',
    find: "childText(message, 'body', CLIENT) || null",
    replace: "message.getChildText('body') ?? message.getChild('html')?.getChildText('body') ?? null",
    test: 'tests/unit/xep/message.test.ts',
  },
  {
    id: 'R1',
    file: 'src-main/store/message-operations.ts',
    find: `if (known) return known;
        const ids`,
    replace: 'const ids',
    test: 'tests/unit/store/outbox.test.ts',
  },
  {
    id: 'R1',
    file: 'src-main/store/message-operations.ts',
    find: `enqueue(db, row.id, false);
`,
    replace: '',
    test: 'tests/unit/store/outbox.test.ts',
  },
  {
    id: 'R8',
    file: 'src-main/store/tables/duplicates.ts',
    find: 'byStanzaId(db, message) ?? byOriginId(db, message) ?? byMessageId(db, message)',
    replace: 'byStanzaId(db, message)',
    test: 'tests/unit/store/messages.test.ts',
  },
  {
    id: 'R8',
    file: 'src-main/store/tables/duplicates.ts',
    find: 'byStanzaId(db, message) ?? byOriginId',
    replace: 'byOriginId',
    test: 'tests/unit/store/messages.test.ts',
  },
  {
    id: 'R11',
    file: 'src-main/store/message-operations.ts',
    find: 'atEnd ? Math.max(at, lastPlace(db, peer) ?? at) : at',
    replace: 'at',
    test: 'tests/unit/store/messages.test.ts',
  },
  {
    id: 'R20',
    file: 'src-main/store/message-operations.ts',
    find: "if (!message || rank(message.delivery) >= rank('received')) return null;",
    replace: 'if (!message) return null;',
    test: 'tests/unit/store/outbox.test.ts',
  },
  {
    id: 'R12',
    file: 'src-main/store/driver.ts',
    find: "if (code.startsWith('SQLITE_FULL')) return 'full';",
    replace: '',
    test: 'tests/fault/store-disk.test.ts',
  },
  {
    id: 'R12',
    file: 'src-main/store/driver.ts',
    find: "if (database.inTransaction) connection.exec('ROLLBACK');",
    replace: '',
    test: 'tests/fault/store-disk.test.ts',
  },
  {
    id: 'R13',
    file: 'src-main/store/files.ts',
    find: 'return expected.length === given.length && timingSafeEqual(expected, given);',
    replace: 'return expected.length === given.length;',
    test: 'tests/unit/store/files.test.ts',
  },
  {
    id: 'R13',
    file: 'src-main/store/engine.ts',
    find: 'if (damaged !== null) salvage(damaged, key, pair.writer, now());',
    replace: '',
    test: 'tests/unit/store/files.test.ts',
  },
  {
    id: 'R14',
    file: 'src-main/store/files.ts',
    find: 'writeCheck(file, key, basename(target));',
    replace: 'writeCheck(file, key);',
    test: 'tests/fault/store-disk.test.ts',
  },
  {
    id: 'R27',
    file: 'src-main/store/connection.ts',
    find: `this.#start();
    });
    this.#state = { is: 'resting', timer };`,
    replace: `});
    this.#state = { is: 'resting', timer };`,
    test: 'tests/fault/store-process.test.ts',
  },
  {
    id: 'R27',
    file: 'src-main/store/driver.ts',
    find: 'if (!fine) throw',
    replace: 'if (!fine && false) throw',
    test: 'tests/unit/store/driver.test.ts',
  },
  {
    id: 'T25',
    file: 'src-main/store/driver.ts',
    find: "...(key === null ? {} : { encryptionCipher: 'aes256cbc', encryptionKey: key }),",
    replace: '',
    test: 'tests/unit/store/files.test.ts',
  },
];
