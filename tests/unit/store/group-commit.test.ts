import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConnection, type Value } from '../../../src-main/store/driver';
import type { FromProcess, OperationName, ToProcess } from '../../../src-main/store/protocol';
import { serve } from '../../../src-main/store/serve';
import { StoreError } from '../../../src-main/store/store';
import { incoming, testFolder, testKey } from '../../support/store-kit';

const peer = 'romeo@example.org';

/** The store's own side of the port, on a file; `seen` looks at each answer the moment it is given. */
function served(seen: (message: FromProcess, committed: () => number) => void = () => undefined) {
  const file = join(testFolder(), 'account.db');
  const answers: FromProcess[] = [];
  let send: (message: ToProcess) => void = () => undefined;
  const committed = () => {
    const other = openConnection(file, testKey);
    const rows = other.one<{ n: number }>('SELECT count(*) AS n FROM messages')?.n ?? 0;
    other.close();
    return rows;
  };
  const { engine } = serve(
    {
      post: (message) => {
        answers.push(message);
        seen(message, committed);
      },
      onMessage: (run) => {
        send = run;
      },
    },
    () => new Date(),
  );
  send({ kind: 'open', file, key: testKey, rebuild: false, lastTold: null });
  let id = 0;
  let streak = 0;
  const call = (name: OperationName, ...args: unknown[]) => {
    send({ kind: 'call', id: ++id, name, args, again: false, streak });
  };
  const add = (body: string) => {
    call('addMessage', incoming({ body }));
  };
  const settled = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    const told = answers.splice(0).filter(({ kind }) => kind === 'answer' || kind === 'failed');
    // As the client does (calls.ts).
    if (told.some(({ kind }) => kind === 'failed')) streak += 1;
    return told;
  };
  const writer = () => {
    const open = engine();
    if (!open) throw new Error('not open');
    return open.writer;
  };
  /** The disk refuses what `fails` says, until that is called again. */
  const spoil = (fails: (sql: string, values: readonly unknown[]) => boolean) => {
    const open = writer();
    const { exec, insert } = open;
    const check = (sql: string, values: readonly unknown[] = []) => {
      if (fails(sql, values)) throw new StoreError('io', 'SQLITE_IOERR');
    };
    Object.assign(open, {
      exec: (sql: string) => {
        check(sql);
        exec(sql);
      },
      insert: (sql: string, ...values: Value[]) => {
        check(sql, values);
        return insert(sql, ...values);
      },
    });
    return () => Object.assign(open, { exec, insert });
  };
  return { call, add, settled, committed, writer, spoil, send };
}

describe('calls that wait together', () => {
  it('R2 are answered in their order, and only when all of them are committed', async () => {
    const found: number[] = [];
    const store = served((message, committed) => {
      if (message.kind === 'answer') found.push(committed());
    });
    for (const body of ['a', 'b', 'c']) store.add(body);
    const answers = await store.settled();
    expect(answers.map((answer) => 'id' in answer && answer.id)).toEqual([1, 2, 3]);
    expect(found).toEqual([3, 3, 3]);
  });

  it('R12 fail each by itself', async () => {
    const store = served();
    store.add('a');
    store.call('setDraft', peer, 'b\0');
    store.add('c');
    expect((await store.settled()).map(({ kind }) => kind)).toEqual(['answer', 'failed', 'answer']);
    expect(store.committed()).toBe(2);
  });

  it('R9 R12 a message that cannot be kept takes those behind it along, until the client knows', async () => {
    const store = served();
    store.spoil((_, values) => values.includes('b'));
    for (const body of ['a', 'b', 'c']) store.add(body);
    store.call('setDraft', peer, 'kept');
    expect((await store.settled()).map(({ kind }) => kind)).toEqual(['answer', 'failed', 'failed', 'answer']);
    store.add('c');
    expect((await store.settled()).map(({ kind }) => kind)).toEqual(['answer']);
    expect(store.committed()).toBe(2);
  });

  it('R12 all fail with the reason when the whole cannot be committed, and the next ones are none the worse', async () => {
    const store = served();
    const mend = store.spoil((sql) => sql === 'COMMIT');
    store.add('a');
    store.call('setDraft', peer, 'spoilt');
    store.add('b');
    expect(await store.settled()).toMatchObject([
      { kind: 'failed', id: 1, reason: 'io' },
      { kind: 'failed', id: 2, reason: 'io' },
      { kind: 'failed', id: 3, reason: 'io' },
    ]);
    expect(store.committed()).toBe(0);
    mend();
    store.add('c');
    expect(await store.settled()).toMatchObject([{ kind: 'answer', id: 4 }]);
    expect(store.committed()).toBe(1);
  });

  it('R12 none fails for a fault of our own that shows only when the whole is committed, but the one that has it', async () => {
    const store = served();
    store.writer().exec(`
      CREATE TABLE wrong (id REFERENCES messages (id) DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER spoil AFTER INSERT ON drafts BEGIN INSERT INTO wrong VALUES (4711); END`);
    store.add('a');
    store.call('setDraft', peer, 'spoilt');
    store.add('b');
    expect(await store.settled()).toMatchObject([
      { kind: 'answer', id: 1 },
      { kind: 'failed', id: 2, reason: 'bug' },
      { kind: 'answer', id: 3 },
    ]);
    expect(store.committed()).toBe(2);
  });

  it('let a read see what was written before it, and not what comes after', async () => {
    const store = served();
    store.add('a');
    store.call('chat', peer);
    store.add('b');
    store.call('chat', peer);
    const answers = await store.settled();
    expect(answers[1]).toMatchObject({ value: { unread: 1 } });
    expect(answers[3]).toMatchObject({ value: { unread: 2 } });
  });

  it('R25 are committed before the store closes', async () => {
    const store = served();
    store.add('a');
    store.send({ kind: 'close' });
    expect(await store.settled()).toMatchObject([{ kind: 'answer' }]);
    expect(store.committed()).toBe(1);
  });
});
