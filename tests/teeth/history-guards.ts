import type { Guard } from './guard';

/** Search and history: what is read of a long one, and what an export lets through. */
export const historyGuards: readonly Guard[] = [
  {
    id: 'T13',
    file: 'src-main/session/history/html.ts',
    find: ".replace(/[&<>\"']/g, (sign) => escapes[sign] ?? '')",
    replace: '',
    test: 'tests/unit/history/writers.test.ts',
  },
  {
    id: 'T13',
    file: 'src-main/session/history/html.ts',
    find: "default-src 'none'; ",
    replace: '',
    test: 'tests/unit/history/writers.test.ts',
    title: 'runs nothing',
  },
  {
    id: 'R8',
    file: 'src-main/store/add-operations.ts',
    find: 'if (isToldAgain(db, message)) return null;',
    replace: '',
    test: 'tests/unit/history/store.test.ts',
  },
  {
    id: 'R12',
    file: 'src-main/session/history/index.ts',
    find: "      await discard(file);\n      now.end('failed'",
    replace: "      now.end('failed'",
    test: 'tests/unit/history/service.test.ts',
  },
  {
    id: 'R23',
    file: 'src-main/store/tables/search.ts',
    find: 'ORDER BY s.rowid DESC',
    replace: 'ORDER BY m.at DESC',
    test: 'tests/unit/store/search-plan.test.ts',
  },
  {
    id: 'R23',
    file: 'src-main/store/tables/search.ts',
    find: '...(peer === null ? [] : [`"${peerMark(peer)}"`]),',
    replace: '',
    test: 'tests/unit/store/search-plan.test.ts',
  },
  {
    id: 'R23',
    file: 'src-main/store/tables/search.ts',
    find: '...(nick === null ? [] : [`"${nickMark(nick)}"`]),',
    replace: '',
    test: 'tests/unit/store/search-plan.test.ts',
  },
  {
    id: 'R23',
    file: 'src-main/store/migrations/0003-search.ts',
    find: 'CREATE INDEX messages_time ON messages (peer, at);',
    replace: '',
    test: 'tests/unit/store/search-plan.test.ts',
  },
  {
    id: 'R23',
    file: 'src-renderer/stores/message-list.ts',
    find: 'const kept = messages.slice(from, from + mostRows);',
    replace: 'const kept = messages;',
    test: 'tests/unit/renderer/messages.test.ts',
    title: 'and one reads further up',
  },
  {
    id: 'R23',
    file: 'src-renderer/stores/message-list.ts',
    find: 'const messages = all.slice(0, mostRows);',
    replace: 'const messages = all;',
    test: 'tests/unit/renderer/messages.test.ts',
    title: 'when more is loaded than it keeps',
  },
];
