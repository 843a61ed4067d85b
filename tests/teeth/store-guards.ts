import type { Guard } from './guard';

/** The store: outbox, duplicates, disk, keys. */
export const storeGuards: readonly Guard[] = [
  {
    id: 'T11',
    file: 'src-main/store/tables/messages.ts',
    find: "WHERE origin_id = ? AND peer = ? AND direction = 'out'",
    replace: "WHERE origin_id = ? AND ? IS NOT NULL AND direction = 'out'",
    test: 'tests/unit/store/outbox.test.ts',
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
