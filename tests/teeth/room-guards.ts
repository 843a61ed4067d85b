import type { Guard } from './guard';

/** What was said in rooms: once, and in the room's order. */
export const roomGuards: readonly Guard[] = [
  {
    id: 'R8',
    file: 'src-main/store/add-operations.ts',
    find: 'message.nick !== undefined || second',
    replace: 'second',
    test: 'tests/unit/store/room-order.test.ts',
  },
  {
    id: 'R9',
    file: 'src-main/store/tables/room-order.ts',
    find: 'if (row.sort > last.sort && row.sort < end) return false;',
    replace: 'if (row.sort < end) return false;',
    test: 'tests/unit/store/room-order.test.ts',
    title: 'what we write stands',
  },
  {
    id: 'R9',
    file: 'src-main/store/tables/room-order.ts',
    find: 'return this.#told.get(peer) ?? null;',
    replace: 'return null;',
    test: 'tests/unit/store/room-order.test.ts',
    title: 'what was missed stands',
  },
];
