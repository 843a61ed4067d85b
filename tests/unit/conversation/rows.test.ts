import { describe, expect, it } from 'vitest';
import {
  buildRows,
  dayAt,
  markedDeliveries,
  newMarkOf,
  type Row,
} from '../../../src-renderer/features/conversation/rows';
import type { Delivery, Message } from '../../../src-shared/model/conversation';

const noon = new Date(2025, 10, 24, 12).getTime();
const minute = 60_000;
const message = (id: number, at: number, delivery: Delivery | null = null): Message => ({
  id,
  peer: 'ingrid@northgate.example',
  direction: delivery === null ? 'in' : 'out',
  kind: 'chat',
  subject: null,
  body: `message ${String(id)}`,
  at,
  edited: false,
  retracted: false,
  editable: false,
  delivery,
  error: null,
});
const shape = (rows: readonly Row[]) =>
  rows.map((row) =>
    row.type === 'message'
      ? `${String(row.message.id)}${row.first ? ' first' : ''}${row.last ? ' last' : ''}`
      : row.type,
  );

describe('the rows of a conversation', () => {
  it('are none for none', () => {
    expect(buildRows([], null)).toEqual([]);
  });

  it('group one sender within five minutes of the first', () => {
    const rows = buildRows(
      [
        message(1, noon),
        message(2, noon + 2 * minute),
        message(3, noon + 5 * minute),
        message(4, noon + 6 * minute, 'sent'),
      ],
      null,
    );
    expect(shape(rows)).toEqual(['day', '1 first', '2 last', '3 first last', '4 first last']);
  });

  it('begin each day with its line', () => {
    const midnight = new Date(2025, 10, 25).getTime();
    const rows = buildRows([message(1, midnight - 1), message(2, midnight)], null);
    expect(shape(rows)).toEqual(['day', '1 first last', 'day', '2 first last']);
  });

  it('hold the "new" line inside what else would be one group', () => {
    const messages = [message(1, noon), message(2, noon), message(3, noon)];
    expect(shape(buildRows(messages, { id: 2, count: 2 }))).toEqual([
      'day',
      '1 first last',
      'new',
      '2 first',
      '3 last',
    ]);
  });

  it('keep their keys when older messages come in front', () => {
    const later = [message(3, noon + minute), message(4, noon + 2 * minute)];
    const keys = buildRows(later, null).map((row) => row.key);
    const all = buildRows([message(1, noon - minute), message(2, noon), ...later], null).map(
      (row) => row.key,
    );
    expect(all.slice(-2)).toEqual(keys.slice(-2));
  });
});

describe('delivery marks', () => {
  it('show waiting and failed on every message, the others on the last in that state', () => {
    const marked = markedDeliveries([
      message(1, noon, 'read'),
      message(2, noon, 'read'),
      message(3, noon, 'received'),
      message(4, noon, 'received'),
      message(5, noon, 'failed'),
      message(6, noon, 'sent'),
      message(7, noon, 'sent'),
      message(8, noon, 'waiting'),
      message(9, noon, 'waiting'),
      message(10, noon),
    ]);
    expect([...marked].toSorted((a, b) => a - b)).toEqual([2, 4, 5, 7, 8, 9]);
  });

  it('leave out a state that a later message has passed', () => {
    expect([...markedDeliveries([message(1, noon, 'received'), message(2, noon, 'read')])]).toEqual([2]);
  });
});

describe('the "new" line', () => {
  const messages = [message(1, noon), message(2, noon), message(3, noon, 'sent'), message(4, noon)];
  it('stands before the first unread message of the other side', () => {
    expect(newMarkOf(messages, 2)).toEqual({ id: 2, count: 2 });
  });
  it('stands at the top when more are unread than loaded', () => {
    expect(newMarkOf(messages, 70)).toEqual({ id: 1, count: 70 });
  });
  it('is not there when all is read', () => {
    expect(newMarkOf(messages, 0)).toBeNull();
    expect(newMarkOf([], 3)).toBeNull();
  });
});

it('the sticky day is that of the row at the top', () => {
  const rows = buildRows([message(1, noon), message(2, noon + minute)], null);
  expect(dayAt(rows, 0)).toBe(noon);
  expect(dayAt(rows, 2)).toBe(noon + minute);
  expect(dayAt([], 0)).toBeNull();
});

describe('rows for what is missing, and for notices,', () => {
  it('say where something is missing, before the day, and begin a group there', () => {
    const rows = buildRows([message(1, noon), message(2, noon), message(3, noon)], null, [
      { before: 2, state: 'open' },
      { before: 3, state: 'lost' },
    ]);
    expect(shape(rows)).toEqual(['day', '1 first last', 'gap', '2 first last', 'gap', '3 first last']);
  });

  it('say of the first message only what is lost: what is open there the top line says', () => {
    expect(shape(buildRows([message(1, noon)], null, [{ before: 1, state: 'open' }]))[0]).toBe('day');
    expect(shape(buildRows([message(1, noon)], null, [{ before: 1, state: 'lost' }]))[0]).toBe('gap');
  });

  it('let a notice stand for itself', () => {
    const notice: Message = { ...message(2, noon), kind: 'headline', subject: 'Maintenance' };
    const rows = buildRows([message(1, noon), notice, message(3, noon)], null);
    expect(shape(rows)).toEqual(['day', '1 first last', '2 first last', '3 first last']);
  });
});

it('a row of which nothing has changed is the very same, so that it is not drawn again', () => {
  const said = (id: number): Message => ({
    id,
    peer: 'romeo@example.org',
    direction: 'in',
    kind: 'chat',
    subject: null,
    body: 'x',
    at: id * 1_000,
    edited: false,
    retracted: false,
    editable: false,
    delivery: null,
    error: null,
  });
  const two = [said(1), said(2)];
  const before = buildRows(two, null);
  const after = buildRows([...two, said(3)], null);
  expect(after[1]).toBe(before[1]);
  // The last of its group no longer.
  expect(after[2]).not.toBe(before[2]);
});
