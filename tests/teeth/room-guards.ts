import type { Guard } from './guard';

/** What was said in rooms: once, in the room's order, and of whom. */
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
  {
    id: 'R9',
    file: 'src-main/store/tables/room-order.ts',
    find: 'this.#last(this.#told.get(peer) ?? row, row)',
    replace: 'row',
    test: 'tests/unit/store/room-order.test.ts',
    title: 'of two that are told again',
  },
  {
    id: 'T10',
    file: 'src-main/session/incoming/read-message.ts',
    find: '...(occupant && { author: occupant })',
    replace: '',
    test: 'tests/unit/session/read-message.test.ts',
    title: 'a private message of a room',
  },
  {
    id: 'T10',
    file: 'src-main/store/tables/amendment-targets.ts',
    find: "OR (?5 = 'react' AND m.direction = 'out'))",
    replace: "OR ?5 = 'react')",
    test: 'tests/unit/store/rooms.test.ts',
    title: 'to one alone',
  },
];
